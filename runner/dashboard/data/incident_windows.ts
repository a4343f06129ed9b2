/**
 * The anomalous windows of an incident, and lines from them.
 *
 * @module
 */
import { type Reason, reasonTitle } from "../../../lib/mod.ts";
import type { Alert } from "../../alert/alert.ts";
import { templateOf } from "./reason_views.ts";
import type { DataSource, Row } from "./source.ts";
import { shownLine, shownName, shownTemplate, timeOf } from "./texts.ts";

/** An anomalous window of an incident. */
export interface WindowView {
  stream: string;
  key: string;
  service: string;
  start: number | null;
  end: number | null;
  lines: number;
  score: number;
  threshold: number;
  model: string;
  /** Title of its leading reason. */
  title: string;
  alert: string;
}

/** A line that a reason of the incident shows. */
export interface LineView {
  stream: string;
  service: string;
  /** Start of its window, ms; `null` = it has no time. */
  time: number | null;
  text: string;
  template: string | null;
  level: number;
  /** Whether a reason is about it: each is, as no others are kept. */
  isReason: boolean;
}

/** Windows and lines that a page shows, and windows that are looked at for them. */
const WINDOWS = 100, LINES = 40, LOOKED_AT = 2000;

/** Anomalous windows of alerts: those of their stream between two times. */
const VERDICTS = `select stream, key, service, start, end, lines, score, threshold, model, alert, reasons
  from verdict indexed by verdict_anomalous
  where anomalous = 1 and start >= ?1 and start <= ?2 and stream = ?3 and alert = ?4 limit ${LOOKED_AT}`;

const TIMELESS = `select stream, key, service, start, end, lines, score, threshold, model, alert, reasons
  from verdict indexed by verdict_anomalous
  where anomalous = 1 and start is null and stream = ?1 and alert = ?2 limit ${LOOKED_AT}`;

/** Queries whose plans a test looks at. */
export const INCIDENT_WINDOW_QUERIES = { VERDICTS, TIMELESS };

/** Windows of alerts, the highest scores first, and the rows that they are of. */
export function windowsIn(
  source: DataSource,
  alerts: readonly Alert[],
): { rows: WindowView[]; total: number; verdicts: Row[] } {
  const verdicts = alerts.flatMap(({ id, stream, start, end }) =>
    start === null
      ? source.rows(TIMELESS, stream, id)
      : source.rows(VERDICTS, start - 1, (end ?? start) + 1, stream, id)
  ).sort((a, b) => Number(b.score) / Number(b.threshold) - Number(a.score) / Number(a.threshold));
  return { rows: verdicts.slice(0, WINDOWS).map(windowView), total: verdicts.length, verdicts };
}

function windowView(row: Row): WindowView {
  const [reason] = reasonsOf(row);
  return {
    ...{ stream: String(row.stream), key: shownName(row.key), service: shownName(row.service) },
    ...{ start: timeOf(row.start), end: timeOf(row.end), lines: Number(row.lines), model: String(row.model) },
    ...{ score: Number(row.score), threshold: Number(row.threshold), alert: String(row.alert) },
    title: reason === undefined ? "" : shownTemplate(reasonTitle(reason)),
  };
}

function reasonsOf(row: Row): Reason[] {
  return JSON.parse(String(row.reasons));
}

/** Lines that the reasons of windows show, in order of time, each once; those of the worst windows where there are many. */
export function linesOf(verdicts: readonly Row[]): LineView[] {
  const lines = new Map<string, LineView>();
  for (const row of verdicts) {
    for (const reason of reasonsOf(row)) {
      if (lines.size === LINES) break;
      if (reason.example === "" || reason.exampleElsewhere || reason.actual === 0) continue;
      const line = {
        ...{ stream: String(row.stream), service: shownName(row.service), time: timeOf(row.start) },
        ...{
          text: shownLine(reason.example),
          template: templateOf(reason),
          level: reason.level ?? 0,
          isReason: true,
        },
      };
      const key = `${line.stream} ${line.text}`;
      if (!lines.has(key)) lines.set(key, line);
    }
  }
  return [...lines.values()].sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
}
