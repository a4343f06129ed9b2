/**
 * The tables of the state database, as the list of steps that lead to them.
 *
 * What is saved as one value – a message, an alert, open windows – has a version of its own, and its reader (`parseMessage`,
 * `parseAlert`, `OpenWindows.restore`) takes that one version only. Who changes such a form adds a step here that reads every
 * stored value of the version before and writes it back as the next one, so that a reader never meets another; what can't be
 * carried over is taken out here, not refused there.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { makeCountTables } from "./counts/count_tables.ts";

/** A step: statements, or what they can't do. It runs in a transaction. */
type Migration = string | ((database: DatabaseSync) => void);

/** Each entry leads from one version to the next; entries are never changed once released, only added. */
const MIGRATIONS: readonly Migration[] = [
  `
  create table stream (
    name text primary key, model text not null, detail text not null
  ) strict, without rowid;
  create table input (
    stream text not null, name text not null, position text not null, reader text not null,
    primary key (stream, name)
  ) strict, without rowid;
  create table open_windows (
    stream text primary key, snapshot blob not null
  ) strict, without rowid;
  create table birth (
    stream text not null, number integer not null, template text not null,
    primary key (stream, number)
  ) strict, without rowid;
  create table novelty (
    stream text not null, scope text not null, template text not null, first_seen real not null,
    primary key (stream, scope, template)
  ) strict, without rowid;
  create table verdict (
    stream text not null, key text not null, kind text not null, service text not null,
    start real, end real, lines integer not null, score real not null, threshold real not null,
    anomalous integer not null, reasons text not null, model text not null,
    primary key (stream, key)
  ) strict, without rowid;
  create index verdict_by_time on verdict (start);
  create index verdict_anomalous on verdict (start) where anomalous = 1;
  create table alert (
    id text primary key, stream text not null, status text not null, start real, end real, body text not null
  ) strict, without rowid;
  create index alert_by_stream on alert (stream, status, end);
  create table delivery (
    key text primary key, alert text not null, channel text not null, payload text not null,
    status text not null default 'due', attempts integer not null default 0,
    due_at real not null, settled_at real, last_error text not null default ''
  ) strict, without rowid;
  create index delivery_due on delivery (due_at) where status = 'due';
  create table run (
    id integer primary key, command text not null, started_at real not null, finished_at real,
    lines integer not null default 0, windows integer not null default 0, anomalous integer not null default 0,
    skipped integer not null default 0
  ) strict;
  `,
  // Messages know since when they wait. Alerts of the form that was before are forgotten: they lack what the present one needs.
  `
  alter table delivery add column queued_at real not null default 0;
  update delivery set queued_at = due_at;
  delete from alert;
  `,
  upgradeMessages,
  // What ensembles learn while they judge; first times of templates by stream; which detectors raised a verdict.
  `
  create table judging (
    stream text not null, part text not null, state text not null,
    primary key (stream, part)
  ) strict, without rowid;
  create table first_seen (
    stream text not null, template text not null, time real not null,
    primary key (stream, template)
  ) strict, without rowid;
  insert into first_seen select stream, template, min(first_seen) from novelty group by stream, template;
  drop table novelty;
  alter table verdict add column detectors text not null default '[]';
  `,
  upgradeAlerts,
  // Which alert an anomalous window belongs to, and what people said of alerts.
  `
  alter table verdict add column alert text not null default '';
  create table feedback (
    alert text primary key, stream text not null, said text not null, note text not null, at real not null
  ) strict, without rowid;
  `,
  attributeVerdicts,
  // Documents about what was found, on their way to another store.
  `
  create table finding (
    kind text not null, id text not null, place text not null, at real, version integer not null,
    hash text not null, body text not null, keeps_body integer not null,
    status text not null, queued_at real not null, last_error text not null default '',
    primary key (kind, id)
  ) strict, without rowid;
  create index finding_due on finding (queued_at, kind, id) where status = 'due';
  create index finding_by_age on finding (queued_at);
  `,
  // Incidents and what was told of them; who was told to be quiet about what; who takes care.
  `
  alter table alert add column service text not null default '';
  alter table alert add column cause text not null default '';
  alter table alert add column incident text not null default '';
  create index alert_by_incident on alert (incident);
  create index alert_by_cause on alert (stream, service, cause, start);
  create table incident (
    id text primary key, is_live integer not null, start real, end real, body text not null
  ) strict, without rowid;
  create index incident_live on incident (id) where is_live = 1;
  create index incident_by_time on incident (end);
  create table notice (
    id integer primary key, incident text not null, receiver text not null, at real not null,
    kind text not null, number integer not null, severity text not null, held text not null, day real
  ) strict;
  create index notice_by_incident on notice (incident, id);
  create index notice_by_day on notice (receiver, day);
  create table mute (
    id text primary key, kind text not null, matcher text not null, start real not null, end real,
    note text not null, who text not null, at real not null
  ) strict, without rowid;
  create table acknowledgement (
    incident text primary key, at real not null, who text not null, note text not null
  ) strict, without rowid;
  `,
  giveAlertsLives,
  // What was read and judged day by day, to see streams drift away from their models.
  `
  create table reading (
    stream text not null, training text not null, day real not null,
    windows integer not null, records integer not null, scores text not null,
    read integer not null, unseen integer not null, unparsed integer not null, told integer not null default 0,
    primary key (stream, training, day)
  ) strict, without rowid;
  `,
  // What the program counts and knows of itself.
  `
  create table metric (
    name text not null, labels text not null, value real not null, primary key (name, labels)
  ) strict, without rowid;
  create table condition (
    kind text not null, names text not null, detail text not null, primary key (kind, names)
  ) strict, without rowid;
  `,
  // By which clock it was said when a message is due: a clock may be put back.
  "alter table delivery add column scheduled_at real not null default 0",
  // Under which key it was sent, if it may have arrived.
  "alter table delivery add column tried_as text not null default ''",
  // Records, windows and templates by slots of time, for those who look at them.
  makeCountTables,
];

