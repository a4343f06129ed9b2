import assert from "node:assert/strict";
import { State } from "../../../lib/store/state.ts";
import type { Alert } from "../../../runner/alert/alert.ts";
import { type Message, parseMessage } from "../../../runner/alert/message.ts";
import { summaryOf } from "../../../runner/alert/summary_message.ts";
import { parseConfig } from "../../../runner/config.ts";
import { storedAlert } from "../../../runner/detect/commit.ts";
import { Teller } from "../../../runner/detect/teller.ts";
import { sampleAlert, sampleReason } from "../alert/sample_alert.ts";

const START = Date.UTC(2026, 2, 2, 14), MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const PROGRAM = { command: "deno task deepscan", options: "", namesStream: false };

/** A state, a clock, and what settings of the section `alerts` make of it. */
async function stage(alerts = "", stream = "") {
  const config = await parseConfig(
    `streams: [{name: shop, inputs: [shop.log]${stream}}]\nalerts: {${alerts}}`,
    "/etc/deepscan.yaml",
  );
  const state = State.open(":memory:"), clock = { now: START + 5 * MINUTE };
  const teller = () => new Teller(state, { config, program: PROGRAM, report: "", now: () => clock.now });
  const seen = new Set<string>();
  return {
    state,
    clock,
    /** Keeps alerts as a checkpoint does. */
    keep: (...some: Alert[]) =>
      state.transaction(() => {
        for (const alert of some) state.putAlert(storedAlert(alert));
        teller().join(some);
      }),
    /** Ends a run: what is kept back, and what is new in the outbox, `KIND CHANNEL TITLE`. */
    tell: (flush = true) => {
      const held = teller().tell({ flush }),
        fresh = state.deliveries.due(Infinity).filter(({ key }) => !seen.has(key));
      for (const { key } of fresh) seen.add(key);
      const messages = fresh.map(({ payload }) => parseMessage(payload));
      return { held: Object.fromEntries(held), fresh, messages, kinds: messages.map(({ kind }) => kind) };
    },
  };
}

/** An alert of a service, so many minutes behind the start. */
function alertOf(service: string, minutes = 0, some: Partial<Alert> & { score?: number } = {}): Alert {
  const start = START + minutes * MINUTE, key = `${service}@${minutes}`;
  const { score = 1.2, ...rest } = some;
  const reasons = [sampleReason({ id: `t-${service}`, title: `trouble of ${service}` })];
  return { ...sampleAlert({ service, key, start, end: start + 5 * MINUTE, score, reasons }), ...rest };
}

const over = (alert: Alert): Alert => ({ ...alert, status: "resolved" });

Deno.test("Teller tells what belongs together as one message, at the end of a run, and once", async () => {
  const { keep, tell } = await stage();
  keep(alertOf("db"));
  assert.deepEqual(tell(false).fresh, []); // other streams may have more of it
  keep(alertOf("web"));
  const { fresh: [{ key, channel, alert }], messages: [message], fresh } = tell();
  assert.equal(fresh.length, 1);
  assert.deepEqual([key, channel], [`${alert}.0.console`, "console"]);
  assert.match(message.title, /^\[low\] shop\/(?:db|web): .*; (?:web|db) affected since /);
  assert.deepEqual([message.kind, message.status, message.number, message.alerts?.length], [
    "opened",
    "firing",
    0,
    2,
  ]);
  assert.match(message.silence!, new RegExp(`^deno task deepscan silence add --incident ${alert} --for 2h$`));
  assert.deepEqual(tell().fresh, []);
});

Deno.test("Teller tells what another process has kept and not told, and what ends once", async () => {
  const { state, keep, tell, clock } = await stage(), alert = alertOf("db");
  keep(alert);
  assert.deepEqual(state.deliveries.counts(), {}); // the process dies here
  assert.deepEqual(tell().kinds, ["opened"]);
  clock.now += HOUR;
  keep(over(alert));
  const { messages: [resolved], kinds } = tell();
  assert.deepEqual([kinds, resolved.status, resolved.number], [["resolved"], "resolved", 1]);
  assert.match(resolved.topic!, /since 2026-03-02 14:00 UTC$/);
  assert.deepEqual([tell().fresh, state.incidents.live()], [[], []]);
  keep(alert);
  assert.deepEqual(tell().kinds, ["again"]);
});

