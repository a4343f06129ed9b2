/**
 * Verdicts + labels → how right they are at every level, with what chance may have done to the figures.
 *
 * @module
 */
import { evaluateVerdicts, type Evaluation } from "./evaluate_verdicts.ts";
import { evaluateIncidents, type IncidentEvaluation } from "./incident_evaluation.ts";
import type { JudgedWindow } from "./judged_windows.ts";
import type { Labels } from "./labels.ts";
import { matchLabels } from "./matched_labels.ts";
import { type IntervalOptions, type RateIntervals, rateIntervals } from "./rate_intervals.ts";
import { evaluateTolerantly, type TolerantEvaluation } from "./tolerant_evaluation.ts";

/** {@linkcode Evaluation} (strict), and the same verdicts at the other levels. */
export interface LevelEvaluation extends Evaluation {
  /** 95 % intervals of the strict rates; `null` where there is too little to draw from. */
  intervals: RateIntervals | null;
  /** `null` where it can't be computed: see {@linkcode notes}. */
  tolerant: TolerantEvaluation | null;
  incidents: IncidentEvaluation;
  /** What can't be computed, and why; one sentence each. */
  notes: string[];
}

/** How {@linkcode evaluateLevels} goes about it. */
export interface LevelOptions extends IntervalOptions {
  /** ms that an alarm may lie beside what it is about; default: the length of a time window. */
  tolerance?: number;
}

/**
 * Compares verdicts with labels: strictly, with a tolerance, and in incidents.
 *
 * @param windows The rows of a verdicts file.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { evaluateLevels } from "./evaluate_levels.ts";
 *
 * const window = { key: "s1", service: null, start: NaN, end: NaN, score: 2, anomalous: true };
 * const { f1, incidents, notes } = evaluateLevels([window], {
 *   by: "key",
 *   labels: [{ key: "s1", anomalous: true, kind: "crash" }],
 * });
 * assert.deepEqual([f1, incidents.found], [1, 1]);
 * assert.match(notes[0], /no times/);
 * ```
 */
export function evaluateLevels(
  windows: readonly JudgedWindow[],
  labels: Labels,
  options: LevelOptions = {},
): LevelEvaluation {
  const strict = evaluateVerdicts(windows, labels), incidents = evaluateIncidents(windows, labels);
  const tolerant = evaluateTolerantly(windows, labels, options.tolerance);
  const intervals = rateIntervals(matchLabels(windows, labels).judged, options);
  const notes: string[] = [];
  if (strict.days === null) {
    notes.push("the verdicts have no times: no alarms a day, no tolerance in time, no time to detection");
  } else if (tolerant === null) {
    notes.push(
      "tolerance in time is for time windows, and these are sessions: give one to have it all the same",
    );
  }
  if (incidents.labelled === null) {
    notes.push("sessions without kinds tell of no incidents: alerts are counted, incidents found are not");
  }
  if (strict.rocAuc === null) {
    notes.push("the labels are all alike: ROC AUC needs anomalous and normal ones");
  }
  return { ...strict, intervals, tolerant, incidents, notes };
}
