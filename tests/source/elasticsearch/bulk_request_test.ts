import assert from "node:assert/strict";
import { BulkBody } from "../../../lib/source/elasticsearch/bulk_body.ts";
import {
  type BulkOptions,
  type BulkOutcome,
  sendBulk,
} from "../../../lib/source/elasticsearch/bulk_request.ts";
import { connect, type ElasticsearchSettings } from "../../../lib/source/elasticsearch/connection.ts";
import { BulkCluster } from "../../services/bulk_cluster.ts";

/** A body with as many documents. */
function bodyOf(count: number): BulkBody {
  const body = new BulkBody();
  for (let i = 0; i < count; i++) {
    body.begin();
    body.putShort(`{"create":{"_index":"logs","_id":"${i}"}}\n{"message":"${"again and ".repeat(20)}"}\n`);
  }
  return body;
}

/** Sends a body; the waits in between. `onPause` is called for each. */
async function sent(
  cluster: BulkCluster,
  { settings = {}, onPause = () => {}, ...options }: Partial<BulkOptions> & {
    settings?: ElasticsearchSettings;
    onPause?: (ms: number) => void;
  } = {},
): Promise<BulkOutcome & { pauses: number[] }> {
  const client = await connect({ nodes: [cluster.url], ...settings }), pauses: number[] = [];
  const pause = (ms: number) => {
    pauses.push(ms);
    onPause(ms);
    return Promise.resolve();
  };
  try {
    return { ...await sendBulk(client, bodyOf(10), { random: () => 0, pause, ...options }), pauses };
  } finally {
    await client.close();
  }
}

Deno.test("sendBulk() waits twice as long each time, and half of it at random", async () => {
  await using cluster = new BulkCluster();
  cluster.away = true;
  const least = await sent(cluster, { retries: 3 }),
    most = await sent(cluster, { retries: 3, random: () => 1 });
  assert.deepEqual(least.pauses, [250, 500, 1000]);
  assert.deepEqual(most.pauses, [500, 1000, 2000]);
  assert.deepEqual([least.left.length, least.failure?.kind], [10, "unavailable"]);
});

for (
  const [name, told] of [
    ["seconds", () => "7"],
    ["a time", () => new Date(Math.ceil(Date.now() / 1000) * 1000 + 7_000).toUTCString()],
  ] as const
) {
  Deno.test(`sendBulk() leaves a cluster alone for as long as it asks in ${name}`, async () => {
    await using cluster = new BulkCluster();
    cluster.away = 429;
    cluster.retryAfter = told();
    const { pauses, created, left } = await sent(cluster, { onPause: () => cluster.away = false });
    assert.equal(pauses.length, 1);
    assert.ok(pauses[0] >= 6_000 && pauses[0] <= 9_000, String(pauses[0]));
    assert.deepEqual([created, left], [10, []]);
  });
}

Deno.test("sendBulk() gives up for now where the cluster asks for a long wait, and where it is to end", async () => {
  await using cluster = new BulkCluster();
  cluster.away = true;
  cluster.retryAfter = "3600";
  const busy = await sent(cluster);
  assert.deepEqual([busy.pauses, busy.left.length], [[], 10]);
  cluster.retryAfter = null;
  const stop = new AbortController();
  const ended = await sent(cluster, { stop: stop.signal, onPause: () => stop.abort() });
  assert.deepEqual([ended.pauses.length, ended.left.length], [1, 10]);
});

Deno.test("sendBulk() packs its requests where the connection says so", async () => {
  await using cluster = new BulkCluster();
  await sent(cluster, { settings: { compression: true } });
  assert.equal(cluster.headers.get("content-encoding"), "gzip");
  assert.ok(cluster.bytes.sent < cluster.bytes.unpacked / 5);
  assert.equal(cluster.documents.size, 10);
  await sent(cluster, { settings: { compression: false } });
  assert.equal(cluster.headers.get("content-encoding"), null);
});

Deno.test("sendBulk() logs in with an API key", async () => {
  await using cluster = new BulkCluster();
  await sent(cluster, { settings: { apiKey: "aWQ6a2V5" } });
  assert.equal(cluster.headers.get("authorization"), "ApiKey aWQ6a2V5");
});
