import assert from "node:assert/strict";
import fc from "fast-check";
import type { Channel } from "../../../runner/alert/channels/channel.ts";
import { backOff, Courier } from "../../../runner/alert/courier.ts";
import { planDeliveries } from "../../../runner/alert/outbox.ts";
import { type Message, messageOf, toldAlerts, withMeanings } from "../../../runner/alert/message.ts";
import { State } from "../../../lib/store/state.ts";
import { fails, retry, runOf, stage } from "./courier_stage.ts";
import { sampleAlert } from "./sample_alert.ts";

Deno.test("Courier sends each message once, however often it is planned and called", async () => {
  const { sent, plan, run } = stage();
  plan(3);
  await run();
  plan(3);
  await run();
  assert.equal(sent.length, 3);
  assert.equal(new Set(sent.map(({ key }) => key)).size, 3);
});

/** Two services' alerts that begin together, and one a day later. */
const TROUBLE = [
  sampleAlert({ service: "db", key: "db", score: 2 }),
  sampleAlert({ service: "web", key: "web", score: 20 }),
  sampleAlert({
    service: "db",
    key: "later",
    start: Date.UTC(2026, 2, 5),
    end: Date.UTC(2026, 2, 5, 1),
    score: 2,
    reasons: [],
  }),
];
const plannedTrouble = () => planDeliveries({ opened: TROUBLE, worse: [] }, { channels: ["mail"], now: 0 });

Deno.test("Courier sends what belongs to one incident as one message, which delivers all of it", async () => {
  const { sent, outbox, run } = stage();
  for (const delivery of plannedTrouble()) outbox.enqueue(delivery);
  await run();
  assert.equal(sent.length, 2);
  const { message } = sent.find(({ message }) => message.others.length > 0)!;
  assert.match(message.title, /; web affected since|; db affected since/);
  assert.equal(message.severity, "critical");
  assert.match(message.others[0], /^with it: \[\w+\] shop\/(?:web|db): /);
  assert.deepEqual([...outbox.all.values()].map(({ status }) => status), ["sent", "sent", "sent"]);
});

Deno.test("Courier sends all of an incident at once where part of it is urgent", async () => {
  const { sent, outbox, courier } = stage();
  for (const delivery of plannedTrouble()) outbox.enqueue(delivery);
  await courier().sendUrgent();
  assert.deepEqual(sent.map(({ message }) => message.others.length), [1]);
});

Deno.test("Courier sends an incident again with the same key where nobody noted that it was accepted", async () => {
  const { sent, outbox, run } = stage();
  for (const delivery of plannedTrouble()) outbox.enqueue(delivery);
  await run();
  for (const one of outbox.all.values()) one.status = "due"; // the process died before that
  for (const delivery of plannedTrouble()) outbox.enqueue(delivery); // and planned everything again
  await run();
  assert.deepEqual(sent.slice(2).map(({ key }) => key), sent.slice(0, 2).map(({ key }) => key));
});

Deno.test("Courier puts all of an incident back where it can't be sent, to go together again", async () => {
  const { sent, outbox, clock, run } = stage((n) => n === 0 ? fails()() : undefined, {
    giveUpAfter: Infinity,
  });
  for (const delivery of plannedTrouble()) if (delivery.payload.includes('"group"')) outbox.enqueue(delivery);
  assert.equal((await run()).failed.length, 2);
  clock.now = 1e9;
  await run();
  assert.deepEqual(sent.map(({ message }) => message.others.length), [1]);
});

Deno.test("Courier loses and doubles nothing of incidents, whatever fails", async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(fc.record({ service: fc.constantFrom("a", "b", "c"), hour: fc.nat({ max: 3 }) }), {
      maxLength: 8,
    }),
    fc.array(fc.boolean(), { maxLength: 6 }),
    fc.nat({ max: 4 }),
    async (alerts, failures, limit) => {
      const { sent, outbox, clock, run } = stage((n) => failures[n] ? fails()() : undefined, {
        limit,
        giveUpAfter: Infinity,
      });
      const opened = alerts.map(({ service, hour }, i) => {
        const start = Date.UTC(2026, 2, 2, hour);
        return sampleAlert({ service, key: `${i}`, start, end: start + 300_000 });
      });
      for (const delivery of planDeliveries({ opened, worse: [] }, { channels: ["mail"], now: 0 })) {
        outbox.enqueue(delivery);
      }
      for (let i = 0; i <= failures.length; i++) {
        await run();
        clock.now += 1e8;
      }
      assert([...outbox.all.values()].every(({ status }) => status === "sent"));
      assert.deepEqual(toldBy(sent), opened.map(({ id, severity }) => `${id}.${severity}`).sort());
    },
  ));
});

