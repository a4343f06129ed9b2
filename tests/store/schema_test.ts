import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { SCHEMA_VERSION } from "../../lib/store/schema.ts";
import { State } from "../../lib/store/state.ts";
import { parseAlert } from "../../runner/alert/alert.ts";
import { parseMessage } from "../../runner/alert/message.ts";
import { raiseAlerts } from "../../runner/alert/raise_alerts.ts";
import { sampleAlert, sampleReason, sampleVerdict } from "../runner/alert/sample_alert.ts";

/** The tables that a state of version 1 holds messages and alerts in, as they were. */
const FIRST = `
  create table stream (name text primary key, model text not null, detail text not null) strict, without rowid;
  create table verdict (
    stream text not null, key text not null, kind text not null, service text not null,
    start real, end real, lines integer not null, score real not null, threshold real not null,
    anomalous integer not null, reasons text not null, model text not null,
    primary key (stream, key)
  ) strict, without rowid;
  create table alert (
    id text primary key, stream text not null, status text not null, start real, end real, body text not null
  ) strict, without rowid;
  create table delivery (
    key text primary key, alert text not null, channel text not null, payload text not null,
    status text not null default 'due', attempts integer not null default 0,
    due_at real not null, settled_at real, last_error text not null default ''
  ) strict, without rowid;
  create table novelty (
    stream text not null, scope text not null, template text not null, first_seen real not null,
    primary key (stream, scope, template)
  ) strict, without rowid;
  pragma user_version = 1;
`;

/** Takes from a state what counts slots of time. */
const WITHOUT_COUNTS = `
  drop table series; drop table record_count; drop table window_count; drop table template; drop table template_count;
  drop table counted_stream; drop index alert_in_incident; drop index incident_by_start;
  alter table alert drop column severity;
`;

/** Takes from a state what came with version 9. */
const WITHOUT_INCIDENTS = `${WITHOUT_COUNTS}
  drop index alert_by_incident; drop index alert_by_cause;
  alter table alert drop column service; alter table alert drop column cause; alter table alert drop column incident;
  drop table reading; drop table incident; drop table notice; drop table mute; drop table acknowledgement;
  drop table metric; drop table condition;
  alter table delivery drop column scheduled_at; alter table delivery drop column tried_as;
`;

/** Takes from a state what came with versions 6 to 9. */
const WITHOUT_FEEDBACK = `${WITHOUT_INCIDENTS}
  drop table finding; alter table verdict drop column alert; drop table feedback;
`;

/** A message as version 1 wrote it. */
const MESSAGE = {
  ...{
    version: 1,
    alert: "a1",
    severity: "high",
    title: "[high] shop: disk failed since 2026-03-02 03:20 UTC",
  },
  facts: [{ name: "Stream", value: "shop" }, { name: "Window", value: "shop@2026-03-02T03:20:00.000Z" }],
  reasons: [{
    title: "disk failed",
    percent: 100,
    counts: "1 time, expected 0",
    firstSeen: "",
    sample: "disk 7 failed",
  }],
  ...{ others: [], command: "", report: "" },
};

Deno.test("migrate() brings a state of version 1 to the present one, and the messages that wait in it can be read", async () => {
  const path = `${await Deno.makeTempDir()}/state.db`, database = new DatabaseSync(path);
  database.exec(FIRST);
  database.exec("insert into stream values ('shop', 'v0001', '{}')");
  database.prepare(
    "insert into delivery (key, alert, channel, payload, due_at) values ('a1.mail', 'a1', 'mail', ?, 5)",
  )
    .run(JSON.stringify(MESSAGE));
  database.exec("insert into novelty values ('shop', '*', 'P7', 50), ('shop', 'service db', 'P7', 40)");
  database.exec("insert into alert values ('a1', 'shop', 'firing', 0, 1, '{\"version\":1}')");
  database.close();
  const state = State.open(path);
  assert.equal(state.database.prepare("pragma user_version").get()?.user_version, SCHEMA_VERSION);
  assert.deepEqual(state.streams(), ["shop"]);
  const [{ payload, queuedAt }] = state.deliveries.due(10), message = parseMessage(payload);
  assert.equal(queuedAt, 5);
  assert.deepEqual([message.stream, message.isOld, message.reasons[0].example], [
    "shop",
    false,
    "disk 7 failed",
  ]);
  assert.deepEqual(state.alerts(), []);
  assert.deepEqual([...state.learned.novelties("shop")], [["P7", 40]]);
  state.close();
});

