import assert from "node:assert/strict";
import fc from "fast-check";
import { type Channel, ChannelError } from "../../../runner/alert/channels/channel.ts";
import {
  backOff,
  deliver,
  type DeliverOptions,
  type DueDelivery,
  type Outbox,
  planDeliveries,
  type PlannedDelivery,
} from "../../../runner/alert/outbox.ts";
import { State } from "../../../lib/store/state.ts";
import { sampleAlert } from "./sample_alert.ts";

/** An outbox in memory that behaves as the state database does. */
class MemoryOutbox implements Outbox {
  readonly all = new Map<string, DueDelivery & { status: "due" | "sent" | "dead" }>();

  enqueue(delivery: PlannedDelivery): boolean {
    if (this.all.has(delivery.key)) return false;
    this.all.set(delivery.key, { ...delivery, attempts: 0, lastError: "", status: "due" });
    return true;
  }

  dueDeliveries(now: number): DueDelivery[] {
    return [...this.all.values()].filter((d) => d.status === "due" && d.dueAt <= now)
      .sort((a, b) => a.dueAt - b.dueAt || (a.key < b.key ? -1 : 1));
  }

  delivered(key: string): void {
    Object.assign(this.all.get(key)!, { status: "sent" });
  }

  failed(key: string, error: string, nextAt: number, dead: boolean): void {
    const delivery = this.all.get(key)!;
    Object.assign(delivery, {
      attempts: delivery.attempts + 1,
      lastError: error,
      dueAt: nextAt,
      status: dead ? "dead" : "due",
    });
  }
}

/** A clock that only moves when somebody waits, and a channel that does as told. */
function stage(script: (n: number) => void = () => {}, spacing = 0) {
  const outbox = new MemoryOutbox(), sent: { key: string; at: number }[] = [];
  const clock = { now: 0 };
  let calls = 0;
  const channel: Channel = {
    name: "mail",
    spacing,
    send: (_message, { key }) => {
      script(calls++);
      sent.push({ key, at: clock.now });
      return Promise.resolve("ok");
    },
  };
  const options: DeliverOptions = {
    now: () => clock.now,
    random: () => 0.5,
    wait: (milliseconds) => {
      clock.now += milliseconds;
      return Promise.resolve();
    },
    attempts: 3,
    firstDelay: 1000,
    longestDelay: 60_000,
    timeout: 100,
  };
  const plan = (n: number) =>
    planDeliveries(Array.from({ length: n }, (_, i) => sampleAlert({ key: `k${i}` })), {
      channels: ["mail"],
      now: 0,
    })
      .forEach((delivery) => outbox.enqueue(delivery));
  return {
    outbox,
    sent,
    clock,
    options,
    plan,
    run: () => deliver(outbox, new Map([["mail", channel]]), options),
  };
}

const fails = (options?: { permanent?: boolean; retryAfter?: number }) => () => {
  throw new ChannelError("Cannot send to mail: no", options);
};

Deno.test("planDeliveries() makes one message an alert and channel, most severe first", () => {
  const alerts = [sampleAlert(), sampleAlert({ key: "b", score: 40 })];
  const planned = planDeliveries(alerts, { channels: ["mail", "slack"], now: 5 });
  assert.deepEqual(planned.map((d) => [d.key, d.channel, d.dueAt]), [
    [`${alerts[1].id}.mail`, "mail", 5],
    [`${alerts[0].id}.mail`, "mail", 5],
    [`${alerts[1].id}.slack`, "slack", 5],
    [`${alerts[0].id}.slack`, "slack", 5],
  ]);
});

Deno.test("planDeliveries() sends one summary for what is beyond the limit", () => {
  const alerts = [1, 2, 3, 4].map((i) => sampleAlert({ key: `k${i}` }));
  const planned = planDeliveries(alerts, { channels: ["mail"], now: 0, limit: 1 });
  assert.equal(planned.length, 2);
  assert.match(planned[1].key, /^summary-[0-9a-f]{16}\.mail$/);
  assert.equal(JSON.parse(planned[1].payload).others.length, 3);
});

Deno.test("planDeliveries() gives equal keys to equal alerts in any order", () => {
  const alerts = [1, 2, 3, 4].map((i) => sampleAlert({ key: `k${i}` }));
  const keys = (list: typeof alerts) =>
    planDeliveries(list, { channels: ["mail"], now: 0, limit: 2 }).map((d) => d.key);
  assert.deepEqual(keys([...alerts].reverse()), keys(alerts));
});

Deno.test("deliver() sends each message once, however often it is planned and called", async () => {
  const { sent, plan, run } = stage();
  plan(3);
  await run();
  plan(3);
  await run();
  assert.equal(sent.length, 3);
  assert.equal(new Set(sent.map(({ key }) => key)).size, 3);
});