/** Messages that wait, from version 1 to version 2, which names the stream and says whether it is told with others. */
function upgradeMessages(database: DatabaseSync): void {
  const update = database.prepare("update delivery set payload = ? where key = ?");
  for (const { key, payload } of database.prepare("select key, payload from delivery").all()) {
    const message = JSON.parse(String(payload));
    if (message.version !== 1) continue;
    const { facts = [], reasons = [] } = message;
    const stream = facts.find(({ name }: { name: string }) => name.startsWith("Stream"))?.value ?? "";
    const shown = reasons.map(({ sample = "", ...reason }) => ({ ...reason, example: sample }));
    update.run(JSON.stringify({ ...message, version: 2, stream, isOld: false, reasons: shown }), String(key));
  }
}

/** Alerts, from version 2 to version 3, which says which detectors raised them and takes events of a template for one cause. */
function upgradeAlerts(database: DatabaseSync): void {
  const update = database.prepare("update alert set body = ? where id = ?");
  for (const { id, body } of database.prepare("select id, body from alert").all()) {
    const alert = JSON.parse(String(body));
    if (alert.version !== 2) continue;
    const about = (cause: string) => cause.replace(/^unseen:/, "template:");
    const { settled, members } = alert.evidence;
    const member = (one: { headline: string }) => ({
      ...one,
      headline: about(one.headline),
      threat: null,
      isThreat: false,
      detectors: [],
    });
    const sum = settled === null
      ? null
      : { ...settled, worst: { ...settled.worst, headline: about(settled.worst.headline) }, detectors: [] };
    const upgraded = {
      ...alert,
      ...{ version: 3, cause: about(alert.cause), headline: about(alert.headline), detectors: [] },
      known: [...new Set(alert.known.map(about))],
      evidence: { settled: sum, members: members.map(member) },
    };
    update.run(JSON.stringify(upgraded), String(id));
  }
}

