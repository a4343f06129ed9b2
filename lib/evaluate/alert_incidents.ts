/**
 * Anomalous verdicts → incidents, as a person is told of them.
 *
 * @module
 */
import type { JudgedWindow } from "./judged_windows.ts";
import { isTimed } from "./matched_labels.ts";

/** Anomalous windows that belong together. */
export interface AlertIncident {
  /** Service of time windows; `null` for sessions. */
  service: string | null;
  /** First start and last end, ms; NaN where the lines have no times. */
  start: number;
  end: number;
  /** In order of time. */
  windows: JudgedWindow[];
}

/** Lengths of a window that may lie between two anomalous ones of an incident. */
const GAP_WINDOWS = 2;
/** Time that may lie between two anomalous sessions of an incident, ms. */
const GAP_SESSIONS = 15 * 60_000;

/**
 * Time windows of one service belong together where no more than two windows lie between them; sessions, where they have the
 * same cause and no more than 15 minutes lie between them; sessions without times, where they have the same cause.
 *
 * @param windows The rows of a verdicts file.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { alertIncidents } from "./alert_incidents.ts";
 *
 * const hour = (i: number) => ({ key: "", service: "web", start: i, end: i + 1, score: 2, anomalous: true });
 * assert.deepEqual(alertIncidents([hour(0), hour(3), hour(9)]).map(({ windows }) => windows.length), [2, 1]);
 * ```
 */
export function alertIncidents(windows: readonly JudgedWindow[]): AlertIncident[] {
  const anomalous = windows.filter((window) => window.anomalous);
  const groups = Map.groupBy(anomalous, ({ service, cause = "" }) => service ?? `\0${cause}`);
  return [...groups.values()].flatMap((group) => [
    ...merged(group.filter(isTimed).sort((a, b) => a.start - b.start)),
    ...merged(group.filter((window) => !isTimed(window))),
  ]);
}

function merged(windows: readonly JudgedWindow[]): AlertIncident[] {
  const incidents: AlertIncident[] = [];
  for (const window of windows) {
    const last = incidents.at(-1), { service, start, end } = window;
    const gap = service === null ? GAP_SESSIONS : GAP_WINDOWS * (end - start);
    if (last !== undefined && !(start - last.end > gap)) { // also where neither has a time
      last.windows.push(window);
      if (!(last.end > end)) last.end = end;
    } else incidents.push({ service, start, end, windows: [window] });
  }
  return incidents;
}