Deno.test("Teller tells what is over once, and what was over long ago with others", async () => {
  const { keep, tell, clock } = await stage();
  keep(over(alertOf("db")));
  const { messages: [message] } = tell();
  assert.deepEqual([message.kind, message.status, message.isOld], ["opened", "resolved", false]);
  assert.match(message.title, /since 2026-03-02 14:00 UTC until 2026-03-02 14:05 UTC$/);
  clock.now += 10 * HOUR;
  keep(over(alertOf("web", 180)));
  assert.equal(tell().messages[0].isOld, true);
});

Deno.test("Teller holds back what is silenced, says so, and tells what still fires afterwards", async () => {
  const { state, keep, tell, clock } = await stage();
  const matcher = JSON.stringify({ service: "db", severity: "high" });
  const silence = { id: "s1", kind: "silence" as const, matcher, start: clock.now, end: clock.now + HOUR };
  state.mutes.put({ ...silence, note: "disk is swapped", who: "ann", at: clock.now });
  keep(alertOf("db"), alertOf("cron", 60));
  const first = tell();
  assert.deepEqual(first.messages.map(({ title }) => /shop\/(\w+)/.exec(title)![1]), ["cron"]);
  assert.deepEqual(first.held, { "silenced by s1 (disk is swapped)": 1 });
  const [incident] = state.incidents.all().filter(({ id }) => id === alertOf("db").id);
  tell();
  assert.deepEqual(state.incidents.notices(incident.id).map(({ kind, held }) => [kind, held]), [
    ["opened", "silenced by s1 (disk is swapped)"],
  ]);
  clock.now += HOUR;
  const after = tell();
  assert.deepEqual([after.kinds, after.held], [["opened"], {}]);
});

Deno.test("Teller lets what is more severe than a silence through", async () => {
  const { state, keep, tell, clock } = await stage();
  const matcher = JSON.stringify({ severity: "medium" });
  state.mutes.put({
    id: "s",
    kind: "silence",
    matcher,
    start: 0,
    end: clock.now + HOUR,
    note: "",
    who: "",
    at: 0,
  });
  keep(alertOf("db", 0, { score: 40 }), alertOf("cron", 60));
  assert.deepEqual(tell().messages.map(({ severity }) => severity), ["high"]);
});

Deno.test("Teller repeats nothing to those who take care, until it comes back", async () => {
  const { state, keep, tell, clock } = await stage(), alert = alertOf("db");
  keep(alert);
  tell();
  state.incidents.acknowledge({ incident: alert.id, at: clock.now, who: "ann", note: "" });
  clock.now += 10 * HOUR;
  assert.deepEqual(tell().kinds, []);
  keep(over(alert));
  assert.deepEqual(tell().kinds, ["resolved"]);
  assert.equal(state.incidents.acknowledgement(alert.id), null);
  keep(alert);
  assert.deepEqual(tell().kinds, ["again"]);
  clock.now += 4 * HOUR;
  assert.deepEqual(tell().kinds, ["repeat"]);
});

const PEOPLE = "receivers: {ann: {file: {path: a}}, bob: {file: {path: b}}}";

Deno.test("Teller tells whom routes name, everybody where none does, and a newcomer from the beginning", async () => {
  const routes = "routes: [{severity: high, to: [ann], continue: true}, {service: db, to: [bob]}]";
  const { keep, tell } = await stage(`${PEOPLE}, ${routes}`);
  keep(alertOf("db"), alertOf("cron", 60), alertOf("db", 300, { score: 40 }));
  const channels = () => tell().fresh.map(({ channel, key }) => `${channel} ${key.split(".")[1]}`).sort();
  assert.deepEqual(channels(), ["ann.file 0", "bob.file 0", "bob.file 0", "console 0"]);
  keep(alertOf("cron", 60, { score: 40, severity: "critical" }));
  assert.deepEqual(channels(), ["ann.file 0", "console 1"]);
});

