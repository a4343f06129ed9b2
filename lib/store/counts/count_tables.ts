/**
 * The tables of what was read and judged by slots of time.
 *
 * @module
 */
import type { DatabaseSync } from "node:sqlite";

/** Lengths of the slots that are kept, ms: five minutes, an hour, a day. Each is summed up in the next. */
export const SLOT_SIZES = [300_000, 3_600_000, 86_400_000] as const;

const TABLES = `
  create table series (
    number integer primary key, stream text not null, service text not null, is_all integer not null,
    unique (stream, is_all, service)
  ) strict;
  create table record_count (
    series integer not null, size integer not null, start integer not null,
    none integer not null, debug integer not null, info integer not null,
    warn integer not null, error integer not null, fatal integer not null,
    primary key (series, size, start)
  ) strict, without rowid;
  create table window_count (
    series integer not null, size integer not null, start integer not null,
    judged integer not null, anomalous integer not null, highest real not null,
    primary key (series, size, start)
  ) strict, without rowid;
  create table template (
    number integer primary key, stream text not null, id text not null, text text not null,
    level integer not null, first real, last real, records integer not null,
    example text not null, model text not null,
    unique (stream, id)
  ) strict;
  create table template_count (
    template integer not null, size integer not null, start integer not null,
    records integer not null, errors integer not null,
    primary key (template, size, start)
  ) strict, without rowid;
  create table counted_stream (
    stream text primary key, model text not null, pruned real not null
  ) strict, without rowid;
  alter table alert add column severity text generated always as (body ->> 'severity') virtual;
  create index alert_in_incident on alert (incident, stream, service, severity, status);
  create index incident_by_start on incident (start, id);
`;

/** Makes the tables, and sums the windows up that were judged before there were any. */
export function makeCountTables(database: DatabaseSync): void {
  database.exec(TABLES);
  database.exec(`
    insert into series (stream, service, is_all) select distinct stream, service, 0 from verdict;
    insert into series (stream, service, is_all) select distinct stream, '', 1 from verdict;
  `);
  for (const size of SLOT_SIZES) {
    for (const isAll of [0, 1]) {
      database.prepare(
        `insert into window_count
        select series.number, ?1, cast(verdict.start / ?1 as integer) * ?1 as slot, count(*), sum(anomalous),
        max(score / threshold) from verdict
        join series on series.stream = verdict.stream and is_all = ?2 and series.service = iif(?2, '', verdict.service)
        where verdict.start is not null group by series.number, slot`,
      ).run(size, isAll);
    }
  }
}
