/**
 * `mean-std`: the mean of the scores plus k of their standard deviations.
 *
 * @module
 */
import { numberText } from "../table/figures.ts";
import { Calibration, ruleOptions } from "./calibration.ts";
import type { Threshold, ThresholdRule } from "./threshold.ts";

/**
 * mean + k · standard deviation of the scores, k = 3 by default. It promises no rate: scores are far from normally
 * distributed, and on real logs the share that it flags is off by factors of 3 to 30. `realised` says what it flags here.
 *
 * Where all scores are equal the line lies strictly above them, see {@linkcode Calibration.aboveLeast}.
 *
 * Options: `k`, default 3, not negative; `smallest`, the detector's least score above 0.
 *
 * @see Shewhart, "Economic Control of Quality of Manufactured Product", 1931 (three-sigma limits)
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanStd } from "./mean_std.ts";
 *
 * const threshold = meanStd.choose(Float64Array.of(1, 3), Float64Array.of(1, 1), { k: 2 });
 * assert.equal(threshold.value, 4); // mean 2, standard deviation 1
 * ```
 */
export const meanStd: ThresholdRule = {
  name: "mean-std",
  title: "Mean plus k standard deviations of the scores of held-back normal windows",
  options: [{ name: "k", default: 3, title: "Standard deviations above the mean" }],

  choose(scores: Float64Array, weights: Float64Array, options: Record<string, number> = {}): Threshold {
    const { k, smallest } = ruleOptions(meanStd, options);
    if (k < 0) throw new RangeError(`Cannot choose a threshold by mean-std: k is ${k}`);
    const calibration = new Calibration(scores, weights), { windows } = calibration;
    const mean = calibration.mean((score) => score);
    const std = Math.sqrt(calibration.mean((score) => (score - mean) ** 2));
    let value = mean + k * std;
    if (!(value > calibration.least) || calibration.scores.length === 1) {
      value = calibration.aboveLeast(smallest);
    }
    const realised = calibration.rateAbove(value);
    const note = windows < 100
      ? `${numberText(windows)} windows are few for a mean and a standard deviation`
      : "";
    return { rule: "mean-std", value, nominal: null, realised, windows, note };
  },
};