Deno.test("migrate() brings alerts of version 2 to the present one, and they go on", async () => {
  const path = `${await Deno.makeTempDir()}/state.db`, fresh = State.open(path);
  const reasons = [sampleReason({ kind: "unseen", id: "P7" })];
  const { detectors: _detectors, fired: _fired, ...alert } = sampleAlert({ reasons });
  const [{ threat: _threat, isThreat: _is, detectors: _by, ...member }] = alert.evidence.members;
  const earlier = {
    ...alert,
    ...{ version: 2, cause: "unseen:P7", headline: "unseen:P7", known: ["unseen:P7", "template:P7"] },
    evidence: { settled: null, members: [{ ...member, headline: "unseen:P7" }] },
  };
  const { id, stream } = alert;
  fresh.putAlert({ id, stream, status: "firing", start: 0, end: 1, body: JSON.stringify(earlier) });
  fresh.database.exec(`${WITHOUT_FEEDBACK} pragma user_version = 4`);
  fresh.close();
  const state = State.open(path), [{ body }] = state.openAlerts(stream), upgraded = parseAlert(body);
  assert.deepEqual([upgraded.cause, upgraded.headline, upgraded.known], [
    ...["template:P7", "template:P7"],
    ["template:P7"],
  ]);
  const next = sampleVerdict({
    key: "next",
    reasons: [sampleReason({ id: "P7" })],
    detectors: [{ detector: "record", share: 1 }],
  });
  const context = { lineage: "m1", window: 300_000, retention: 3_600_000, watermark: 0 };
  const { opened, alerts: [went] } = raiseAlerts([next], [upgraded], context);
  assert.deepEqual([opened, went.windows, went.detectors], [[], 2, [{ detector: "record", share: .5 }]]);
  state.close();
});

/** A state of version 5 with an alert of a service's windows and one of sessions, each with a window; returns its path. */
async function stateOfVersion5(): Promise<string> {
  const path = `${await Deno.makeTempDir()}/state.db`, fresh = State.open(path);
  const place = { stream: "shop", start: 300_000, end: 900_000 },
    lasted = { ...place, status: "closed" as const };
  fresh.putAlert({ ...lasted, id: "w", body: JSON.stringify({ kind: "window", service: "db" }) });
  fresh.putAlert({ ...lasted, id: "s", body: JSON.stringify({ kind: "session", service: "db" }) });
  const anomalous = { ...place, score: 3, anomalous: true, reasons: [] };
  fresh.putVerdicts([
    sampleVerdict({ ...anomalous, key: "db@5", service: "db", end: 600_000 }),
    sampleVerdict({ ...anomalous, key: "db@6", service: "db", start: 600_000, anomalous: false }),
    sampleVerdict({ ...anomalous, key: "web@5", service: "web", end: 600_000 }),
    sampleVerdict({ ...anomalous, key: "db@20", service: "db", start: 1_200_000, end: 1_500_000 }),
    sampleVerdict({
      ...anomalous,
      key: "order 7",
      kind: "session",
      service: "web",
      start: 310_000,
      end: 320_000,
    }),
  ], "v1");
  fresh.database.exec(`${WITHOUT_FEEDBACK} pragma user_version = 5`);
  fresh.close();
  return path;
}

/** Alert of each anomalous window, by key. */
const ALERTED = { "db@5": "w", "web@5": "", "db@20": "", "order 7": "s" };

