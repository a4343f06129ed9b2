/**
 * The line that keeps an alert budget on scores in order of time.
 *
 * @module
 */
import { alertLine, alertPeaks } from "./alert_peaks.ts";
import { nthLargest } from "./nth_largest.ts";
import { fitTail, tailExcess } from "./tail.ts";

/** The tail: the share of windows above the level that a tail is fitted from. */
const TAIL = 0.1;
/** Fewer scores draw no line at all. */
export const LEAST_SCORES = 20;
/** Fewer peaks make no tail: then as many scores as this are taken for one, or half of them. */
const LEAST_PEAKS = 10;
/**
 * With at least so many alerts allowed in the calibration span the line is one of its scores. From 3 to 5 it matters little on
 * the logs of `deno task bench detectors thresholds`; below, the rank is too coarse, above, tails fitted to storms err more.
 */
export const COUNTED_ALERTS = 4;

/** What {@linkcode budgetLine} is to keep. */
export interface BudgetLineOptions {
  /** Alerts per window that are allowed, 0–1. */
  share: number;
  /** Places within which two windows are one alert. */
  reach: number;
}

/** A line and how it came about. */
export interface BudgetLine {
  /** What scores more is anomalous; Infinity where no line can be drawn yet. */
  value: number;
  /** The level that the tail begins at. */
  level: number;
  /**
   * `counted` = a score of the calibration span; `tail` = by a tail fitted to it; `least` = just above the least score, as there
   * are no higher ones to go by; `none` = too few scores, or no budget.
   */
  by: "counted" | "tail" | "least" | "none";
}

/**
 * Draws the line at which the scores would have raised the allowed number of alerts.
 *
 * Where n scores allow at least four alerts, it is conformal: scores above the line raise k − 1 alerts, k = ⌊(n + 1) share⌋,
 * so that a further window like them raises one with a probability of at most k / (n + 1). Otherwise it is *peaks over
 * threshold*: a generalised Pareto tail of the alerts' greatest scores above their upper tenth, never below the greatest score
 * if not even one alert is allowed. In any case no more than a tenth of the windows lies above it (or `share`, if greater).
 *
 * @param scores In order of time, finite.
 * @throws {RangeError} if the share is not within 0–1.
 * @see Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005; Siffer et al., "Anomaly Detection in
 * Streams with Extreme Value Theory", KDD 2017; Ferro and Segers, "Inference for clusters of extreme values", 2003
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { budgetLine } from "./budget_line.ts";
 *
 * const scores = Float64Array.from({ length: 999 }, (_, i) => (i * 7) % 999); // 0 … 998, mixed
 * assert.deepEqual(budgetLine(scores, { share: .01, reach: 0 }), { value: 989, level: 899, by: "counted" });
 * assert.equal(budgetLine(scores, { share: .001, reach: 0 }).by, "tail");
 * ```
 */
export function budgetLine(scores: Float64Array, { share, reach }: BudgetLineOptions): BudgetLine {
  if (!(share >= 0 && share <= 1)) {
    throw new RangeError(`Cannot keep a budget: ${share} alerts a window are not within 0–1`);
  }
  const n = scores.length;
  if (n < LEAST_SCORES || share === 0) return { value: Infinity, level: Infinity, by: "none" };
  const inTail = Math.max(Math.floor(Math.max(TAIL, share) * n), Math.min(LEAST_PEAKS, n >> 1));
  const level = nthLargest(scores, Math.min(inTail, n - 1));
  const allowed = (n + 1) * share;
  if (share * n >= COUNTED_ALERTS) {
    const counted = alertLine(scores, placesAbove(scores, level), {
      allowed: Math.floor(allowed + 1e-9) - 1,
      reach,
    });
    return { value: counted ?? level, level, by: "counted" };
  }
  const peaks = alertPeaks(scores, level, reach), value = tailLine(peaks, level, share * n);
  return { value: allowed < 1 ? Math.max(value, level, ...peaks) : value, level, by: "tail" };
}

/** Places of the scores above a level, highest score first, equal ones in order of time. */
function placesAbove(scores: Float64Array, level: number): number[] {
  const places: number[] = [];
  for (let place = 0; place < scores.length; place++) if (scores[place] > level) places.push(place);
  return places.sort((a, b) => scores[b] - scores[a] || a - b);
}

/** What `allowed` of as many further peaks are expected to exceed. */
function tailLine(peaks: number[], level: number, allowed: number): number {
  if (peaks.length <= allowed) return level;
  return level + tailExcess(fitTail(peaks.map((peak) => peak - level)), allowed / peaks.length);
}
