/**
 * Services at a glance.
 *
 * @module
 */
import { lengthText, SLOT_SIZES } from "../../../lib/mod.ts";
import { SEVERITIES } from "../../config/alert_names.ts";
import type { Severity } from "../../alert/severity.ts";
import { IN_PIECES, PIECES, piecesOf } from "./pieces.ts";
import type { DataSource, Row } from "./source.ts";
import type { Span } from "./span.ts";
import { sparksOf, sparksQuery } from "./sparks.ts";
import { shownName } from "./texts.ts";

/**
 * How a service is: `firing` = an alert of it fires; `warning` = it had anomalous windows in the span; `silent` = it said nothing in
 * the last quarter of the span, though by how much it had said before it should have; `unknown` = nothing was judged; else `ok`.
 */
export type ServiceStatus = "firing" | "warning" | "silent" | "unknown" | "ok";

/** A service at a glance. */
export interface ServiceRow {
  stream: string;
  service: string;
  status: ServiceStatus;
  /** Why, in a few words: `high incident`, `3 anomalous windows`, `silent for 2 hours`. */
  why: string;
  /** Since when it fires or is silent, ms; `null` = it does neither. */
  since: number | null;
  records: number;
  errors: number;
  /** Records by slot of the span, coarser where the span is long: for a small picture. */
  counts: number[];
  /** Anomalous windows of the span. */
  anomalous: number;
  /** Highest score of the span as a multiple of its threshold; `null` = nothing was judged. */
  ratio: number | null;
  openIncidents: number;
  /** Time of its newest record, ms, to five minutes. */
  lastSeen: number | null;
}

/** Services that an overview shows. */
const SHOWN = 100;
/** Records that a service must have had on average in as much time as it is silent, to be called silent. */
const EXPECTED = 20;
/** Least time that is silence, ms. */
const LEAST_SILENCE = 3_600_000;

const [FINE, , DAY] = SLOT_SIZES;

const RECORDS = `${PIECES} select number, sum(none + debug + info + warn + error + fatal) as records,
  sum(error + fatal) as errors, max(start + size) as last from series cross join piece
  cross join record_count on series = number and ${IN_PIECES}
  where is_all = 0 and (?2 is null or stream = ?2) and (?3 is null or service = ?3) group by number`;

const WINDOWS =
  `${PIECES} select number, sum(judged) as judged, sum(anomalous) as anomalous, max(highest) as highest
  from series cross join piece cross join window_count on series = number and ${IN_PIECES}
  where is_all = 0 and (?2 is null or stream = ?2) and (?3 is null or service = ?3) group by number`;

const NAMES = `select number, stream, service from series
  where is_all = 0 and (?1 is null or stream = ?1) and (?2 is null or service = ?2)`;

const FIRING = `select service, severity, start, incident from alert
  where stream = ?1 and status = 'firing' and (?2 is null or service = ?2)`;

const SPARKS = sparksQuery("record_count", "series", "none + debug + info + warn + error + fatal");

const LAST = "select max(start) as last from record_count where series = ? and size = ?";

/** Queries whose plans a test looks at. */
export const SERVICE_QUERIES = { RECORDS, WINDOWS, NAMES, FIRING, SPARKS, LAST };

/** Which services. */
export interface ServiceFilter {
  stream: string | null;
  service?: string | null;
}

/** What is known of a service before it is put into words. */
interface Sums {
  number: number;
  stream: string;
  service: string;
  records: number;
  errors: number;
  /** End of its last slot with a record, ms; `null` = it has none. */
  last: number | null;
  judged: number;
  anomalous: number;
  highest: number;
}

/** Services that were there in the span or before, worst first; at most 100. */
export function serviceRows(
  source: DataSource,
  span: Span,
  { stream, service = null }: ServiceFilter,
): { rows: ServiceRow[]; total: number } {
  const all = sumsOf(source, span, { stream, service }), firing = firingOf(source, stream, service);
  const silence = silentFrom(source, span);
  const rows = all.map((sums) => ({ sums, row: rowOf(sums, { span, firing, silence }) }))
    .sort((a, b) => compare(a.row, b.row)).slice(0, SHOWN);
  const sparks = sparksOf(source, SPARKS, rows.map(({ sums }) => sums.number), span);
  const newest = source.newest ?? Infinity;
  for (const { sums, row } of rows) {
    row.counts = sparks.get(sums.number) ?? [];
    row.lastSeen = lastOf(source, sums.number, newest);
    row.service = shownName(row.service);
  }
  return { rows: rows.map(({ row }) => row), total: all.length };
}