Deno.test("Teller tells all people without routes, each by a life of their own", async () => {
  const { keep, tell, state } = await stage(PEOPLE);
  keep(alertOf("db"));
  assert.deepEqual(tell().fresh.map(({ channel }) => channel).sort(), ["ann.file", "bob.file", "console"]);
  assert.deepEqual(state.incidents.notices(alertOf("db").id).map(({ receiver }) => receiver).sort(), [
    ...["ann", "bob", "channels"],
  ]);
});

Deno.test("Teller defers what is beyond the messages of a day to a digest, but for what is high or critical", async () => {
  const { keep, tell, clock } = await stage("max_per_day: 2");
  const hours = [0, 1, 2, 3].map((i) => alertOf(`s${i}`, 60 * i));
  keep(...hours, alertOf("urgent", 600, { score: 12 }));
  const { fresh, messages, held } = tell(), day = Math.floor(clock.now / DAY) * DAY;
  const waiting = fresh.filter(({ dueAt }) => dueAt === day + DAY);
  assert.deepEqual([fresh.length, waiting.length, held], [5, 3, { "more than max_per_day": 3 }]);
  assert.ok(waiting.every(({ payload }) => parseMessage(payload).isOld));
  const digest = summaryOf(waiting.map(({ payload }) => parseMessage(payload)), PROGRAM);
  assert.equal(digest.title, "[low] 3 more alerts, held back until now: more than max_per_day");
  assert.equal(messages.filter(({ severity }) => severity === "high").length, 1);
  keep(...hours.map(over)); // ends of what waits wait as well
  const ends = tell();
  assert.deepEqual(ends.fresh.filter(({ dueAt }) => dueAt < day + DAY).length, 1);
  clock.now += DAY;
  keep(alertOf("late", 1500));
  assert.deepEqual(tell().held, {});
});

Deno.test("Teller tells no new message of a deployment, unless it is an error, and says what came after it", async () => {
  const { state, keep, tell, clock } = await stage();
  const matcher = JSON.stringify({ service: "db" }), end = START + 30 * MINUTE;
  state.mutes.put({
    id: "d",
    kind: "deployment",
    matcher,
    start: START - MINUTE,
    end,
    note: "v7",
    who: "ann",
    at: START,
  });
  const novel = (level: number, minutes: number) => {
    const reasons = [sampleReason({ kind: "unseen", id: `n${level}`, level })];
    const start = START + minutes * MINUTE;
    return sampleAlert({
      service: "db",
      key: `n${level}`,
      start,
      end: start + 5 * MINUTE,
      score: 1.2,
      reasons,
    });
  };
  keep(novel(9, 0));
  assert.deepEqual(Object.keys(tell().held), ["deployment of 2026-03-02 13:59 UTC (v7)"]);
  keep(novel(17, 20));
  const { messages: [error] } = tell();
  assert.deepEqual(
    error.facts.find(({ name }) => name === "Deployment")?.value,
    "after the deployment of 2026-03-02 13:59 UTC (v7)",
  );
  clock.now += HOUR;
  keep({ ...novel(9, 0), end: START + 50 * MINUTE }); // it lasts beyond the while
  assert.deepEqual(tell().kinds, ["update"]);
});

Deno.test("Teller tells nothing of what lies in maintenance, what is suppressed, what another alert explains", async () => {
  const { state, keep, tell, clock } = await stage(
    'maintenance: [{weekly: "Mon 15:00-16:00", zone: Europe/Berlin, service: db, note: backup}], ' +
      "suppress: [{service: cron, template: trouble of cron}], " +
      "inhibit: [{source: {service: net, severity: medium}, target: {service: app}, equal: [stream]}]",
  );
  keep(over(alertOf("db")), alertOf("cron", 100), alertOf("net", 300, { score: 4 }));
  keep(alertOf("app", 290, { start: START + 290 * MINUTE, end: START + 400 * MINUTE }));
  const { held, messages } = tell();
  assert.deepEqual(messages.map(({ title }) => /shop\/(\w+)/.exec(title)![1]), ["net"]);
  assert.deepEqual(held, {
    "maintenance (backup)": 1,
    "suppressed by the settings": 1,
    [`inhibited by ${alertOf("net", 300).id}`]: 1,
  });
  assert.equal(state.incidents.all().length, 4);
  clock.now = START + 7 * HOUR;
  keep({ ...over(alertOf("net", 300, { score: 4 })), end: START + 305 * MINUTE });
  assert.deepEqual(tell().kinds.sort(), ["opened", "resolved"]); // it goes on without what explained it
});

