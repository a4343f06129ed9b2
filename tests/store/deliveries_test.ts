import assert from "node:assert/strict";
import { State } from "../../lib/store/state.ts";

Deno.test("Deliveries.enqueue() refuses a key that was ever there, whatever became of it", () => {
  const state = State.open(":memory:"), { deliveries } = state;
  const delivery = { key: "k", alert: "a", channel: "mail", payload: "p", dueAt: 5 };
  assert.equal(deliveries.enqueue(delivery), true);
  assert.equal(deliveries.enqueue(delivery), false);
  assert.deepEqual(deliveries.due(4), []);
  const waiting = { ...delivery, status: "due", queuedAt: 5, triedAs: "" };
  assert.deepEqual(deliveries.due(5), [{ ...waiting, attempts: 0, lastError: "" }]);
  deliveries.failed("k", { error: "refused", now: 6, nextAt: 50, dead: false });
  assert.deepEqual(deliveries.due(49), []);
  assert.deepEqual(deliveries.due(50), [{ ...waiting, dueAt: 50, attempts: 1, lastError: "refused" }]);
  deliveries.delivered("k", 60);
  assert.deepEqual(deliveries.due(1e12), []);
  assert.equal(deliveries.enqueue(delivery), false);
  assert.deepEqual(deliveries.counts(), { sent: 1 });
  state.close();
});

Deno.test("Deliveries.due() gives what waits by a clock that was put back", () => {
  const state = State.open(":memory:"), { deliveries } = state;
  deliveries.enqueue({
    key: "fresh",
    alert: "a",
    channel: "mail",
    payload: "p",
    dueAt: 5000,
    queuedAt: 5000,
  });
  deliveries.enqueue({ key: "tried", alert: "b", channel: "mail", payload: "p", dueAt: 100 });
  deliveries.enqueue({
    key: "tomorrow",
    alert: "c",
    channel: "mail",
    payload: "p",
    dueAt: 9000,
    queuedAt: 5000,
  });
  deliveries.failed("tried", { error: "refused", now: 5000, nextAt: 5030, dead: false });
  const keys = (now: number) => deliveries.due(now).map(({ key }) => key);
  assert.deepEqual([keys(5000), keys(4999)], [["fresh"], ["fresh", "tried"]]);
  deliveries.failed("tried", { error: "refused", now: 4000, nextAt: 4030, dead: false });
  assert.deepEqual([keys(4000), keys(4030)], [["fresh"], ["tried", "fresh"]]);
  state.close();
});

Deno.test("Deliveries.due() gives with an end the beginning that waits to be tried again", () => {
  const state = State.open(":memory:"), { deliveries } = state;
  const one = (number: number, channel: string, dueAt: number) =>
    deliveries.enqueue({ key: `i.${number}.${channel}`, alert: "i", channel, payload: "p", dueAt });
  for (const channel of ["mail", "post"]) one(0, channel, 0);
  for (const channel of ["mail", "post"]) {
    deliveries.failed(`i.0.${channel}`, {
      error: "refused",
      now: 0,
      nextAt: 900,
      dead: false,
    });
  }
  one(1, "mail", 300);
  const keys = (now: number) => deliveries.due(now).map(({ key }) => key);
  assert.deepEqual([keys(299), keys(300), keys(900)], [[], ["i.1.mail", "i.0.mail"], [
    ...["i.1.mail", "i.0.mail", "i.0.post"],
  ]]);
  state.close();
});

Deno.test("Deliveries.tried() keeps together what was sent together, given up and requeued too, until it has not arrived", () => {
  const state = State.open(":memory:"), { deliveries } = state;
  for (const alert of ["a", "b", "c"]) {
    deliveries.enqueue({
      key: `${alert}.0`,
      alert,
      channel: "mail",
      payload: "p",
      dueAt: alert === "b" ? 900 : 5,
    });
  }
  for (const key of ["a.0", "b.0"]) deliveries.tried(key, "both");
  const seen = () => deliveries.due(10).map(({ key, triedAs }) => [key, triedAs]);
  assert.deepEqual(seen(), [["a.0", "both"], ["c.0", ""], ["b.0", "both"]]);
  for (const key of ["a.0", "b.0"]) {
    deliveries.failed(key, { error: "no answer", now: 10, nextAt: 10, dead: key === "b.0" });
  }
  assert.deepEqual(seen(), [["c.0", ""], ["a.0", "both"]]);
  deliveries.requeue("b.0", 10);
  assert.deepEqual(seen(), [["c.0", ""], ["a.0", "both"], ["b.0", "both"]]);
  for (const key of ["a.0", "b.0"]) deliveries.tried(key, "");
  assert.deepEqual(seen(), [["c.0", ""], ["a.0", ""], ["b.0", ""]]);
  state.close();
});

Deno.test("Deliveries.undelivered() gives what did not reach everybody, Deliveries.requeue() starts it anew", () => {
  const state = State.open(":memory:"), { deliveries } = state;
  for (const key of ["sent", "partly", "dead", "due"]) {
    deliveries.enqueue({ key, alert: "a", channel: "mail", payload: "p", dueAt: 5 });
  }
  deliveries.delivered("sent", 6);
  deliveries.delivered("partly", 6, "refused for b@example.com");
  deliveries.failed("dead", { error: "no such host", now: 6, nextAt: 70, dead: true });
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