const alerted = (state: State) =>
  Object.fromEntries(state.alertedWindows("shop").map(({ key, alert }) => [key, alert]));

Deno.test("migrate() finds out which alert the anomalous windows of a state of version 5 belong to", async () => {
  const state = State.open(await stateOfVersion5());
  assert.deepEqual(alerted(state), ALERTED);
  assert.deepEqual(state.feedback.all(), []);
  state.close();
});

Deno.test("State.open() reads a state of an earlier version without changing it", async () => {
  const path = await stateOfVersion5(), before = await Deno.readFile(path);
  const state = State.open(path, { readOnly: true });
  assert.deepEqual(alerted(state), ALERTED);
  state.close();
  assert.deepEqual(await Deno.readFile(path), before);
});

Deno.test("migrate() gives a state of version 7 a table for findings, and leaves everything else as it is", async () => {
  const path = `${await Deno.makeTempDir()}/state.db`, fresh = State.open(path);
  fresh.putStream({ name: "shop", model: "v0001", detail: {} });
  fresh.putVerdicts([sampleVerdict()], "v0001");
  fresh.database.exec(`${WITHOUT_INCIDENTS} drop table finding; pragma user_version = 7`);
  fresh.close();
  const state = State.open(path);
  assert.deepEqual(state.findings.counts(), []);
  assert.deepEqual([state.streams(), state.verdicts().length], [["shop"], 1]);
  assert.ok(state.findings.put({ kind: "alerts", id: "a", place: "2026.03", at: 0, body: "{}" }, 1));
  state.close();
});

Deno.test("migrate() gives alerts of version 3 an incident each that people have heard of", async () => {
  const path = `${await Deno.makeTempDir()}/state.db`, fresh = State.open(path), alert = sampleAlert();
  const stored = (id: string, status: "firing" | "closed", windows = 1) => {
    const { fired: _fired, ...earlier } = { ...alert, id, version: 3, status, windows };
    fresh.putAlert({ id, stream: "shop", status, start: 0, end: 1, body: JSON.stringify(earlier) });
  };
  stored("a", "firing");
  stored("b", "closed");
  stored("c", "closed", 0); // withdrawn
  fresh.database.exec(`${WITHOUT_INCIDENTS} pragma user_version = 8`);
  fresh.close();
  const state = State.open(path), known = state.alerts();
  assert.deepEqual(known.map(({ id, incident, service }) => [id, incident, service]), [
    ["a", "a", "checkout"],
    ["b", "b", "checkout"],
    ["c", "", "checkout"],
  ]);
  assert.ok(known.every(({ body }) => parseAlert(body).fired));
  assert.deepEqual(state.incidents.all().map(({ id, isLive }) => [id, isLive]), [["a", true], ["b", false]]);
  state.close();
});

Deno.test("migrate() sums up the windows that were judged before any were counted", async () => {
  const path = `${await Deno.makeTempDir()}/state.db`, fresh = State.open(path);
  const at = (key: string, start: number, more = {}) =>
    sampleVerdict({ key, service: "db", start, end: start + 1, score: 0.5, anomalous: false, ...more });
  fresh.putVerdicts([
    at("a", 0),
    at("b", 3_600_000, { score: 3, anomalous: true }),
    at("c", 3_600_000, { service: "web" }),
    at("d", NaN),
  ], "v1");
  const rows = (state: State) =>
    state.database.prepare(
      `select stream, service, is_all, size, start, judged, anomalous, highest from window_count
      join series on number = series order by service, is_all, size, start`,
    ).all();
  const before = rows(fresh);
  fresh.database.exec(`${WITHOUT_COUNTS} pragma user_version = ${SCHEMA_VERSION - 1}`);
  fresh.close();
  const state = State.open(path);
  assert.equal(before.length, 13); // all: 2, 2, 1; db: 2, 2, 1; web: 1, 1, 1
  assert.deepEqual(rows(state), before);
  state.close();
});
