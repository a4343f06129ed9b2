/**
 * What a window notes of the numbers in its records.
 *
 * @module
 */

/** Name of the fact in a window: an array of {@linkcode QuantityFact}. */
export const QUANTITIES = "quantities";

/** The numbers that one parameter of a template had in a window: sizes, durations, counts. */
export interface QuantityFact {
  /** Template index. */
  template: number;
  /** Names the parameter within its template, the same in every run. */
  slot: string;
  /** Values noted, above 0. */
  count: number;
  /** Least and greatest of them, in one unit. */
  least: number;
  greatest: number;
  /** The greatest as the log wrote it, redacted. */
  text?: string;
  /**
   * How many of them lie above each of training's quantiles, see {@linkcode UsualNumbers.at}; absent = nobody counted.
   */
  above?: number[];
  /** The record with the greatest, redacted, where that is among the greatest that training had. */
  record?: string;
}

/** Parts of training's numbers that lie above each quantile but the last, which is the greatest of them. */
export const USUAL_SHARES: readonly number[] = [0.5, 0.25, 0.1, 0.01];

/** How training's numbers of one parameter were spread. */
export interface UsualNumbers {
  /** `ms`, `B`, `%` or empty. */
  unit: string;
  /** Numbers counted. */
  count: number;
  /** A number for each of {@linkcode USUAL_SHARES} that at most this part lies above, and the greatest. Ascending. */
  at: readonly number[];
}
