import assert from "node:assert/strict";
import fc from "fast-check";
import { type Channel, ChannelError } from "../../../runner/alert/channels/channel.ts";
import { Courier } from "../../../runner/alert/courier.ts";
import type { Message } from "../../../runner/alert/message.ts";
import type { Outbox } from "../../../runner/alert/outbox.ts";
import { State } from "../../../lib/store/state.ts";
import { fails, type MemoryOutbox, retry, stage } from "./courier_stage.ts";
import { sampleMessage } from "./sample_alert.ts";

/** Messages about incidents, `INCIDENT.NUMBER`, that are put into an outbox. */
function tell(outbox: Pick<MemoryOutbox, "enqueue">, ...keys: string[]): void {
  for (const key of keys) {
    const [incident, number] = key.split("."), sample = sampleMessage({ service: incident, key: incident });
    const kind = number === "0" ? "opened" as const : "resolved" as const;
    const payload = JSON.stringify({
      ...sample,
      incident,
      number: Number(number),
      kind,
      title: `${kind} ${incident}`,
    });
    outbox.enqueue({ key: `${key}.mail`, alert: incident, channel: "mail", payload, dueAt: 0 });
  }
}

Deno.test("Courier sends what may have arrived again as it was, and then what has come since", async () => {
  const { outbox, sent, clock, run } = stage((n) => n === 0 && fails({ isDoubtful: true })());
  tell(outbox, "a.0");
  await run();
  clock.now += 1e6;
  tell(outbox, "a.1");
  await run();
  assert.deepEqual(sent.map(({ key, message: { title } }) => [key, title]), [
    ["a.0.mail", "opened a"],
    ["a.1.mail", "resolved a"],
  ]);
});

Deno.test("Courier tells what has certainly not arrived as it is now", async () => {
  const { outbox, sent, clock, run } = stage((n) => n === 0 && fails()());
  tell(outbox, "a.0");
  await run();
  clock.now += 1e6;
  tell(outbox, "a.1");
  await run();
  assert.deepEqual(sent.map(({ message: { title, kind } }) => [title, kind]), [["resolved a", "opened"]]);
});

Deno.test("Courier sends a summary that may have arrived again as it was, even by the next process", async () => {
  const { outbox, sent, clock, run } = stage(undefined, { limit: 1 });
  tell(outbox, "a.0", "b.0", "c.0");
  const delivered = outbox.delivered;
  outbox.delivered = (key, ...rest) => {
    if (!key.startsWith("a.")) throw new Error("killed");
    delivered.call(outbox, key, ...rest);
  };
  await assert.rejects(run(), /killed/);
  outbox.delivered = delivered;
  tell(outbox, "b.1", "d.0");
  clock.now += 1e6;
  await run();
  const [first, summary, again, ...more] = sent;
  assert.deepEqual([first.key, summary.key === again.key, more.length], ["a.0.mail", true, 2]);
  assert.deepEqual(again.message, summary.message);
});

Deno.test("Courier is in doubt until it is answered that a message was taken: a later refusal says nothing of the first try", async () => {
  const tries = [{ isDoubtful: true }, { retryAfter: 1000 }, {}];
  const { outbox, sent, clock, run } = stage((n) => tries[n] && fails(tries[n])(), { giveUpAfter: 1e9 });
  tell(outbox, "a.0");
  for (const more of ["a.1", "a.2", "b.0"]) {
    await run();
    clock.now += 1e6;
    tell(outbox, more);
  }
  await run();
  assert.deepEqual(sent.map(({ key }) => key === "a.0.mail" || key === "b.0.mail" ? key : "rest"), [
    ...["a.0.mail", "rest", "b.0.mail"],
  ]);
});

Deno.test("Courier sends what was given up in doubt under its key where people have it tried again", async () => {
  const { outbox, sent, clock, run } = stage((n) => n < 3 && fails({ isDoubtful: true })());
  tell(outbox, "a.0");
  for (let i = 0; i < 3; i++) {
    await run();
    clock.now += 1e6;
  }
  const row = outbox.all.get("a.0.mail")!;
  assert.equal(row.status, "dead");
  tell(outbox, "a.1");
  retry(row, clock.now);
  await run();
  assert.deepEqual(sent.map(({ key }) => key), ["a.0.mail", "a.1.mail"]);
});