/** What messages tell, as receivers can know it: alert and severity. */
function toldBy(sent: readonly { message: Message }[]): string[] {
  return sent.flatMap(({ message }) => toldAlerts(message))
    .map(({ alert, severity }) => `${alert}.${severity}`).sort();
}

Deno.test("Courier lists every alert of a message: whole where an incident is told, briefly in a summary", async () => {
  const together = stage(), beyond = stage(undefined, { limit: 0 });
  for (const { outbox, run } of [together, beyond]) {
    for (const delivery of plannedTrouble()) outbox.enqueue(delivery);
    await run();
  }
  const wanted = TROUBLE.map(({ id, severity }) => `${id}.${severity}`).sort();
  assert.deepEqual([toldBy(together.sent), toldBy(beyond.sent)], [wanted, wanted]);
  const joined = together.sent.find(({ message }) => message.others.length > 0)!.message;
  assert.equal(joined.alerts?.length, 2);
  for (const told of joined.alerts!) {
    const alone = messageOf(TROUBLE.find(({ id }) => id === told.alert)!);
    const { title, facts, reasons, command } = alone;
    const { meanings } = await withMeanings(alone);
    assert.deepEqual(
      { ...told },
      { ...briefly(alone), title, facts, reasons, command, meanings },
    );
  }
  assert.deepEqual(
    beyond.sent[0].message.alerts,
    [TROUBLE[1], TROUBLE[0], TROUBLE[2]].map((alert) => briefly(messageOf(alert))),
  );
});

const briefly = ({ alert, stream, severity, ratio, title }: Message) => ({
  ...{ alert, stream, severity, ratio, title },
});

Deno.test("Courier tells alerts one by one where what tells them together is refused", async () => {
  const isRefused = (message: Message) => toldAlerts(message).some(({ stream }) => stream === "refused");
  const { sent, outbox, run } = stage((_, message) => isRefused(message) && fails({ permanent: true })());
  const opened = ["shop", "refused", "auth"].map((stream) => sampleAlert({ stream }));
  for (const delivery of planDeliveries({ opened, worse: [] }, { channels: ["mail"], now: 0 })) {
    outbox.enqueue(delivery);
  }
  const report = await run();
  const isFine = ({ stream }: { stream: string }) => stream !== "refused";
  assert.deepEqual(
    toldBy(sent),
    opened.filter(isFine).map(({ id, severity }) => `${id}.${severity}`).sort(),
  );
  assert.deepEqual(report.dead.map(({ key }) => key), [`${opened[1].id}.${opened[1].severity}.mail`]);
});

Deno.test("Courier repeats only what nobody noted, wherever it dies, fails, gives up and is told to try again", async () => {
  const step = fc.constantFrom("ok", "ok", "fails", "refused", "dies");
  await fc.assert(fc.asyncProperty(
    fc.array(fc.record({ service: fc.constantFrom("a", "b", "c"), hour: fc.nat({ max: 3 }) }), {
      minLength: 1,
      maxLength: 8,
    }),
    fc.array(step, { maxLength: 8 }),
    fc.nat({ max: 4 }),
    fc.array(fc.nat({ max: 7 }), { maxLength: 3 }),
    async (alerts, steps, limit, retried) => {
      let dying = false;
      const { sent, outbox, clock, run } = stage((n) => {
        if (steps[n] === "fails") fails()();
        if (steps[n] === "refused") fails({ permanent: true })();
        dying = steps[n] === "dies";
      }, { limit, giveUpAfter: 1 });
      const note = outbox.delivered.bind(outbox);
      outbox.delivered = (...delivery) => {
        if (dying) throw new Error("killed"); // accepted, but nobody has noted it
        note(...delivery);
      };
      const opened = alerts.map(({ service, hour }, i) => {
        const start = Date.UTC(2026, 2, 2, hour);
        return sampleAlert({ service, key: `${i}`, start, end: start + 300_000 });
      });
      for (const delivery of planDeliveries({ opened, worse: [] }, { channels: ["mail"], now: 0 })) {
        outbox.enqueue(delivery);
      }
      let repeats = 0;
      for (let i = 0; i < 2 * (steps.length + 1); i++) {
        await run().catch((error) => {
          assert.equal(error.message, "killed");
          repeats += toldAlerts(sent.at(-1)!.message).length;
        });
        dying = false;
        clock.now += 1e8;
        const rows = [...outbox.all.values()];
        const again = i % 2 === 0 ? rows : retried.map((at) => rows[at % rows.length]);
        again.forEach((row) => retry(row, clock.now));
      }
      assert([...outbox.all.values()].every(({ status }) => status === "sent"));
      const told = toldBy(sent);
      assert.deepEqual([...new Set(told)], opened.map(({ id, severity }) => `${id}.${severity}`).sort());
      assert.equal(told.length, opened.length + repeats);
    },
  ));
});

