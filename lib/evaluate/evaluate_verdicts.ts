/**
 * Verdicts + labels → how often they are right.
 *
 * @module
 */
import type { JudgedWindow } from "./judged_windows.ts";
import { type KindEvaluation, kindsOf } from "./kind_evaluation.ts";
import type { Labels } from "./labels.ts";
import { type JudgedTruth, matchLabels } from "./matched_labels.ts";
import { averagePrecision, rocAuc } from "./ranking.ts";
import { type Rates, ratesOf } from "./rates.ts";

/** How right verdicts are. */
export interface Evaluation extends Rates {
  /** What was counted: labelled keys, or all windows that have a time. */
  by: "key" | "span";
  /** Keys or windows with a truth. */
  labelled: number;
  /** Those that are anomalous. */
  anomalous: number;
  /** Labelled keys without a verdict, which count as called normal; spans that no window overlaps. */
  missing: number;
  averagePrecision: number;
  /** `null` where there are not both anomalous and normal ones. */
  rocAuc: number | null;
  /** Days from the first start to the last end of the verdicts; `null` where they have no times. */
  days: number | null;
  falseAlarmsPerDay: number | null;
  /** By kind of label, in order of first appearance. */
  kinds: KindEvaluation[];
}

const DAY = 86_400_000;

/**
 * Compares verdicts with labels, strictly: each window or labelled key for itself, as `matchLabels` puts them together.
 *
 * @param windows The rows of a verdicts file.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { evaluateVerdicts } from "./evaluate_verdicts.ts";
 *
 * const window = { key: "s1", service: null, start: NaN, end: NaN, score: 2, anomalous: true };
 * const labels = ["s1", "s2"].map((key) => ({ key, anomalous: true, kind: "crash" }));
 * const { recall, missing } = evaluateVerdicts([window], { by: "key", labels });
 * assert.equal(recall, .5);
 * assert.equal(missing, 1);
 * ```
 */
export function evaluateVerdicts(windows: readonly JudgedWindow[], labels: Labels): Evaluation {
  const { judged, outcomes } = matchLabels(windows, labels),
    rates = ratesOfAll(judged),
    days = daysOf(windows);
  return {
    by: labels.by,
    labelled: judged.length,
    anomalous: rates.truePositives + rates.falseNegatives,
    missing: outcomes.filter(({ missing }) => missing).length,
    ...rates,
    averagePrecision: averagePrecision(judged),
    rocAuc: rocAuc(judged),
    days,
    falseAlarmsPerDay: days === null ? null : rates.falsePositives / days,
    kinds: kindsOf(outcomes),
  };
}

function ratesOfAll(judged: readonly JudgedTruth[]): Rates {
  const count = (anomalous: boolean, called: boolean) =>
    judged.filter((one) => one.anomalous === anomalous && one.called === called).length;
  return ratesOf({
    truePositives: count(true, true),
    falsePositives: count(false, true),
    falseNegatives: count(true, false),
    trueNegatives: count(false, false),
  });
}

/**
 * Days from the first start to the last end of verdicts; `null` where they have no times.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { daysOf } from "./evaluate_verdicts.ts";
 *
 * const window = { key: "s1", service: null, start: 0, end: 86_400_000, score: 2, anomalous: true };
 * assert.equal(daysOf([window]), 1);
 * ```
 */
export function daysOf(windows: readonly JudgedWindow[]): number | null {
  let first = Infinity, last = -Infinity;
  for (const { start, end } of windows) {
    if (start < first) first = start;
    if (end > last) last = end;
  }
  return last > first ? (last - first) / DAY : null;
}