/**
 * Anomalous windows of before it was noted which alert they belong to: the earliest one of their stream, and for time windows of
 * their service, that lasted then.
 */
function attributeVerdicts(database: DatabaseSync): void {
  const update = database.prepare(
    `update verdict set alert = ? where stream = ? and anomalous = 1 and alert = ''
    and kind = ? and (kind = 'session' or service = ?) and start >= ? and end <= ?`,
  );
  for (
    const { id, stream, start, end, body } of database.prepare("select * from alert order by start, id").all()
  ) {
    const { kind = "window", service = "" } = JSON.parse(String(body));
    if (start === null || end === null) continue;
    update.run(String(id), String(stream), kind, service, Number(start), Number(end));
  }
}

/**
 * Alerts, from version 3 to version 4, which knows whether people were to be told; each is an incident by itself, told already to
 * whoever there was.
 */
function giveAlertsLives(database: DatabaseSync): void {
  const update = database.prepare(
    "update alert set body = ?, service = ?, cause = ?, incident = ? where id = ?",
  );
  const insert = database.prepare("insert into incident values (?, ?, ?, ?, ?)");
  for (const row of database.prepare("select id, status, start, end, body from alert").all()) {
    const alert = JSON.parse(String(row.body)), id = String(row.id);
    const { service = "", cause = "", severity = "low", windows = 0 } = alert;
    const body = alert.version === 3 ? { ...alert, version: 4, fired: true } : alert;
    update.run(JSON.stringify(body), service, cause, windows > 0 ? id : "", id);
    if (windows === 0) continue;
    const told = { severity, alerts: { [id]: severity }, isOver: row.status === "closed" };
    const incident = JSON.stringify({ version: 1, told, lives: {} });
    insert.run(id, row.status === "closed" ? 0 : 1, row.start as number, row.end as number, incident);
  }
}

/** The version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** A state database that this program can't use: damaged, or written by a newer version. */
export class StateError extends Error {
  override readonly name = "StateError";
}

/**
 * Brings a database to {@linkcode SCHEMA_VERSION}, each step in a transaction of its own.
 *
 * @throws {StateError} if a newer version of DeepScan has written it.
 */
export function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare("pragma user_version").get()?.user_version ?? 0);
  if (version > SCHEMA_VERSION) {
    throw new StateError(
      `Cannot use the state database: it has schema version ${version}, this program knows up to ${SCHEMA_VERSION}`,
    );
  }
  for (let step = version; step < SCHEMA_VERSION; step++) migrateOne(database, step);
}

function migrateOne(database: DatabaseSync, step: number): void {
  const migration = MIGRATIONS[step];
  database.exec("begin immediate");
  try {
    if (typeof migration === "string") database.exec(migration);
    else migration(database);
    database.exec(`pragma user_version = ${step + 1}; commit;`);
  } catch (error) {
    database.exec("rollback");
    throw error;
  }
}

/** A database that is only read: as it is, or where an older version has written it a migrated copy in memory. */
export function upToDate(database: DatabaseSync): DatabaseSync {
  const version = Number(database.prepare("pragma user_version").get()?.user_version ?? 0);
  if (version === SCHEMA_VERSION) return database;
  const copy = migratedCopy(Uint8Array.from(database.serialize()), new DatabaseSync(":memory:"));
  database.close();
  return copy;
}

/** Puts the bytes of a database into one in memory and brings that to {@linkcode SCHEMA_VERSION}. */
export function migratedCopy(bytes: Uint8Array<ArrayBuffer>, memory: DatabaseSync): DatabaseSync {
  bytes[18] = bytes[19] = 1; // no write-ahead log; SQLite file format, 1.3.3
  memory.deserialize(bytes);
  migrate(memory);
  return memory;
}