Deno.test("Courier leaves the channel's spacing between two messages", async () => {
  const { sent, plan, run } = stage(undefined, { spacing: 1000 });
  plan(3);
  await run();
  assert.deepEqual(sent.map(({ at }) => at), [0, 1000, 2000]);
});

Deno.test("Courier waits no longer than the channel's spacing where the clock is put back meanwhile", async () => {
  const back = (n: number) => void (n === 0 && queueMicrotask(() => clock.now -= 3_600_000));
  const { sent, clock, plan, run } = stage(back, { spacing: 1000 });
  plan(3);
  await run();
  assert.deepEqual(sent.map(({ at }) => at), [0, -3_599_000, -3_598_000]);
});

Deno.test("Courier tries again later, twice as late each time, and gives up when the message is too old", async () => {
  const { outbox, clock, plan, run } = stage(fails());
  plan(1);
  const waits: number[] = [];
  for (let i = 0; i < 5; i++) {
    const report = await run();
    const [delivery] = outbox.all.values();
    waits.push(delivery.dueAt - clock.now);
    assert.equal(report.dead.length, i === 4 ? 1 : 0);
    clock.now = delivery.dueAt;
  }
  assert.deepEqual(waits, [750, 1500, 3000, 6000, 12_000]);
  assert.equal([...outbox.all.values()][0].status, "dead");
  assert.deepEqual(await run(), { sent: [], failed: [], dead: [], held: [] });
});

Deno.test("Courier tries three times however old a message is", async () => {
  const { outbox, clock, plan, run } = stage(fails());
  plan(1);
  for (const status of ["due", "due", "dead"]) {
    clock.now += 1_000_000;
    await run();
    assert.equal([...outbox.all.values()][0].status, status);
  }
});

Deno.test("Courier sends what is beyond the limit, and what is old, as one summary, most severe first", async () => {
  const { outbox, sent, plan, run } = stage(undefined, { limit: 3 });
  plan(4, { score: 1.1 });
  plan(2, { score: 40 });
  const [old] = planDeliveries({ opened: [sampleAlert({ key: "old", score: 90 })], worse: [] }, {
    ...{ channels: ["mail"], now: 0, isOld: () => true },
  });
  outbox.enqueue(old);
  await run();
  assert.deepEqual(sent.map(({ message }) => message.severity), [
    "critical",
    "critical",
    "medium",
    "critical",
  ]);
  const { key, message } = sent[3];
  assert.match(key, /^summary-[0-9a-f]{16}\.mail$/);
  assert.equal(message.title, "[critical] 4 more alerts, not sent one by one");
  assert.deepEqual([...outbox.all.values()].map(({ status }) => status), Array(7).fill("sent"));
});

Deno.test("Courier sends the most important first: by severity, then by score", async () => {
  const { sent, plan, run } = stage();
  for (const score of [12, 40, 1.1, 15, 2]) plan(1, { score });
  await run();
  assert.deepEqual(sent.map(({ message }) => message.ratio), [40, 15, 12, 2, 1.1]);
});

Deno.test("Courier counts the limit once a run, however often it is asked to send", async () => {
  const { sent, plan, courier } = stage(undefined, { limit: 2 });
  const one = courier();
  plan(2, { score: 40 });
  assert.equal(one.hasUrgent(), true);
  await one.sendUrgent();
  plan(3, { score: 41, stream: "other" });
  await one.sendUrgent();
  assert.equal(sent.length, 2);
  await one.sendAll();
  assert.deepEqual(sent.map(({ message }) => message.others.length), [0, 0, 3]);
});

Deno.test("Courier sends at once only what is high or critical", async () => {
  const { sent, plan, courier } = stage();
  const one = courier();
  plan(1, { score: 1.1 });
  assert.equal(one.hasUrgent(), false);
  plan(1, { score: 40 });
  await one.sendUrgent();
  assert.deepEqual(sent.map(({ message }) => message.severity), ["critical"]);
  await one.sendAll();
  assert.deepEqual(sent.map(({ message }) => message.severity), ["critical", "medium"]);
});

