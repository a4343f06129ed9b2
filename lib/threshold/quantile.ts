/**
 * `quantile`: the score that a stated share of normal windows may exceed.
 *
 * @module
 */
import { numberText, percentText } from "../table/figures.ts";
import { Calibration, checkLevel, ruleOptions } from "./calibration.ts";
import type { Threshold, ThresholdRule } from "./threshold.ts";

/**
 * The conformal quantile: of n held-back windows, the k-th largest score with k = ⌊(n + 1)(1 − level)⌋. A further normal
 * window, drawn like them, exceeds it with a probability of at most k / (n + 1) ≤ 1 − level, whatever the scores'
 * distribution. With n + 1 < 1 / (1 − level) no score can promise that: the largest is taken, and the note says what it
 * promises instead.
 *
 * Where the quantile is the least score of all (most normal windows score the same, as a known count vector scores 0) the
 * line lies strictly above it, see {@linkcode Calibration.aboveLeast}.
 *
 * Options: `level`, default .999; `smallest`, the detector's least score above 0.
 *
 * @see Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005; Laxhammar, "Conformal Anomaly
 * Detection", 2014
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { quantile } from "./quantile.ts";
 *
 * const threshold = quantile.choose(Float64Array.of(1, 2, 3), Float64Array.of(90, 8, 1), { level: .95 });
 * assert.equal(threshold.value, 2); // 1 of 99 windows scores more, 9 would be too many
 * ```
 */
export const quantile: ThresholdRule = {
  name: "quantile",
  title: "The score that a stated share of held-back normal windows may exceed",
  options: [{
    name: "level",
    default: .999,
    title: "Share of normal windows that stay at or below the line",
  }],

  choose(scores: Float64Array, weights: Float64Array, options: Record<string, number> = {}): Threshold {
    const { level, smallest } = ruleOptions(quantile, options);
    checkLevel("quantile", level);
    const calibration = new Calibration(scores, weights), { windows } = calibration;
    const allowed = Math.floor((windows + 1) * (1 - level) + 1e-9);
    let value = calibration.reachedBy(Math.max(1, allowed));
    if (value <= calibration.least) value = calibration.aboveLeast(smallest);
    return {
      rule: "quantile",
      value,
      nominal: Number((1 - level).toPrecision(12)),
      realised: calibration.rateAbove(value),
      windows,
      note: allowed >= 1 ? "" : tooFew(windows, level),
    };
  },
};

/**
 * What too few windows for a level can promise instead, for people.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tooFew } from "./quantile.ts";
 *
 * assert.match(tooFew(99, .999), /^99 windows are too few to certify 0\.1 %: .* up to 1 %$/);
 * ```
 */
export function tooFew(windows: number, level: number): string {
  const reached = percentText(1 / (windows + 1));
  return `${numberText(windows)} windows are too few to certify ${percentText(1 - level)}: ` +
    `a normal window exceeds the largest of them with a probability of up to ${reached}`;
}
