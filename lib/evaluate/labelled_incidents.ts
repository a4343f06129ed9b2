/**
 * Labels → incidents: what happened, whatever number of services or sessions it touched.
 *
 * @module
 */
import { alertIncidents } from "./alert_incidents.ts";
import type { JudgedWindow } from "./judged_windows.ts";
import type { KeyLabel, Labels, SpanLabel } from "./labels.ts";
import { overlaps } from "./matched_labels.ts";

/** Something that really happened. */
export interface LabelledIncident {
  kind: string;
  /** When it began, ms; NaN where that isn't known. */
  start: number;
  /** Whether a verdict is about it. */
  holds(window: JudgedWindow): boolean;
}

/**
 * The incidents that labels tell of. By span: anomalous spans of one kind that overlap in time are one incident, on whatever
 * services; a span without a kind is one of its own. By key: time windows of one service with no more than two between them
 * are one; sessions of one kind are one; sessions without a kind tell of no incidents.
 *
 * @returns `null` where the labels don't tell.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { labelledIncidents } from "./labelled_incidents.ts";
 *
 * const span = { start: 0, end: 10, service: "web", anomalous: true, kind: "outage" };
 * const labels = [span, { ...span, start: 5, end: 20, service: "db" }, { ...span, start: 30, end: 40 }];
 * assert.equal(labelledIncidents([], { by: "span", labels })?.length, 2);
 * ```
 */
export function labelledIncidents(
  windows: readonly JudgedWindow[],
  labels: Labels,
): LabelledIncident[] | null {
  return labels.by === "span"
    ? ofSpans(labels.labels.filter(({ anomalous }) => anomalous))
    : ofKeys(windows, labels.labels.filter(({ anomalous }) => anomalous));
}

function ofSpans(spans: readonly SpanLabel[]): LabelledIncident[] {
  const groups: { kind: string; end: number; spans: SpanLabel[] }[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const group = groups.find(({ kind, end }) => span.kind !== "" && kind === span.kind && span.start <= end);
    if (group === undefined) groups.push({ kind: span.kind, end: span.end, spans: [span] });
    else {
      group.spans.push(span);
      group.end = Math.max(group.end, span.end);
    }
  }
  return groups.map(({ kind, spans }) => ({
    kind,
    start: spans[0].start,
    holds: (window) => spans.some((span) => overlaps(window, span)),
  }));
}

function ofKeys(windows: readonly JudgedWindow[], labels: readonly KeyLabel[]): LabelledIncident[] | null {
  const kinds = new Map(labels.map(({ key, kind }) => [key, kind]));
  const labelled = windows.filter(({ key }) => kinds.has(key)),
    timed = labelled.filter(({ service }) => service);
  const incidents = alertIncidents(timed.map((window) => ({ ...window, anomalous: true })))
    .map(({ start, windows }) => ofRows(kinds.get(windows[0].key)!, start, windows.map(({ key }) => key)));
  const inWindows = new Set(timed.map(({ key }) => key));
  const sessions = labels.filter(({ key }) => !inWindows.has(key));
  if (sessions.length > 0 && sessions.every(({ kind }) => kind === "")) return null;
  const starts = new Map(labelled.map(({ key, start }) => [key, start]));
  for (const [kind, group] of Map.groupBy(sessions, ({ kind }) => kind)) {
    const times = group.map(({ key }) => starts.get(key) ?? NaN).filter((time) => !Number.isNaN(time));
    incidents.push(ofRows(kind, times.length > 0 ? Math.min(...times) : NaN, group.map(({ key }) => key)));
  }
  return incidents;
}

function ofRows(kind: string, start: number, keys: readonly string[]): LabelledIncident {
  const own = new Set(keys);
  return { kind, start, holds: ({ key }) => own.has(key) };
}