function sumsOf(source: DataSource, span: Span, { stream, service = null }: ServiceFilter): Sums[] {
  const named = [stream, service] as const, pieces = piecesOf(span);
  const records = byNumber(source.rows(RECORDS, pieces, ...named));
  const windows = byNumber(source.rows(WINDOWS, pieces, ...named));
  return source.rows(NAMES, ...named).map((row) => {
    const number = Number(row.number), read = records.get(number), judged = windows.get(number);
    return {
      ...{ number, stream: String(row.stream), service: String(row.service) },
      ...{ records: Number(read?.records ?? 0), errors: Number(read?.errors ?? 0) },
      last: read === undefined ? null : Number(read.last),
      ...{ judged: Number(judged?.judged ?? 0), anomalous: Number(judged?.anomalous ?? 0) },
      highest: Number(judged?.highest ?? 0),
    };
  });
}

function byNumber(rows: readonly Row[]): Map<number, Row> {
  return new Map(rows.map((row) => [Number(row.number), row]));
}

/** Alerts of a service that fire. */
interface Firing {
  severity: Severity;
  since: number | null;
  incidents: Set<string>;
}

function firingOf(source: DataSource, stream: string | null, service: string | null): Map<string, Firing> {
  const firing = new Map<string, Firing>();
  for (const name of stream === null ? source.streamNames() : [stream]) {
    for (const row of source.rows(FIRING, name, service)) {
      const key = keyOf(name, String(row.service)), start = row.start === null ? null : Number(row.start);
      const severity = String(row.severity) as Severity;
      const known = firing.get(key) ?? { severity, since: start, incidents: new Set<string>() };
      if (SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(known.severity)) known.severity = severity;
      if (start !== null && (known.since === null || start < known.since)) known.since = start;
      if (row.incident !== "") known.incidents.add(String(row.incident));
      firing.set(key, known);
    }
  }
  return firing;
}

function keyOf(stream: string, service: string): string {
  return JSON.stringify([stream, service]);
}

/** From when on a service that has said nothing is silent, ms, and how long that is to the end of what was read. */
function silentFrom(source: DataSource, { from, to }: Span): { at: number; length: number } {
  const end = Math.min(to, source.newest ?? to), length = Math.max(LEAST_SILENCE, (end - from) / 4);
  return { at: end - length, length };
}

function rowOf(
  { stream, service, records, errors, last, judged, anomalous, highest }: Sums,
  { span, firing, silence }: {
    span: Span;
    firing: Map<string, Firing>;
    silence: { at: number; length: number };
  },
): ServiceRow {
  const alarm = firing.get(keyOf(stream, service)) ?? null, seenTo = last;
  const before = Math.max(span.coarse, silence.at - span.from);
  const isSilent = seenTo !== null && seenTo <= silence.at && records / before * silence.length >= EXPECTED;
  const status = alarm !== null
    ? "firing"
    : anomalous > 0
    ? "warning"
    : isSilent
    ? "silent"
    : judged === 0
    ? "unknown"
    : "ok";
  const why = {
    firing: `${alarm?.severity} alert`,
    warning: `${anomalous} anomalous window${anomalous === 1 ? "" : "s"}`,
    silent: seenTo === null ? "" : `silent for ${lengthText(silence.at + silence.length - seenTo)}`,
    ...{ unknown: "nothing was judged", ok: "" },
  }[status];
  return {
    ...{ stream, service, status, why, records, errors, counts: [], anomalous },
    since: alarm !== null ? alarm.since : status === "silent" ? seenTo : null,
    ratio: judged === 0 ? null : highest,
    openIncidents: alarm?.incidents.size ?? 0,
    lastSeen: null,
  };
}

const ORDER: readonly ServiceStatus[] = ["firing", "warning", "silent", "unknown", "ok"];

function compare(a: ServiceRow, b: ServiceRow): number {
  const status = ORDER.indexOf(a.status) - ORDER.indexOf(b.status);
  return status || b.anomalous - a.anomalous || b.records - a.records || (a.service < b.service ? -1 : 1);
}

function lastOf(source: DataSource, series: number, newest: number): number | null {
  for (const size of [FINE, DAY]) {
    const last = source.row(LAST, series, size)?.last;
    if (last != null) return Math.min(Number(last) + size, newest);
  }
  return null;
}
