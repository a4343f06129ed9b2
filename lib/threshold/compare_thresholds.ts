/**
 * Every threshold rule side by side.
 *
 * @module
 */
import { Calibration } from "./calibration.ts";
import { type RateInterval, rateInterval } from "./rate_interval.ts";
import { ALL_THRESHOLD_RULES } from "./registry.ts";
import { optionsOf, type Threshold, ThresholdRefusedError, type ThresholdRule } from "./threshold.ts";

/** Scores with the number of windows that each stands for. */
export interface ScoredWindows {
  /** Shape [n]. */
  scores: Float64Array;
  /** Shape [n]. */
  weights: Float64Array;
}

/** What {@linkcode compareThresholds} takes beside the scores. */
export interface CompareOptions {
  windowsPerDay: number;
  /** Scores of further normal windows, which the lines are judged by; default the scores that they are chosen on. */
  heldBack?: ScoredWindows;
  /** Which of the scores are of anomalous windows (1), shape [n], for the rule that needs to know. */
  labels?: Uint8Array;
  /** Settings of all rules by name, such as `level`, `k`, `budget`, `smallest`; each takes what it has options for. */
  settings?: Readonly<Record<string, number | undefined>>;
  /** Default all. */
  rules?: readonly ThresholdRule[];
}

/** One rule's row. */
export interface ComparedThreshold {
  rule: string;
  /** `null` = the rule refused; see the note. */
  threshold: number | null;
  /** Share of normal windows that the rule means to flag; `null` where it promises none. */
  nominal: number | null;
  /** Share of the held-back windows that it flags; `null` where it refused. */
  realised: number | null;
  /** Where the true rate may lie: exact binomial interval of `realised`, 90 % confidence; `null` where it refused. */
  interval: RateInterval | null;
  /** Alerts a week to expect, were each flagged window an alert; `null` where it refused. */
  alertsPerWeek: number | null;
  note: string;
}

/**
 * Lets every rule draw its line through the same scores, and counts what each flags of windows that it didn't see.
 *
 * @param scores Scores of normal windows (with `labels`, of windows of both kinds: then only the normal ones are given to the
 * rules that don't ask for labels), shape [n].
 * @param weights How many windows each score stands for, shape [n].
 * @throws {RangeError} if there are no scores, or a setting is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { compareThresholds } from "./compare_thresholds.ts";
 *
 * const scores = Float64Array.of(0, 1, 2, 3), weights = Float64Array.of(2000, 300, 20, 1);
 * const rows = compareThresholds(scores, weights, { windowsPerDay: 288, settings: { k: 3, level: .99 } });
 * const quantile = rows.find(({ rule }) => rule === "quantile");
 * assert.equal(quantile?.threshold, 1);
 * assert.match(rows.find(({ rule }) => rule === "mad")!.note, /the scores are discrete/);
 * ```
 */
export function compareThresholds(
  scores: Float64Array,
  weights: Float64Array,
  options: CompareOptions,
): ComparedThreshold[] {
  const { windowsPerDay, labels, settings = {}, rules = ALL_THRESHOLD_RULES } = options;
  const normal = weights.map((weight, i) => labels?.[i] ? 0 : weight);
  const judge = options.heldBack ?? { scores, weights: normal };
  const heldBack = new Calibration(judge.scores, judge.weights);
  return rules.map((rule) => {
    const line = chosen(() => {
      const given = rule.needsLabels ? weights : normal;
      return rule.choose(scores, given, optionsOf(rule, { ...settings, windowsPerDay }), labels);
    });
    return typeof line === "string" ? refused(rule.name, line) : rowOf(line, heldBack, windowsPerDay);
  });
}

/** A line, or why there is none. */
function chosen(choose: () => Threshold): Threshold | string {
  try {
    return choose();
  } catch (error) {
    if (error instanceof ThresholdRefusedError) return error.message;
    throw error;
  }
}

function refused(rule: string, note: string): ComparedThreshold {
  return { rule, threshold: null, nominal: null, realised: null, interval: null, alertsPerWeek: null, note };
}

function rowOf(
  { rule, value, nominal, note }: Threshold,
  heldBack: Calibration,
  windowsPerDay: number,
): ComparedThreshold {
  const realised = heldBack.rateAbove(value), { windows } = heldBack;
  const interval = rateInterval(Math.min(windows, realised * windows), windows);
  return {
    rule,
    threshold: value,
    nominal,
    realised,
    interval,
    alertsPerWeek: 7 * windowsPerDay * realised,
    note,
  };
}
