/**
 * The list of incidents.
 *
 * @module
 */
import { SEVERITIES } from "../../config/alert_names.ts";
import type { Severity } from "../../alert/severity.ts";
import { type IncidentRow, incidentRow } from "./incident_rows.ts";
import { type Paged, placeOf, placeText } from "./paging.ts";
import type { DataSource, Row } from "./source.ts";
import type { Span } from "./span.ts";
import { shownName } from "./texts.ts";

export type { IncidentRow } from "./incident_rows.ts";

/** What incidents are asked for. */
export interface IncidentQuery {
  span: Span;
  /** `open` = firing, `over`, or `all`. */
  status: "open" | "over" | "all";
  /** This severity or higher. */
  severity: Severity | null;
  stream: string | null;
  service: string | null;
  /** Words that its title, services or id must have. */
  text: string;
  /** From {@linkcode Paged.next}. */
  after: string | null;
  /** Rows of a page, 1–200. */
  limit: number;
}

/** Incidents of a span. */
export interface IncidentList extends Paged<IncidentRow> {
  span: Span;
  query: IncidentQuery;
  /** What filters can be set to. */
  streams: string[];
  services: string[];
}

/** Incidents that are looked through for words in one request. */
const LOOKED_THROUGH = 1000;
/** Incidents that are counted at the most. */
const COUNTED = 1000;
/** Services that a filter names. */
const SERVICES = 500;

const FILTER = `start < ?2 and end >= ?1
  and (?3 = 'all' or ?3 = iif(exists (select 1 from alert where alert.incident = incident.id and status = 'firing'), 'open', 'over'))
  and exists (select 1 from alert where alert.incident = incident.id and (?4 is null or stream = ?4)
    and (?5 is null or service = ?5) and (?6 is null or severity in (select value from json_each(?6))))`;

/** Incidents from a place on, newest first; those of which nobody knows the times come last. */
const LIST = `select id, start from incident indexed by incident_by_start
  where ${FILTER} and (start, id) < (?7, ?8) order by start desc, id desc limit ?9`;

const COUNT =
  `select count(*) as n from (select 1 from incident indexed by incident_by_start where ${FILTER} limit ${
    COUNTED + 1
  })`;

const TIMELESS = "select id from incident where start is null order by id limit 200";

/** Queries whose plans a test looks at. */
export const INCIDENT_QUERIES = { LIST, COUNT, TIMELESS };

/** Incidents that touch a span, newest first. */
export function incidentList(source: DataSource, query: IncidentQuery): Promise<IncidentList> {
  const { span, stream, text } = query, version = source.version;
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return Promise.resolve(source.snapshot(() => {
    const { rows, next } = pageOf(source, query, (id) => matching(incidentRow(source, id, version), words));
    if (next === null && span.isLive) {
      rows.push(...timeless(source, query, words, version).slice(0, query.limit));
    }
    return {
      ...{ span, query, rows, next, total: words.length > 0 ? null : countOf(source, query) },
      ...{ streams: source.streamNames(), services: servicesOf(source, stream) },
    };
  }));
}

/** The newest incidents of a span that are over. */
export function overIncidents(
  source: DataSource,
  { span, stream, limit }: Pick<IncidentQuery, "span" | "stream" | "limit">,
): IncidentRow[] {
  const version = source.version, rest = { severity: null, service: null, text: "", after: null };
  const query: IncidentQuery = { ...rest, span, stream, limit, status: "over" };
  return pageOf(source, query, (id) => incidentRow(source, id, version)).rows;
}

function pageOf(
  source: DataSource,
  query: IncidentQuery,
  rowOf: (id: string) => IncidentRow | null,
): Pick<IncidentList, "rows" | "next"> {
  const { after, limit } = query, rows: IncidentRow[] = [];
  let place: [string | number, string] = after === null ? [8.64e15, ""] : placeOf(after), looked = 0;
  for (;;) {
    const found = source.rows(LIST, ...filterOf(query), Number(place[0]), place[1], limit + 1);
    for (const { id, start } of found.slice(0, limit)) {
      const row = rowOf(String(id));
      if (row !== null) rows.push(row);
      place = [Number(start), String(id)];
      looked++;
      if (rows.length === limit || looked === LOOKED_THROUGH) break;
    }
    const isLast = found.length <= limit && found.at(-1)?.id === place[1];
    if (found.length === 0 || isLast) return { rows, next: null };
    if (rows.length === limit || looked === LOOKED_THROUGH) {
      return { rows, next: placeText(place as [number, string]) };
    }
  }
}

function filterOf({ span: { from, to }, status, stream, service, severity }: IncidentQuery) {
  const severities = severity === null
    ? null
    : JSON.stringify(SEVERITIES.slice(SEVERITIES.indexOf(severity)));
  return [from, to, status, stream, service, severities] as const;
}

function countOf(source: DataSource, query: IncidentQuery): number | null {
  const count = Number(source.row(COUNT, ...filterOf(query))?.n ?? 0);
  return count > COUNTED ? null : count;
}

/** Incidents without times: they belong to no span, and so to the present one. */
function timeless(source: DataSource, query: IncidentQuery, words: string[], version: string): IncidentRow[] {
  const { status, severity, stream, service } = query;
  return source.rows(TIMELESS).flatMap(({ id }) =>
    matching(incidentRow(source, String(id), version), words) ?? []
  )
    .filter((row) =>
      (status === "all" || row.isFiring === (status === "open")) &&
      (stream === null || row.streams.includes(stream)) &&
      (service === null || row.services.includes(service)) &&
      (severity === null || SEVERITIES.indexOf(row.severity) >= SEVERITIES.indexOf(severity))
    );
}

function matching(row: IncidentRow | null, words: readonly string[]): IncidentRow | null {
  if (row === null || words.length === 0) return row;
  const text = `${row.id} ${row.title} ${row.services.join(" ")}`.toLowerCase();
  return words.every((word) => text.includes(word)) ? row : null;
}

/** Names of services, of one stream or all. */
export function servicesOf(source: DataSource, stream: string | null): string[] {
  const rows: Row[] = source.rows(
    `select distinct service from series where is_all = 0 and (?1 is null or stream = ?1) order by service limit ${SERVICES}`,
    stream,
  );
  return rows.map(({ service }) => shownName(service));
}