Deno.test("Courier puts all messages of a summary that fails back, to go together again", async () => {
  const { outbox, sent, clock, plan, run } = stage((n) => n === 1 && fails()(), { limit: 1 });
  plan(3);
  const report = await run();
  assert.deepEqual([report.sent.length, report.failed.length], [1, 2]);
  const waiting = [...outbox.all.values()].filter(({ status }) => status === "due");
  assert.equal(new Set(waiting.map(({ dueAt }) => dueAt)).size, 1);
  clock.now = waiting[0].dueAt;
  await run();
  assert.deepEqual([...outbox.all.values()].map(({ status }) => status), ["sent", "sent", "sent"]);
  assert.equal(sent.length, 3);
});

Deno.test("Courier keeps whom a message did not reach", async () => {
  const { outbox, options, plan } = stage();
  plan(1);
  const remark = "refused for b@example.com: no such user";
  const channel: Channel = {
    name: "mail",
    spacing: 0,
    send: () => Promise.resolve({ answer: "ok", remark }),
  };
  const report = await runOf(new Courier(outbox, new Map([["mail", channel]]), options));
  assert.deepEqual(report.sent.map((sent) => sent.remark), [remark]);
  assert.deepEqual([...outbox.all.values()].map(({ status, lastError }) => [status, lastError]), [[
    "sent",
    remark,
  ]]);
});

Deno.test("Courier does not name a report that is not there", async () => {
  const { outbox, sent, run } = stage(undefined, { hasReport: (path) => path === "/there" });
  const plan = (key: string, report: string) =>
    planDeliveries({ opened: [sampleAlert({ key })], worse: [] }, { channels: ["mail"], now: 0, report })
      .forEach((delivery) => outbox.enqueue(delivery));
  plan("a", "/there");
  plan("b", "/gone");
  await run();
  assert.deepEqual(sent.map(({ message }) => message.report).sort(), ["", "/there"]);
});

Deno.test("Courier does not try before the time", async () => {
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

Deno.test("Courier waits at least as long as the other side asks", async () => {
  const { outbox, plan, run } = stage(fails({ retryAfter: 120_000 }));
  plan(1);
  const report = await run();
  assert.equal(report.failed[0].nextAt, 120_000);
  assert.equal([...outbox.all.values()][0].dueAt, 120_000);
});

Deno.test("Courier leaves a failing channel alone and takes no attempt from the others", async () => {
  const { outbox, plan, run } = stage(fails());
  plan(3);
  const report = await run();
  assert.deepEqual([report.failed.length, report.held.length], [1, 2]);
  assert.deepEqual([...outbox.all.values()].map((d) => d.attempts).sort(), [0, 0, 1]);
});

Deno.test("Courier sets a refused message aside at once and goes on with the next", async () => {
  const { plan, run } = stage((n) => n === 0 && fails({ permanent: true })());
  plan(3);
  const report = await run();
  assert.deepEqual([report.dead.length, report.sent.length, report.held.length], [1, 2, 0]);
});

Deno.test("Courier sets a damaged message aside and goes on", async () => {
  const { outbox, plan, run } = stage();
  outbox.enqueue({ key: "a", alert: "a", channel: "mail", payload: "{", dueAt: -1 });
  outbox.enqueue({ key: "b", alert: "b", channel: "mail", payload: "{}", dueAt: -1 });
  plan(1);
  const report = await run();
  assert.deepEqual([report.dead.length, report.sent.length], [2, 1]);
});

Deno.test("Courier keeps messages to a channel that is not there until they are too old", async () => {
  const { outbox, options, clock, plan } = stage();
  plan(2);
  const report = await runOf(new Courier(outbox, new Map(), options));
  assert.equal(report.held.length, 2);
  assert.equal(outbox.due(0).length, 2);
  clock.now = 10_000;
  const later = await runOf(new Courier(outbox, new Map(), options));
  assert.match(later.dead[0].error, /the settings name no channel mail/);
  assert.deepEqual(later.held, []);
});

Deno.test("Courier repeats with the same key when the process dies after the channel accepted", async () => {
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

Deno.test("Courier works from the state database", async () => {
  const state = State.open(":memory:");
  const { options } = stage();
  const [delivery] = planDeliveries({ opened: [sampleAlert()], worse: [] }, { channels: ["mail"], now: 0 });
  assert.deepEqual([state.deliveries.enqueue(delivery), state.deliveries.enqueue(delivery)], [true, false]);
  const channel: Channel = {
    name: "mail",
    spacing: 0,
    send: () => Promise.resolve({ answer: "ok", remark: "" }),
  };
  await runOf(new Courier(state.deliveries, new Map([["mail", channel]]), options));
  assert.deepEqual(state.deliveries.counts(), { sent: 1 });
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
