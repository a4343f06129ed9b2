/**
 * The contract of every threshold rule.
 *
 * @module
 */

/** Where the line is drawn, and how that came about. A window is anomalous when its score is *greater* than `value`. */
export interface Threshold {
  /** The rule's name. */
  rule: string;
  value: number;
  /** Share of normal windows that the rule means to flag; `null` where it promises none. */
  nominal: number | null;
  /** Share of the calibration windows that it flags. */
  realised: number;
  /** Calibration windows that it was chosen on (weights summed). */
  windows: number;
  /** What a person should know: too few windows to certify the rate, a discrete score, …; empty when there is nothing. */
  note: string;
}

/** An option of a rule: a number. */
export interface RuleOption {
  readonly name: string;
  /** `undefined` = must be given, or says nothing. */
  readonly default: number | undefined;
  /** What it means, for people: one line. */
  readonly title: string;
}

/** A rule: one file, one of these. */
export interface ThresholdRule {
  /** As settings name it: `quantile`, `mean-std`. */
  readonly name: string;
  /** How it chooses, for people: one line. */
  readonly title: string;
  /** What can be set; every rule also takes `smallest`, the detector's least score above 0. */
  readonly options: readonly RuleOption[];
  /** Whether it needs to be told which windows are anomalous. */
  readonly needsLabels?: boolean;
  /**
   * Chooses a threshold from scores that the detector was not fitted on.
   *
   * @param scores Scores of normal windows, shape [n].
   * @param weights How many windows each score stands for, shape [n].
   * @param labels 1 = anomalous, shape [n], for the rule that needs them; the others ignore it.
   * @throws {RangeError} if there are no scores, or an option is out of range.
   * @throws {ThresholdRefusedError} if no line can be drawn by this rule through such scores.
   */
  choose(
    scores: Float64Array,
    weights: Float64Array,
    options?: Record<string, number>,
    labels?: Uint8Array,
  ): Threshold;
}

/** Scores through which a rule can't draw a line that means anything; another rule can. */
export class ThresholdRefusedError extends RangeError {
  override readonly name = "ThresholdRefusedError";
}

/**
 * Those of some settings that a rule has options for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanStd } from "./mean_std.ts";
 * import { optionsOf } from "./threshold.ts";
 *
 * assert.deepEqual(optionsOf(meanStd, { k: 4, level: .999, smallest: undefined }), { k: 4 });
 * ```
 */
export function optionsOf(
  rule: ThresholdRule,
  settings: Readonly<Record<string, number | undefined>>,
): Record<string, number> {
  const known = new Set(["smallest", ...rule.options.map(({ name }) => name)]);
  return Object.fromEntries(
    Object.entries(settings).filter((entry): entry is [string, number] =>
      known.has(entry[0]) && entry[1] !== undefined
    ),
  );
}
