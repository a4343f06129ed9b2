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

/** A rule: one file, one of these. */
export interface ThresholdRule {
  /** As settings name it: `quantile`, `mean-std`. */
  readonly name: string;
  /** How it chooses, for people: one line. */
  readonly title: string;
  /**
   * Chooses a threshold from scores that the detector was not fitted on.
   *
   * @param scores Scores of normal windows, shape [n].
   * @param weights How many windows each score stands for, shape [n].
   * @throws {RangeError} if there are no scores, or an option is out of range.
   */
  choose(scores: Float64Array, weights: Float64Array, options?: Record<string, number>): Threshold;
}
