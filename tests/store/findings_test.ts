import assert from "node:assert/strict";
import fc from "fast-check";
import type { Finding } from "../../lib/store/findings.ts";
import { State } from "../../lib/store/state.ts";

const alert: Finding = { kind: "alerts", id: "a1", place: "2026.03", at: 0, body: '{"n":1}' };

Deno.test("Findings.put() keeps the newest version of a document, in the index where it was first", () => {
  const { findings } = State.open(":memory:");
  assert.equal(findings.put(alert, 1000), true);
  assert.equal(findings.put(alert, 2000), false);
  assert.equal(findings.put({ ...alert, place: "2026.04", body: '{"n":2}' }, 3000), true);
  const [{ version, body, place, status, queuedAt }, ...others] = findings.due(1 << 20);
  assert.deepEqual([version, body, place, status, queuedAt], [3000, '{"n":2}', "2026.03", "due", 3000]);
  assert.deepEqual(others, []);
});

Deno.test("Findings.put() gives versions that grow, whatever the clock says", () => {
  const { findings } = State.open(":memory:"), versions: number[] = [];
  for (const [i, now] of [5000, 5000, 4000, 0, 5001, 9000.7].entries()) {
    findings.put({ ...alert, body: `${i}` }, now);
    versions.push(findings.get("alerts", "a1")!.version);
  }
  assert.deepEqual(versions, [5000, 5001, 5002, 5003, 5004, 9000]);
});

Deno.test("Findings.settled() drops the body unless it is to stay, and leaves what has changed since", () => {
  const { findings } = State.open(":memory:");
  findings.put(alert, 1);
  findings.put({ ...alert, id: "a2" }, 1);
  findings.put({ ...alert, kind: "models", at: null, keepsBody: true }, 1);
  const sent = findings.due(1 << 20);
  findings.put({ ...alert, id: "a2", body: "changed" }, 2);
  findings.settled(sent);
  const seen = ["alerts", "models"].flatMap((kind) => findings.ofKind(kind))
    .map(({ kind, id, status, body }) => [kind, id, status, body]);
  assert.deepEqual(seen, [
    ["alerts", "a1", "sent", ""],
    ["alerts", "a2", "due", "changed"],
    ["models", "a1", "sent", alert.body],
  ]);
  assert.equal(findings.put(alert, 3), false, "a repeat of what was sent is no change");
});

Deno.test("Findings.due() gives documents in the order of waiting, as many as were asked for, one at the least", () => {
  const { findings } = State.open(":memory:");
  for (const [id, now] of [["late", 3], ["early", 1], ["middle", 2]] as const) {
    findings.put({ ...alert, id, body: "x".repeat(100) }, now);
  }
  const ids = (bytes: number) => findings.due(bytes).map(({ id }) => id);
  assert.deepEqual([ids(1), ids(200), ids(299), ids(300)], [
    ["early"],
    ["early", "middle"],
    ["early", "middle"],
    ["early", "middle", "late"],
  ]);
});

Deno.test("Findings.refused() sets a document aside with the reason until it changes or is tried again", () => {
  const { findings } = State.open(":memory:");
  findings.put(alert, 1);
  const [waiting] = findings.due(1);
  findings.refused(waiting, "no such type");
  assert.deepEqual(findings.due(1), []);
  assert.deepEqual(findings.dead().map(({ lastError, body }) => [lastError, body]), [[
    "no such type",
    alert.body,
  ]]);
  assert.equal(findings.put(alert, 2), false);
  assert.equal(findings.put({ ...alert, body: "mended" }, 3), true);
  findings.refused(findings.due(1)[0], "again");
  assert.deepEqual([findings.retry(4), findings.retry(4), findings.due(1)[0].queuedAt], [1, 0, 4]);
});

Deno.test("Findings.renew() makes whatever is put next a change, in the same index and with a higher version", () => {
  const { findings } = State.open(":memory:");
  findings.put(alert, 1000);
  findings.settled(findings.due(1));
  findings.renew();
  assert.equal(findings.put({ ...alert, place: "2026.09" }, 900), true);
  const [{ place, version }] = findings.due(1);
  assert.deepEqual([place, version], ["2026.03", 1001]);
});

Deno.test("Findings.prune() forgets what has not changed for long and does not wait", () => {
  const { findings } = State.open(":memory:");
  for (const [id, at, now] of [["old", 90, 10], ["new", 10, 90], ["kept", null, 10]] as const) {
    findings.put({ ...alert, id, at }, now);
  }
  findings.settled(findings.due(1 << 20));
  findings.put({ ...alert, id: "waits" }, 10);
  findings.put({ ...alert, kind: "health", id: "waits" }, 10);
  assert.deepEqual([findings.prune(50), findings.prune(50)], [1, 0]);
  assert.deepEqual(findings.ofKind("alerts").map(({ id }) => id), ["kept", "new", "waits"]);
  assert.deepEqual([findings.prune(50, { expendable: "health" }), findings.ofKind("health")], [1, []]);
});

Deno.test("Findings.counts() says how many documents and bytes there are", () => {
  const { findings } = State.open(":memory:");
  findings.put({ ...alert, body: "ü" }, 1);
  findings.put({ ...alert, id: "a2" }, 1);
  assert.deepEqual(findings.counts(), [{ kind: "alerts", status: "due", documents: 2, bytes: 9 }]);
});

Deno.test("Findings: whatever is put, sent and lost in between, the last version that is taken is the last one put", () => {
  const step = fc.record({
    id: fc.constantFrom("a", "b", "c"),
    body: fc.integer({ min: 0, max: 4 }).map(String),
    now: fc.integer({ min: 0, max: 20 }),
    send: fc.constantFrom("no", "taken", "answer lost"),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
    const { findings } = State.open(":memory:"),
      cluster = new Map<string, { version: number; body: string }>();
    const wanted = new Map<string, string>();
    const send = (answered: boolean) => {
      const due = findings.due(1 << 20);
      for (const { id, version, body } of due) {
        if ((cluster.get(id)?.version ?? 0) < version) cluster.set(id, { version, body });
      }
      if (answered) findings.settled(due);
    };
    for (const { id, body, now, send: sent } of steps) {
      findings.put({ ...alert, id, body }, now);
      wanted.set(id, body);
      if (sent !== "no") send(sent === "taken");
    }
    send(true);
    assert.deepEqual(new Map([...cluster].map(([id, { body }]) => [id, body])), wanted);
    assert.deepEqual(findings.due(1), []);
  }));
});
