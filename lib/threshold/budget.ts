/**
 * `budget`: the line that raises a stated number of false alerts a day.
 *
 * @module
 */
import { numberText } from "../table/figures.ts";
import { COUNTED_ALERTS } from "./budget_line.ts";
import { Calibration, ruleOptions } from "./calibration.ts";
import { tailLine } from "./pot.ts";
import type { Threshold, ThresholdRule } from "./threshold.ts";

/**
 * An alert budget: alpha = alerts a day / windows a day of normal windows may exceed the line. Where the scores allow at
 * least four alerts the line is the k-th largest of them, k = ⌊(n + 1) alpha⌋ (a further window exceeds it with a probability
 * of at most alpha); otherwise a tail fitted to the upper tenth, and never below the largest score where not even one alert is
 * allowed: then the note says that the budget is extrapolated.
 *
 * These scores have no order, so each window counts as an alert of its own. For scores in order of time, see
 * `RollingCalibration`, which also follows slow change.
 *
 * Options: `budget`, alerts a day, default 1; `windowsPerDay`, must be given.
 *
 * @see Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005; Siffer et al., "Anomaly Detection in
 * Streams with Extreme Value Theory", KDD 2017
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { budget } from "./budget.ts";
 *
 * const scores = Float64Array.from({ length: 2879 }, (_, i) => i); // ten days of five minutes
 * const { value, nominal } = budget.choose(scores, new Float64Array(2879).fill(1), { windowsPerDay: 288 });
 * assert.equal(value, 2869); // the 10th largest
 * assert.equal(nominal, 1 / 288);
 * ```
 */
export const budget: ThresholdRule = {
  name: "budget",
  title: "The line that raises a stated number of false alerts a day",
  options: [
    { name: "budget", default: 1, title: "False alerts a day that are allowed" },
    { name: "windowsPerDay", default: undefined, title: "Windows a day: 288 of five minutes" },
  ],

  choose(scores: Float64Array, weights: Float64Array, options: Record<string, number> = {}): Threshold {
    const { budget: alerts, windowsPerDay, smallest } = ruleOptions(budget, options);
    for (const [name, value] of [["budget", alerts], ["windowsPerDay", windowsPerDay]] as const) {
      if (!(value > 0)) throw new RangeError(`Cannot choose a threshold by budget: ${name} is ${value}`);
    }
    const calibration = new Calibration(scores, weights), { windows } = calibration;
    const nominal = Math.min(1, alerts / windowsPerDay);
    const value = Math.max(lineOf(calibration, nominal), calibration.aboveLeast(smallest)); // no score lies between
    return {
      rule: "budget",
      value,
      nominal,
      realised: calibration.rateAbove(value),
      windows,
      note: nominal * (windows + 1) >= 1 ? "" : extrapolated(alerts, windows / windowsPerDay),
    };
  },
};

function lineOf(calibration: Calibration, nominal: number): number {
  const { windows, scores } = calibration, allowed = (windows + 1) * nominal;
  if (windows * nominal >= COUNTED_ALERTS) return calibration.reachedBy(Math.floor(allowed + 1e-9));
  const { value } = tailLine(calibration, nominal);
  return Math.max(value, allowed < 1 ? scores.at(-1)!.score : calibration.reachedBy(COUNTED_ALERTS));
}

/**
 * What is to be known of a budget that the calibration span is too short for, for people.
 *
 * @param alerts Alerts a day.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { extrapolated } from "./budget.ts";
 *
 * assert.match(extrapolated(.1, 4), /^4 days of calibration certify no fewer than 0\.25 alerts a day: 0\.1 is extrapolated/);
 * ```
 */
export function extrapolated(alerts: number, days: number): string {
  return `${numberText(days, 2)} days of calibration certify no fewer than ${
    numberText(1 / days, 2)
  } alerts a day: ` +
    `${numberText(alerts, 2)} is extrapolated (expect up to about 2.5 times as many)`;
}