Deno.test("Courier takes an error that it does not know for a doubt", async () => {
  const { outbox, clock, run, sent } = stage((n) => {
    if (n === 0) throw new TypeError("who knows");
  });
  tell(outbox, "a.0");
  await run();
  clock.now += 1e6;
  tell(outbox, "a.1");
  await run();
  assert.equal(sent[0].key, "a.0.mail");
});

/** What happens to a try: whether the message arrives, and what the sender hears of it, if it lives. */
const TRIES = {
  taken: { arrives: true },
  refused: { arrives: false, failure: {} },
  "answer lost": { arrives: true, failure: { isDoubtful: true } },
  "request lost": { arrives: false, failure: { isDoubtful: true } },
  "killed before": { arrives: false, dies: true },
  "killed behind": { arrives: true, dies: true },
} satisfies Record<string, { arrives: boolean; failure?: { isDoubtful?: boolean }; dies?: boolean }>;
type Try = { arrives: boolean; failure?: { isDoubtful?: boolean }; dies?: boolean };

/** A channel and the outbox of a process that may be killed. */
function doomed(outbox: Outbox, tries: Try[]) {
  const arrived: { key: string; message: Message }[] = [], parts = new Map<string, string[]>();
  let isKilled = false;
  const alive = <A extends unknown[], T>(call: (...args: A) => T) => (...args: A): T => {
    if (isKilled) throw new Error("killed");
    return call(...args);
  };
  const watched: Outbox = {
    due: alive((now) => outbox.due(now)),
    transaction: (run) => outbox.transaction(run),
    delivered: alive((...told) => outbox.delivered(...told)),
    failed: alive((...told) => outbox.failed(...told)),
    tried: alive((key, as) => {
      outbox.tried(key, as);
      if (as !== "") parts.set(as, [...new Set([...parts.get(as) ?? [], key])]);
    }),
  };
  const send = (message: Message, { key }: { key: string }) => {
    const { arrives, failure, dies }: Try = tries.shift() ?? TRIES.taken;
    if (arrives) arrived.push({ key, message });
    isKilled = dies === true;
    if (failure !== undefined) throw new ChannelError("Cannot send to mail: no", failure);
    return Promise.resolve({ answer: "ok", remark: "" });
  };
  const channel: Channel = { name: "mail", spacing: 0, send };
  return { arrived, parts, watched, channel, revive: () => isKilled = false };
}

Deno.test("Courier tells nothing under two keys, and the same under the same, whatever is lost and whenever it is killed", async () => {
  const act = fc.record({
    waits: fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 3 }),
    tries: fc.array(fc.constantFrom(...Object.values<Try>(TRIES)), { maxLength: 3 }),
    isUrgent: fc.boolean(),
    later: fc.constantFrom(0, 600, 1e6),
  });
  await fc.assert(fc.asyncProperty(
    fc.array(act, { minLength: 1, maxLength: 8 }),
    fc.nat({ max: 3 }),
    async (acts, limit) => {
      const { deliveries, close } = openState(), tries: Try[] = [], numbers = new Map<string, number>();
      const { arrived, parts, watched, channel, revive } = doomed(deliveries, tries);
      let now = 0;
      const { options } = stage(undefined, { limit, giveUpAfter: 1e12, now: () => now });
      const rest = Array.from({ length: 3 }, () => ({ waits: [], tries: [], isUrgent: false, later: 1e6 }));
      for (const { waits, tries: next, isUrgent, later } of [...acts, ...rest]) {
        for (const incident of waits) {
          const number = numbers.get(incident) ?? 0;
          numbers.set(incident, number + 1);
          tell(deliveries, `${incident}.${number}`);
        }
        tries.splice(0, Infinity, ...next);
        const courier = new Courier(watched, new Map([["mail", channel]]), options);
        await (isUrgent ? courier.sendUrgent() : courier.sendAll()).catch(({ message }) =>
          assert.equal(message, "killed")
        );
        revive();
        now += later;
      }
      const messages = [...numbers.values()].reduce((sum, number) => sum + number, 0);
      assert.deepEqual(deliveries.counts(), messages === 0 ? {} : { sent: messages });
      const told = [...Map.groupBy(arrived, ({ key }) => key)].map(([key, same]) => {
        for (const { message } of same) assert.deepEqual(message, same[0].message);
        return parts.get(key)!;
      });
      assert.equal(told.flat().length, messages);
      assert.equal(new Set(told.flat()).size, messages);
      close();
    },
  ));
});

function openState() {
  const state = State.open(":memory:");
  return { deliveries: state.deliveries, close: () => state.close() };
}
