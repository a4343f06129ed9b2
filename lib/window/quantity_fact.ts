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
}
