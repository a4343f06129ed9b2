/**
 * `conformal`: the score that a stated share of normal windows may exceed, with a stated confidence.
 *
 * @module
 */
import { numberText, percentText } from "../table/figures.ts";
import { Calibration, checkLevel, ruleOptions } from "./calibration.ts";
import { betaQuantile } from "./rate_interval.ts";
import type { Threshold, ThresholdRule } from "./threshold.ts";

/**
 * The k-th largest of n scores. The share of further windows that exceed it, if they are drawn like these, is at most a beta
 * distributed number with parameters k and n + 1 − k, whatever the scores' distribution. k is the greatest rank for which that
 * share stays within 1 − level in the stated share of calibrations. (The rule `quantile` promises it on average only:
 * in nearly every second calibration the rate is greater.)
 *
 * With too few windows for k = 1 the largest score is taken, and the note says what it promises instead.
 *
 * Options: `level`, default .999; `confidence`, default .9.
 *
 * @see Vovk, "Conditional validity of inductive conformal predictors", Machine Learning 92, 2013, proposition 2
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { conformal } from "./conformal.ts";
 *
 * const scores = Float64Array.from({ length: 1000 }, (_, i) => i);
 * const { value } = conformal.choose(scores, new Float64Array(1000).fill(1), { level: .99 });
 * assert.equal(value, 994); // the 6th largest; on average the 10th would do
 * ```
 */
export const conformal: ThresholdRule = {
  name: "conformal",
  title: "The score that a stated share of normal windows may exceed, with a stated confidence",
  options: [
    { name: "level", default: .999, title: "Share of normal windows that stay at or below the line" },
    { name: "confidence", default: .9, title: "Share of calibrations in which the level is kept" },
  ],

  choose(scores: Float64Array, weights: Float64Array, options: Record<string, number> = {}): Threshold {
    const { level, confidence, smallest } = ruleOptions(conformal, options);
    checkLevel("conformal", level);
    checkLevel("conformal", confidence, "confidence");
    const calibration = new Calibration(scores, weights), { windows } = calibration;
    const nominal = Number((1 - level).toPrecision(12)), rank = surestRank(windows, nominal, confidence);
    let value = calibration.reachedBy(Math.max(1, rank));
    if (value <= calibration.least) value = calibration.aboveLeast(smallest);
    const realised = calibration.rateAbove(value);
    const note = rank > 0 ? "" : tooUnsure(windows, nominal, confidence);
    return { rule: "conformal", value, nominal, realised, windows, note };
  },
};

/** The greatest k with P(Beta(k, n + 1 − k) ≤ nominal) ≥ confidence; 0 = there is none. */
function surestRank(windows: number, nominal: number, confidence: number): number {
  let low = 0, high = Math.floor(windows * nominal) + 2;
  while (high - low > 1) {
    const rank = (low + high) >> 1;
    const isSure = rank < windows + 1 && betaQuantile(confidence, rank, windows + 1 - rank) <= nominal;
    if (isSure) low = rank;
    else high = rank;
  }
  return low;
}

function tooUnsure(windows: number, nominal: number, confidence: number): string {
  const reached = percentText(betaQuantile(confidence, 1, windows));
  return `${numberText(windows)} windows are too few to certify ${percentText(nominal)} with ${
    percentText(confidence)
  } ` +
    `confidence: up to ${reached} of normal windows exceed the largest of them`;
}