Deno.test("deliver() leaves the channel's spacing between two messages", async () => {
  const { sent, plan, run } = stage(undefined, 1000);
  plan(3);
  await run();
  assert.deepEqual(sent.map(({ at }) => at), [0, 1000, 2000]);
});

Deno.test("deliver() tries again later, twice as late each time, and then gives up", async () => {
  const { outbox, clock, plan, run } = stage(fails());
  plan(1);
  const waits: number[] = [];
  for (let i = 0; i < 3; i++) {
    const report = await run();
    const [delivery] = outbox.all.values();
    waits.push(delivery.dueAt - clock.now);
    assert.equal(report.dead.length, i === 2 ? 1 : 0);
    clock.now = delivery.dueAt;
  }
  assert.deepEqual(waits, [750, 1500, 3000]);
  assert.equal([...outbox.all.values()][0].status, "dead");
  assert.deepEqual(await run(), { sent: [], failed: [], dead: [], held: [] });
});

Deno.test("deliver() does not try before the time", async () => {
  const { outbox, sent, clock, plan, run } = stage((n) => n === 0 && fails()());
  plan(1);
  await run();
  const [{ dueAt }] = outbox.all.values();
  clock.now = dueAt - 1;
  await run();
  assert.equal(sent.length, 0);
  clock.now = dueAt;
  await run();
  assert.equal(sent.length, 1);
});

Deno.test("deliver() waits at least as long as the other side asks", async () => {
  const { outbox, plan, run } = stage(fails({ retryAfter: 120_000 }));
  plan(1);
  const report = await run();
  assert.equal(report.failed[0].nextAt, 120_000);
  assert.equal([...outbox.all.values()][0].dueAt, 120_000);
});

Deno.test("deliver() leaves a failing channel alone and takes no attempt from the others", async () => {
  const { outbox, plan, run } = stage(fails());
  plan(3);
  const report = await run();
  assert.deepEqual([report.failed.length, report.held.length], [1, 2]);
  assert.deepEqual([...outbox.all.values()].map((d) => d.attempts).sort(), [0, 0, 1]);
});

Deno.test("deliver() sets a refused message aside at once and goes on with the next", async () => {
  const { plan, run } = stage((n) => n === 0 && fails({ permanent: true })());
  plan(3);
  const report = await run();
  assert.deepEqual([report.dead.length, report.sent.length, report.held.length], [1, 2, 0]);
});

Deno.test("deliver() sets a damaged message aside and goes on", async () => {
  const { outbox, plan, run } = stage();
  outbox.enqueue({ key: "a", alert: "a", channel: "mail", payload: "{", dueAt: -1 });
  outbox.enqueue({ key: "b", alert: "b", channel: "mail", payload: "{}", dueAt: -1 });
  plan(1);
  const report = await run();
  assert.deepEqual([report.dead.length, report.sent.length], [2, 1]);
});

Deno.test("deliver() keeps messages to a channel that is not there", async () => {
  const { outbox, options, plan } = stage();
  plan(2);
  const report = await deliver(outbox, new Map(), options);
  assert.equal(report.held.length, 2);
  assert.equal(outbox.dueDeliveries(0).length, 2);
});

Deno.test("deliver() repeats with the same key when the process dies after the channel accepted", async () => {
  const { outbox, sent, plan, run } = stage();
  plan(1);
  const delivered = outbox.delivered;
  outbox.delivered = () => {
    throw new Error("killed");
  };
  await assert.rejects(run(), /killed/);
  outbox.delivered = delivered;
  await run();
  assert.equal(sent.length, 2);
  assert.equal(sent[0].key, sent[1].key);
});

Deno.test("deliver() works from the state database", async () => {
  const state = State.open(":memory:");
  const { options } = stage();
  const [delivery] = planDeliveries([sampleAlert()], { channels: ["mail"], now: 0 });
  assert.deepEqual([state.enqueue(delivery), state.enqueue(delivery)], [true, false]);
  const channel: Channel = { name: "mail", spacing: 0, send: () => Promise.resolve("ok") };
  await deliver(state, new Map([["mail", channel]]), options);
  assert.deepEqual(state.deliveryCounts(), { sent: 1 });
  state.close();
});

Deno.test("backOff() lies between half and all of the doubling wait and never beyond the longest", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempts, dice) => {
        const wait = backOff(attempts, { firstDelay: 1000, longestDelay: 60_000, random: () => dice });
        const whole = Math.min(60_000, 1000 * 2 ** (attempts - 1));
        assert.ok(wait >= whole / 2 && wait <= whole);
      },
    ),
  );
});
