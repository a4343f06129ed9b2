/**
 * How right verdicts are, counted as people meet them: in incidents.
 *
 * @module
 */
import { type AlertIncident, alertIncidents } from "./alert_incidents.ts";
import { daysOf } from "./evaluate_verdicts.ts";
import type { JudgedWindow } from "./judged_windows.ts";
import { median } from "./kind_evaluation.ts";
import { type LabelledIncident, labelledIncidents } from "./labelled_incidents.ts";
import type { Labels } from "./labels.ts";
import { isTimed, overlaps } from "./matched_labels.ts";

/** Labelled incidents of one kind. */
export interface IncidentKind {
  kind: string;
  labelled: number;
  found: number;
  /** Middle time from an incident's start to the end of the first anomalous window in it, ms; `null` = not known. */
  timeToDetection: number | null;
}

/** Incidents that verdicts told of beside those that happened. */
export interface IncidentEvaluation {
  /** Incidents that happened, and those with an anomalous window in them; `null` where labels tell of none. */
  labelled: number | null;
  found: number | null;
  /** Incidents that people would have been told of. */
  alerts: number;
  /** Those about something anomalous. */
  right: number;
  /** Those about nothing, and how many that makes a day; `null` where verdicts have no times. */
  falseAlerts: number;
  falseAlertsPerDay: number | null;
  timeToDetection: number | null;
  kinds: IncidentKind[];
}

/**
 * Merges anomalous windows into incidents and holds them against those that happened.
 *
 * An incident is found where an anomalous window lies in it. An alert is right where one of its windows overlaps an anomalous
 * span; by key, where at least half of its labelled windows are anomalous. One without a labelled window counts as neither.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { evaluateIncidents } from "./incident_evaluation.ts";
 *
 * const day = 86_400_000, window = { key: "", service: "web", start: 0, end: day, score: 2, anomalous: true };
 * const label = { start: 0, end: day / 2, service: "web", anomalous: true, kind: "outage" };
 * const evaluation = evaluateIncidents([window], { by: "span", labels: [label] });
 * assert.deepEqual([evaluation.found, evaluation.falseAlerts, evaluation.timeToDetection], [1, 0, day]);
 * ```
 */
export function evaluateIncidents(windows: readonly JudgedWindow[], labels: Labels): IncidentEvaluation {
  const incidents = labelledIncidents(windows, labels), called = windows.filter(({ anomalous }) => anomalous);
  const found = incidents?.map((incident) => detected(incident, called)) ?? [];
  const isRight = rightness(labels), verdicts = alertIncidents(windows).map(isRight);
  const right = verdicts.filter((one) => one === true).length;
  const falseAlerts = verdicts.filter((one) => one === false).length, days = daysOf(windows);
  const count = (all: readonly Detected[]) => all.filter((one) => one.found).length;
  return {
    labelled: incidents?.length ?? null,
    found: incidents === null ? null : count(found),
    alerts: right + falseAlerts,
    right,
    falseAlerts,
    falseAlertsPerDay: days === null ? null : falseAlerts / days,
    timeToDetection: middle(found),
    kinds: [...Map.groupBy(found, ({ kind }) => kind)].map(([kind, group]) => ({
      kind,
      labelled: group.length,
      found: count(group),
      timeToDetection: middle(group),
    })),
  };
}

/** What became of an incident. */
interface Detected {
  kind: string;
  found: boolean;
  /** ms; NaN = not known. */
  delay: number;
}

function detected({ kind, start, holds }: LabelledIncident, called: readonly JudgedWindow[]): Detected {
  let found = false, known = Infinity;
  for (const window of called) {
    if (!holds(window)) continue;
    found = true;
    known = Math.min(known, Number.isNaN(window.end) ? Infinity : window.end);
  }
  return { kind, found, delay: found && known < Infinity ? Math.max(0, known - start) : NaN };
}

function middle(incidents: readonly Detected[]): number | null {
  const delays = incidents.map(({ delay }) => delay).filter((delay) => !Number.isNaN(delay));
  return delays.length > 0 ? median(delays) : null;
}

/** Whether an alert is about something anomalous; `null` = nothing is known of its windows. */
function rightness(labels: Labels): (alert: AlertIncident) => boolean | null {
  if (labels.by === "key") {
    const truth = new Map(labels.labels.map(({ key, anomalous }) => [key, anomalous]));
    return ({ windows }) => {
      const known = windows.map(({ key }) => truth.get(key)).filter((one) => one !== undefined);
      return known.length === 0 ? null : known.filter(Boolean).length >= known.length / 2;
    };
  }
  const spans = labels.labels.filter(({ anomalous }) => anomalous);
  return ({ windows }) => {
    const timed = windows.filter(isTimed);
    return timed.length === 0 ? null : timed.some((window) => spans.some((span) => overlaps(window, span)));
  };
}
