/**
 * The tables of the state database, as the list of steps that lead to them.
 *
 * @module
 */
import type { DatabaseSync } from "node:sqlite";

/** Each entry leads from one version to the next; entries are never changed once released, only added. */
const MIGRATIONS: readonly string[] = [
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
];

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
  for (let step = version; step < SCHEMA_VERSION; step++) {
    database.exec(`begin immediate; ${MIGRATIONS[step]}; pragma user_version = ${step + 1}; commit;`);
  }
}
