/**
 * What a threshold rule would have flagged, had it been in force: choose on the past, count on what came next.
 *
 * @module
 */
import { alertPeaks } from "./alert_peaks.ts";
import { type RateInterval, rateInterval } from "./rate_interval.ts";
import { RollingCalibration } from "./rolling_calibration.ts";
import type { RollingOptions } from "./rolling_settings.ts";
import { optionsOf, ThresholdRefusedError, type ThresholdRule } from "./threshold.ts";

/** How {@linkcode backTest} goes about it. */
export interface BackTestOptions {
  /** Windows at the beginning that the first line is drawn from, above 0. */
  calibration: number;
  /** Windows a fold; default as many as `calibration`. */
  fold?: number;
  /** Draw a new line before each fold from as many windows just before it; default false: one line for all folds. */
  rolling?: boolean;
  /** Places within which two windows are one alert; default 0: each window counts. */
  reach?: number;
  /** Settings of the rule; what it has no option for is ignored. */
  settings?: Readonly<Record<string, number | undefined>>;
}

/** Windows that met one line (or, on a rolling calibration, those lines). */
export interface BackTestFold {
  /** First window, and the one behind the last. */
  from: number;
  to: number;
  /** The line that the first window met; `null` = the rule refused, see the note. */
  threshold: number | null;
  /** Share of windows (or alerts per window) that was meant; `null` where the rule promises none. */
  nominal: number | null;
  /** Alerts per window that came. */
  realised: number;
  /** Where the rate may lie, taking windows as independent: 90 % confidence. */
  interval: RateInterval;
  /** realised / nominal; `null` where nothing was promised. */
  ratio: number | null;
  note: string;
}

/** A rule put to the test. */
export interface BackTest {
  folds: BackTestFold[];
  /** 1 = the window was above the line it met; 0 in the calibration; shape [scores]. */
  flagged: Uint8Array;
}

/**
 * Walks forward through scores in order of time: a rule draws its line through one part and is judged by the next.
 *
 * @param scores Of one detector on windows that it wasn't fitted on.
 * @throws {RangeError} if there are no windows behind the calibration, or an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { seededRandom } from "../detector/seeded_random.ts";
 * import { backTest } from "./back_test.ts";
 * import { quantile } from "./quantile.ts";
 *
 * const scores = Float64Array.from({ length: 3000 }, seededRandom(1));
 * const { folds } = backTest(scores, quantile, { calibration: 1000, settings: { level: .99 } });
 * assert.deepEqual(folds.map(({ from, to }) => [from, to]), [[1000, 2000], [2000, 3000]]);
 * assert.ok(folds.every(({ ratio }) => ratio! > .3 && ratio! < 3));
 * ```
 */
export function backTest(scores: Float64Array, rule: ThresholdRule, options: BackTestOptions): BackTest {
  const { calibration, rolling = false, settings = {} } = options;
  const chosen = (from: number) => {
    const part = scores.subarray(from - calibration, from);
    try {
      return rule.choose(part, new Float64Array(part.length).fill(1), optionsOf(rule, settings));
    } catch (error) {
      if (!(error instanceof ThresholdRefusedError)) throw error;
      return { value: null, nominal: null, note: error.message };
    }
  };
  const flagged = new Uint8Array(scores.length), spans = spansOf(scores.length, options);
  let line = chosen(calibration);
  const folds = spans.map(([from, to]) => {
    if (rolling && from > calibration) line = chosen(from);
    const { value, nominal, note } = line;
    for (let i = from; i < to; i++) flagged[i] = value !== null && scores[i] > value ? 1 : 0;
    return foldOf({ from, to, threshold: value, nominal, note }, flagged, options.reach ?? 0);
  });
  return { folds, flagged };
}

/**
 * The same for a {@linkcode RollingCalibration}, which takes in every window and draws its line anew every few.
 *
 * @param options `reach` and `settings` are those of the calibration, not of the test.
 * @throws {RangeError} if there are no windows behind the calibration, or an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { seededRandom } from "../detector/seeded_random.ts";
 * import { backTestBudget } from "./back_test.ts";
 *
 * const scores = Float64Array.from({ length: 3000 }, seededRandom(1));
 * const { folds } = backTestBudget(scores, { budget: 1, windowsPerDay: 48 }, { calibration: 1000, fold: 2000 });
 * assert.ok(folds[0].ratio! > .5 && folds[0].ratio! < 2);
 * ```
 */
export function backTestBudget(
  scores: Float64Array,
  options: RollingOptions,
  test: Pick<BackTestOptions, "calibration" | "fold">,
): BackTest {
  const rolling = new RollingCalibration(options, scores.subarray(0, test.calibration));
  const flagged = new Uint8Array(scores.length), { nominal } = rolling;
  const folds = spansOf(scores.length, test).map(([from, to]) => {
    const { threshold, note } = rolling;
    for (let i = from; i < to; i++) {
      flagged[i] = scores[i] > rolling.threshold ? 1 : 0;
      rolling.add(scores[i]);
    }
    return foldOf({ from, to, threshold, nominal, note }, flagged, options.reach ?? 3);
  });
  return { folds, flagged };
}

function spansOf(length: number, { calibration, fold = calibration }: BackTestOptions): [number, number][] {
  if (!(calibration >= 1 && fold >= 1 && length > calibration)) {
    throw new RangeError(
      `Cannot test a threshold: ${length} windows have a calibration of ${calibration} and folds of ${fold}`,
    );
  }
  return Array.from({ length: Math.ceil((length - calibration) / fold) }, (_, i) => {
    const from = calibration + i * fold;
    return [from, Math.min(length, from + fold)];
  });
}

function foldOf(
  fold: Pick<BackTestFold, "from" | "to" | "threshold" | "nominal" | "note">,
  flagged: Uint8Array,
  reach: number,
): BackTestFold {
  const windows = fold.to - fold.from, alerts = alertPeaks(flagged.subarray(fold.from, fold.to), 0, reach);
  const realised = alerts.length / windows, { nominal } = fold;
  const ratio = nominal === null || nominal === 0 ? null : realised / nominal;
  return { ...fold, realised, interval: rateInterval(alerts.length, windows), ratio };
}
