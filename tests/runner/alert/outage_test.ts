/** A real mail server that is down and comes back: what waits is told once, in order, without a flood. */
import assert from "node:assert/strict";
import { State } from "../../../lib/store/state.ts";
import { openChannels } from "../../../runner/alert/channels/mod.ts";
import { Courier } from "../../../runner/alert/courier.ts";
import type { Message } from "../../../runner/alert/message.ts";
import { freePort } from "../../services/free_port.ts";
import { type MailServerOptions, startMailServer } from "../../services/mail_server.ts";
import { worldOf } from "./channels/stage.ts";
import { sampleMessage } from "./sample_alert.ts";

const HOUR = 3_600_000, START = Date.UTC(2026, 2, 2, 14), LIMIT = 5;

/** A state, a clock, and a mail server that can be switched on and off. */
async function outage() {
  const state = State.open(":memory:"), port = freePort(), clock = { now: START };
  const email = {
    ...{ host: "127.0.0.1", port, security: "none" as const },
    ...{ from: "DeepScan <deepscan@example.com>", to: ["ops@example.com"] },
  };
  const world = { ...worldOf(""), now: () => clock.now };
  const { channels } = await openChannels({ channels: { console: false, email }, receivers: {} }, world);
  let server: Awaited<ReturnType<typeof startMailServer>> | undefined;
  const mails: { subject: string; key: string; text: string; id: string; replyTo: string }[] = [];
  const down = async () => {
    for (const { parsed } of server?.mails ?? []) {
      const { subject = "", text = "", messageId = "", inReplyTo = "" } = parsed;
      mails.push({
        ...{ subject, text, id: messageId, replyTo: inReplyTo },
        key: String(parsed.headers.get("x-deepscan-key")),
      });
    }
    await server?.[Symbol.asyncDispose]();
    server = undefined;
  };
  const up = async (options: MailServerOptions = {}) =>
    void (server = await startMailServer({ ...options, port }));
  const run = async () => {
    const courier = new Courier(state.deliveries, channels, {
      ...{ giveUpAfter: 72 * HOUR, firstDelay: 30_000, longestDelay: 4 * HOUR, timeout: 2000, limit: LIMIT },
      ...{ now: () => clock.now, random: () => 0.5, wait: () => Promise.resolve() },
    });
    await courier.sendUrgent();
    await courier.sendAll();
    return courier.report;
  };
  const tell = (message: Message) => {
    const key = `${message.incident}.${message.number}.email`;
    const payload = JSON.stringify(message), alert = message.alert;
    state.deliveries.enqueue({ key, alert, channel: "email", payload, dueAt: clock.now });
  };
  return {
    state,
    clock,
    mails,
    up,
    down,
    run,
    tell,
    [Symbol.asyncDispose]: async () => {
      await down();
      state.close();
    },
  };
}

/** What is told of the n-th incident. */
function told(n: number, kind: Message["kind"], number: number): Message {
  const service = `service${n}`,
    sample = sampleMessage({ service, key: `${service}@x`, score: n % 2 === 0 ? 4.2 : 1.5 });
  const topic = sample.title, title = kind === "resolved" ? `${topic}, over` : topic;
  return {
    ...sample,
    ...{
      kind,
      number,
      topic,
      title,
      incident: sample.alert,
      status: kind === "resolved" ? "resolved" : "firing",
    },
  };
}

Deno.test("a mail server that is down costs one try a run; when it is back each incident is told once, as it is then", async () => {
  await using stage = await outage();
  for (let hour = 0; hour < 8; hour++) {
    for (const n of [2 * hour, 2 * hour + 1]) stage.tell(told(n, "opened", 0));
    if (hour > 0) { for (const n of [2 * hour - 2, 2 * hour - 1]) stage.tell(told(n, "resolved", 1)); }
    const { sent, failed } = await stage.run();
    assert.deepEqual([sent.length, failed.length <= 2], [0, true]);
    stage.clock.now += HOUR;
  }
  stage.clock.now += 4 * HOUR; // so that even what was tried last is due
  await stage.up();
  const { sent, failed, dead, held } = await stage.run();
  await stage.down();
  assert.deepEqual([sent.length, failed, dead, held], [LIMIT + 1, [], [], []]);
  const singles = stage.mails.filter(({ subject }) => !subject.includes("more alerts"));
  const [summary, ...more] = stage.mails.filter(({ subject }) => subject.includes("more alerts"));
  assert.deepEqual([singles.length, more], [LIMIT, []]);
  assert.match(summary.subject, /^\[medium\] 11 more alerts, not sent one by one$|^\[high\] 11 more alerts/);
  const incidents = Array.from({ length: 16 }, (_, n) => told(n, "opened", 0));
  for (const { title, alert } of incidents) {
    const once = stage.mails.filter(({ text }) => text.includes(alert));
    assert.equal(once.length, 1, `${title} in ${once.length} mails`);
  }
  for (const { text, replyTo } of singles) {
    assert.deepEqual([/^Over already: |^\[/.test(text), replyTo], [true, ""]);
  }
  assert.deepEqual(stage.state.deliveries.counts(), { sent: 30 });
});

Deno.test("an update after the outage lies under the mail that told the incident, whatever was summarised between", async () => {
  await using stage = await outage();
  await stage.up();
  stage.tell(told(0, "opened", 0));
  await stage.run();
  await stage.down();
  for (const [number, kind] of [[1, "update"], [2, "worse"], [3, "resolved"]] as const) {
    stage.tell(told(0, kind, number));
  }
  await stage.run();
  stage.clock.now += 5 * HOUR;
  await stage.up();
  await stage.run();
  await stage.down();
  const [first, second, ...more] = stage.mails;
  assert.deepEqual(more, []);
  assert.deepEqual([second.replyTo, second.subject], [first.id, `Re: ${first.subject}`]);
  assert.match(second.text, /^Resolved: /);
});

Deno.test("a server that dies between taking a mail and saying so gets it again under the same identity", async () => {
  await using stage = await outage();
  await stage.up({ answer: () => "die" });
  stage.tell(told(1, "opened", 0));
  assert.equal((await stage.run()).failed.length, 1);
  await stage.down();
  stage.clock.now += HOUR;
  await stage.up();
  assert.equal((await stage.run()).sent.length, 1);
  await stage.down();
  const [one, again] = stage.mails;
  assert.deepEqual([again.id, again.key, again.subject], [one.id, one.key, one.subject]);
});
