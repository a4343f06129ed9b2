/**
 * `pot`: peaks over threshold, a tail fitted to the highest scores.
 *
 * @module
 */
import { numberText, percentText } from "../table/figures.ts";
import { Calibration, checkLevel, ruleOptions } from "./calibration.ts";
import { fitTail, tailExcess } from "./tail.ts";
import type { Threshold, ThresholdRule } from "./threshold.ts";

/** Fewer windows above the level make no tail. */
const LEAST_PEAKS = 10;

/**
 * Fits a generalised Pareto tail to the scores above their upper tenth and takes the score that the stated share exceeds: a
 * rate beyond what was counted. On independent scores it errs by some tens of percent; where a rate allows less than one of the
 * windows, it is extrapolated, and the note says so.
 *
 * Options: `level`, default .999; `tail`, default .1.
 *
 * @see Siffer et al., "Anomaly Detection in Streams with Extreme Value Theory", KDD 2017
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pot } from "./pot.ts";
 *
 * const exponential = Float64Array.from({ length: 2000 }, (_, i) => -Math.log((i + .5) / 2000));
 * const { value } = pot.choose(exponential, new Float64Array(2000).fill(1), { level: .999 });
 * assert.ok(Math.abs(value - Math.log(1000)) < .1);
 * ```
 */
export const pot: ThresholdRule = {
  name: "pot",
  title:
    "Peaks over threshold: where a tail fitted to the highest scores of held-back normal windows keeps a rate",
  options: [
    { name: "level", default: .999, title: "Share of normal windows that stay at or below the line" },
    { name: "tail", default: .1, title: "Share of windows that the tail is fitted to" },
  ],

  choose(scores: Float64Array, weights: Float64Array, options: Record<string, number> = {}): Threshold {
    const { level, tail, smallest } = ruleOptions(pot, options);
    checkLevel("pot", level);
    checkLevel("pot", tail, "tail");
    const calibration = new Calibration(scores, weights), { windows } = calibration;
    const nominal = Number((1 - level).toPrecision(12)),
      { peaks, value } = tailLine(calibration, nominal, tail);
    const line = Math.max(value, calibration.aboveLeast(smallest)); // no score lies between
    return {
      rule: "pot",
      value: line,
      nominal,
      realised: calibration.rateAbove(line),
      windows,
      note: potNote(windows, peaks, nominal),
    };
  },
};

/**
 * Where a tail fitted to the highest scores keeps a rate.
 *
 * @param nominal Share of windows that may exceed the line.
 * @param tail Share of windows that the tail is fitted to; ten windows, or half of them, are taken in any case. A rate that
 * is no less than that is counted.
 * @returns The line, and the number of windows above the tail's beginning; where they are no more than may exceed the line,
 * that is the line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Calibration } from "./calibration.ts";
 * import { tailLine } from "./pot.ts";
 *
 * const calibration = new Calibration(Float64Array.of(0, 3), Float64Array.of(5000, 1));
 * assert.deepEqual(tailLine(calibration, .001), { value: 0, peaks: 1 }); // one score above 0 is fewer than five
 * ```
 */
export function tailLine(
  calibration: Calibration,
  nominal: number,
  tail = 0.1,
): { value: number; peaks: number } {
  const { windows } = calibration, inTail = Math.max(tail * windows, Math.min(LEAST_PEAKS, windows / 2));
  if (nominal * windows >= inTail) {
    const rank = Math.floor((windows + 1) * nominal + 1e-9);
    return { value: calibration.reachedBy(rank), peaks: rank };
  }
  const level = calibration.reachedBy(Math.floor(inTail) + 1);
  const above = calibration.scores.filter(({ score }) => score > level);
  const peaks = above.reduce((sum, { weight }) => sum + weight, 0);
  if (peaks <= nominal * windows) return { value: level, peaks };
  const fitted = fitTail(above.map(({ score }) => score - level), above.map(({ weight }) => weight));
  return { value: level + tailExcess(fitted, nominal * windows / peaks), peaks };
}

function potNote(windows: number, peaks: number, nominal: number): string {
  if (peaks < LEAST_PEAKS) return `A tail of ${numberText(peaks)} windows is no more than a guess`;
  if (nominal * (windows + 1) >= 1) return "";
  return `${percentText(nominal)} is extrapolated from ${
    numberText(windows)
  } windows (expect up to about 2.5 times as much)`;
}
