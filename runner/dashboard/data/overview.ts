/**
 * The view Overview: everything at a glance.
 *
 * @module
 */
import { delaysOf, type StreamDelay } from "./delays.ts";
import { firingIncidents, type IncidentRow } from "./incident_rows.ts";
import { overIncidents } from "./incidents.ts";
import { type AnomalySeries, type Volume, volumeOf, windowsOf } from "./series.ts";
import { IN_PIECES, PIECES, piecesOf } from "./pieces.ts";
import { type ServiceRow, serviceRows } from "./service_rows.ts";
import type { DataSource } from "./source.ts";
import type { Span } from "./span.ts";
import { countsOf, errorRows, templateSpan } from "./template_rows.ts";

export type { StreamDelay } from "./delays.ts";

/** A template that tells of errors. */
export interface ErrorType {
  stream: string;
  /** Id of the template. */
  template: string;
  text: string;
  /** Errors in the span. */
  count: number;
  /** Errors in the span of equal length before. */
  before: number;
  /** Errors by slot of the span, for a small picture. */
  counts: number[];
  /** When it was first seen, ms; `null` = in training or unknown. */
  firstSeen: number | null;
  level: string;
  /** What it means in plain words; empty where it can't be told. */
  meaning: string;
}

/** What the overview shows. */
export interface Overview {
  span: Span;
  totals: {
    records: number;
    /** Of the span of equal length before. */
    recordsBefore: number;
    errors: number;
    windows: number;
    anomalous: number;
    openIncidents: number;
    services: number;
  };
  /** Worst first; at most 100, see `totals.services`. */
  services: ServiceRow[];
  volume: Volume;
  anomalies: AnomalySeries;
  /** The most frequent ones, most first. */
  errorTypes: ErrorType[];
  /** Incidents that are not over, most severe first; at most 10. */
  incidents: IncidentRow[];
  /** The newest incidents of the span that are over; at most 5. */
  recent: IncidentRow[];
  delays: StreamDelay[];
}

/** What is asked of the overview. */
export interface OverviewQuery {
  span: Span;
  /** Only this stream; `null` = all. */
  stream: string | null;
}

/** Incidents that an overview shows. */
const INCIDENTS = 10;
/** Incidents that are over, of those that it shows. */
const RECENT = 5;

const RECORDS = `${PIECES} select sum(none + debug + info + warn + error + fatal) as records from series
  cross join piece cross join record_count on series = number and ${IN_PIECES}
  where is_all = 1 and (?2 is null or stream = ?2)`;

const TEMPLATE = "select number from template where stream = ? and id = ?";

/** Queries whose plans a test looks at. */
export const OVERVIEW_QUERIES = { RECORDS, TEMPLATE };

/** The overview of a span. */
export async function overview(source: DataSource, { span, stream }: OverviewQuery): Promise<Overview> {
  const read = source.snapshot(() => {
    const volume = volumeOf(source, span, { stream }), { anomalies } = windowsOf(source, span, { stream });
    const incidents = firingIncidents(source, stream), services = serviceRows(source, span, { stream });
    const { none, debug, info, warn, error, fatal } = volume.levels, errors = sum(error) + sum(fatal);
    const totals = {
      ...{ records: errors + sum(none) + sum(debug) + sum(info) + sum(warn), errors },
      recordsBefore: recordsBefore(source, span, stream),
      ...{ windows: sum(anomalies.judged), anomalous: sum(anomalies.anomalous) },
      ...{ openIncidents: incidents.length, services: services.total },
    };
    return {
      ...{ span, totals, services: services.rows, volume, anomalies },
      ...{ incidents: incidents.slice(0, INCIDENTS), delays: delaysOf(source, stream) },
      recent: overIncidents(source, { span, stream, limit: RECENT }),
    };
  });
  return { ...read, errorTypes: await errorTypes(source, span, stream) };
}

async function errorTypes(source: DataSource, span: Span, stream: string | null): Promise<ErrorType[]> {
  const { from, to, coarse } = templateSpan(span), before = { from: 2 * from - to, to: from, coarse };
  return (await errorRows(source, span, stream)).map(
    ({ stream, id, text, errors, counts, firstSeen, level, meaning }) => {
      const number = Number(source.row(TEMPLATE, stream, id)?.number);
      return {
        ...{ stream, template: id, text, count: errors, counts, firstSeen, level, meaning },
        before: countsOf(source, number, before).errors,
      };
    },
  );
}

function recordsBefore(source: DataSource, { from, to, coarse }: Span, stream: string | null): number {
  return Number(
    source.row(RECORDS, piecesOf({ from: 2 * from - to, to: from, coarse }), stream)?.records ?? 0,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
