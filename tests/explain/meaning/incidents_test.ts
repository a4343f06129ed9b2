import assert from "node:assert/strict";
import { loadMeaningReader } from "../../../lib/explain/meaning/load_meaning_reader.ts";
import { rankCauses } from "../../../lib/explain/meaning/rank_causes.ts";

const reader = await loadMeaningReader();

/** Incidents made up for this test, the cause of each first: what was logged, at which second, how severe. */
const INCIDENTS: [text: string, second: number, severity: number][][] = [
  [["array member sdd kicked out, md3 runs degraded", 0, 13], ["journal writer: flush took 14 s", 4, 13], [
    "commit not acknowledged within 10 s",
    9,
    17,
  ], ["checkout answered 504", 12, 17]],
  [
    ["name server 10.2.0.2 gives no answer for queue.plant", 2, 17],
    ["cannot connect to queue, retrying", 3, 17],
    ["order export: broker unavailable", 8, 17],
    ["job export exceeded its deadline", 30, 17],
  ],
  [["certificate of hub.plant expired yesterday", 1, 17], ["handshake with hub failed", 1, 17], [
    "telemetry backend unavailable, buffering",
    5,
    13,
  ], ["request to report took longer than 30 s", 0, 17]],
  [["java heap space exhausted in worker 4", 0, 21], ["worker 4 exited unexpectedly", 2, 21], [
    "upstream worker unavailable, 502",
    3,
    17,
  ], ["page load timed out", 6, 17]],
  [["unknown option max_conections in pool.conf, using 10", 0, 13], ["pool has no free connection", 50, 17], [
    "login service unavailable",
    55,
    17,
  ], ["sign-in page timed out", 60, 17]],
  [["roll-out of release 41 failed: symbol missing in libpay", 0, 17], ["payment worker crashed", 3, 21], [
    "payment service unavailable, falling back",
    5,
    17,
  ]],
  [["switch port 14 link down", 0, 13], ["node c lost contact with its peers", 3, 13], [
    "quorum lost, writes stopped",
    5,
    17,
  ], ["write timed out after 20 s", 11, 17]],
  [["deadlock found while updating stock", 0, 17], ["transaction rolled back by lock timeout", 1, 17], [
    "stock service returned 500",
    3,
    17,
  ], ["checkout took too long", 9, 17]],
  [["700 wrong passwords for root from one address", 0, 13], [
    "too many connections to login service",
    20,
    17,
  ], ["login timed out", 25, 17]],
  [["fan 2 failed, temperature above limit", 0, 13], ["cpu throttled by heat", 20, 13], [
    "encoder can't keep up, queue full",
    40,
    13,
  ], ["stream segment not delivered in time", 45, 17]],
  [
    ["volume /srv/q is full", 3, 17],
    ["could not append to log: write failed", 3, 17],
    ["replica fell out of the in-sync set", 6, 13],
    ["producer: no acknowledgement within 30 s", 1, 17],
    ["consumer group empty", 9, 9],
  ],
  [["permission denied: /etc/app/secret.key", 0, 17], ["signer crashed at start", 1, 21], [
    "signing service unavailable",
    2,
    17,
  ], ["upload waited 60 s for signature", 70, 17]],
  [["service token expired, 401 from ledger", 4, 17], ["server started successfully", 0, 9], [
    "ledger sync failed: dependency unavailable",
    6,
    17,
  ], ["nightly report not finished within 2 h", 90, 17]],
];

/** What would be looked at first, whatever the order in which the messages are handed over. */
function firstOf(messages: (typeof INCIDENTS)[number]): string {
  const items = messages.map(([text, second, severity]) => ({
    ...{ text, severity, firstSeen: second * 1_000 },
    meaning: reader.read(text, { severity, similar: 0 }),
  }));
  return rankCauses(items)[0].item.text;
}

Deno.test("rankCauses() puts the cause of an incident first by what its messages are read as", () => {
  const wrong = INCIDENTS.filter((messages) =>
    firstOf(messages.toReversed()) !== messages[0][0] || firstOf(messages) !== messages[0][0]
  );
  assert.deepEqual(wrong.map((messages) => firstOf(messages)), []);
});
