/**
 * `mad`: the median of the scores plus k of their robust standard deviations.
 *
 * @module
 */
import { percentText } from "../table/figures.ts";
import { Calibration, ruleOptions } from "./calibration.ts";
import { type Threshold, ThresholdRefusedError, type ThresholdRule } from "./threshold.ts";

/** The standard deviation of a normal distribution over its median absolute deviation: 1 / Φ⁻¹(3/4). */
const NORMAL = 1.4826;
/** With more windows of the very same score the scores are discrete. */
const MOST_TIES = 0.2;

/**
 * median + k · 1.4826 · MAD, k = 3 by default; MAD = the median of |score − median|. It is not moved by a minority of
 * anomalous windows, but promises no rate: scores with a heavy tail exceed it often.
 *
 * It refuses discrete scores: where most windows score the same the MAD is 0, and everything else would be called anomalous
 * (76 % of normal sessions on a real log).
 *
 * Options: `k`, default 3, not negative.
 *
 * @see Hampel, "The influence curve and its role in robust estimation", Journal of the American Statistical Association 69,
 * 1974
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mad } from "./mad.ts";
 *
 * const scores = Float64Array.of(1, 2, 3, 4, 5, 6, 900);
 * const { value } = mad.choose(scores, new Float64Array(7).fill(1), { k: 1 });
 * assert.equal(value, 4 + 1.4826 * 2);
 * ```
 */
export const mad: ThresholdRule = {
  name: "mad",
  title: "Median plus k robust standard deviations of the scores of held-back normal windows",
  options: [{ name: "k", default: 3, title: "Robust standard deviations above the median" }],

  choose(scores: Float64Array, weights: Float64Array, options: Record<string, number> = {}): Threshold {
    const { k } = ruleOptions(mad, options);
    if (k < 0) throw new RangeError(`Cannot choose a threshold by mad: k is ${k}`);
    const calibration = new Calibration(scores, weights), { windows } = calibration;
    const median = medianOf(calibration), deviation = deviationOf(calibration, median);
    const tied = Math.max(...calibration.scores.map(({ weight }) => weight)) / windows;
    if (deviation === 0 || tied > MOST_TIES) {
      throw new ThresholdRefusedError(
        `Cannot choose a threshold by mad: the scores are discrete, ${
          percentText(tied)
        } of the windows score the same`,
      );
    }
    const value = median + k * NORMAL * deviation, realised = calibration.rateAbove(value);
    const note = windows < 100 ? `${windows} windows are few for a median absolute deviation` : "";
    return { rule: "mad", value, nominal: null, realised, windows, note };
  },
};

/** The middle score, or the mean of the two in the middle. */
function medianOf({ scores, windows }: Calibration): number {
  let below = 0, i = 0;
  while (below + scores[i].weight < windows / 2) below += scores[i++].weight;
  const isBetween = below + scores[i].weight === windows / 2;
  return isBetween ? scores[i].score + (scores[i + 1].score - scores[i].score) / 2 : scores[i].score;
}

function deviationOf({ scores }: Calibration, median: number): number {
  const deviations = Float64Array.from(scores, ({ score }) => Math.abs(score - median));
  return medianOf(new Calibration(deviations, Float64Array.from(scores, ({ weight }) => weight)));
}