Deno.test("Teller says how often the same was there before", async () => {
  const { keep, tell, clock } = await stage();
  const before = (messages: Message[]) => messages[0].facts.find(({ name }) => name === "Before")?.value;
  keep(over(alertOf("db")));
  assert.equal(before(tell().messages), "never, as far as alerts are kept");
  clock.now += DAY;
  keep(alertOf("db", 1440));
  assert.equal(before(tell().messages), "once, last until 2026-03-02 14:05 UTC");
});

Deno.test("Teller goes by the time in the lines where that is a stream's clock", async () => {
  const { state, keep, tell } = await stage("", ", clock: data"), alert = alertOf("db");
  const reach = (time: number) =>
    state.putStream({ name: "shop", model: "v1", detail: { logs: [{ name: "shop.log", clock: time }] } });
  reach(START + 6 * MINUTE);
  keep(alert);
  tell();
  assert.deepEqual(tell().kinds, []);
  reach(START + 5 * HOUR);
  assert.deepEqual(tell().kinds, ["repeat"]);
  assert.deepEqual(tell().kinds, []);
});

Deno.test("Teller puts alerts that turn out to belong together into one incident until people know of both", async () => {
  const apart = () => [alertOf("db", 0), alertOf("web", 60)],
    between = alertOf("db", 60, { end: START + 70 * MINUTE });
  const bridge = { ...between, start: START, end: START + 70 * MINUTE, id: "ffff" };
  const unheard = await stage();
  unheard.keep(...apart());
  assert.equal(unheard.state.incidents.all().length, 2);
  unheard.keep(bridge, alertOf("db", 60));
  assert.deepEqual(unheard.state.incidents.all().map(({ id }) => id), [alertOf("db").id]);
  assert.deepEqual(unheard.tell().messages.map(({ alerts }) => alerts?.length), [4]);
  const heard = await stage();
  heard.keep(...apart());
  heard.tell();
  heard.keep(bridge, alertOf("db", 60));
  assert.equal(heard.state.incidents.all().length, 2);
});

Deno.test("Teller ends what fires in a stream that the settings name no more", async () => {
  const { keep, tell, clock } = await stage(), alert = { ...alertOf("db"), stream: "gone" };
  keep(alert);
  clock.now += 10 * MINUTE;
  assert.deepEqual(tell().messages.map(({ status }) => status), ["resolved"]);
});

Deno.test("Teller goes on with what was told before accounts were kept", async () => {
  const { state, keep, tell, clock } = await stage(), alert = alertOf("db"), { id } = alert;
  const told = { severity: alert.severity, alerts: { [id]: alert.severity }, isOver: false };
  const body = JSON.stringify({ version: 1, told, lives: {} });
  state.incidents.put({ id, isLive: true, start: alert.start!, end: alert.end!, body });
  state.putAlert(storedAlert(alert));
  state.incidents.join(id, id);
  assert.deepEqual(tell().kinds, []);
  clock.now += HOUR;
  keep(over(alert));
  assert.deepEqual(tell().kinds, ["resolved"]);
});

Deno.test("Teller forgets incidents with their alerts", async () => {
  const { state, keep, tell } = await stage(), alert = alertOf("db");
  keep(alert);
  tell();
  keep({ ...alert, status: "closed" });
  tell();
  for (const { key } of state.deliveries.due(Infinity)) state.deliveries.delivered(key, START);
  state.prune("shop", START + DAY);
  assert.deepEqual([state.alerts(), state.incidents.all(), state.incidents.notices(alert.id)], [[], [], []]);
});
