import assert from "node:assert/strict";
import { State } from "../../lib/store/state.ts";

Deno.test("Deliveries.enqueue() refuses a key that was ever there, whatever became of it", () => {
  const state = State.open(":memory:"), { deliveries } = state;
  const delivery = { key: "k", alert: "a", channel: "mail", payload: "p", dueAt: 5 };
  assert.equal(deliveries.enqueue(delivery), true);
  assert.equal(deliveries.enqueue(delivery), false);
  assert.deepEqual(deliveries.due(4), []);
  const waiting = { ...delivery, status: "due", queuedAt: 5 };
  assert.deepEqual(deliveries.due(5), [{ ...waiting, attempts: 0, lastError: "" }]);
  deliveries.failed("k", "refused", 50, false);
  assert.deepEqual(deliveries.due(49), []);
  assert.deepEqual(deliveries.due(50), [{ ...waiting, dueAt: 50, attempts: 1, lastError: "refused" }]);
  deliveries.delivered("k", 60);
  assert.deepEqual(deliveries.due(1e12), []);
  assert.equal(deliveries.enqueue(delivery), false);
  assert.deepEqual(deliveries.counts(), { sent: 1 });
  state.close();
});

Deno.test("Deliveries.undelivered() gives what did not reach everybody, Deliveries.requeue() starts it anew", () => {
  const state = State.open(":memory:"), { deliveries } = state;
  for (const key of ["sent", "partly", "dead", "due"]) {
    deliveries.enqueue({ key, alert: "a", channel: "mail", payload: "p", dueAt: 5 });
  }
  deliveries.delivered("sent", 6);
  deliveries.delivered("partly", 6, "refused for b@example.com");
  deliveries.failed("dead", "no such host", 70, true);
  const seen = () => deliveries.undelivered().map(({ key, status, lastError }) => [key, status, lastError]);
  const partly = ["partly", "sent", "refused for b@example.com"];
  assert.deepEqual(seen(), [["dead", "dead", "no such host"], ["due", "due", ""], partly]);
  assert.deepEqual([
    deliveries.requeue("dead", 80),
    deliveries.requeue("sent", 80),
    deliveries.requeue("none", 80),
  ], [
    true,
    false,
    false,
  ]);
  const [again] = deliveries.due(80).filter(({ key }) => key === "dead");
  assert.deepEqual([again.attempts, again.dueAt, again.queuedAt], [0, 80, 80]);
  state.close();
});

Deno.test("Deliveries.transaction() takes back what was written before an error", () => {
  const state = State.open(":memory:"), { deliveries } = state;
  deliveries.enqueue({ key: "k", alert: "a", channel: "mail", payload: "p", dueAt: 5 });
  assert.throws(() =>
    deliveries.transaction(() => {
      deliveries.delivered("k", 6);
      throw new Error("killed");
    }), /killed/);
  assert.deepEqual(deliveries.counts(), { due: 1 });
  state.close();
});
