/**
 * What a window notes of the words in its records.
 *
 * @module
 */

/** Name of the fact in a window: an array of {@linkcode ValueFact}, each value of a slot once. */
export const VALUES = "values";

/** A value that one parameter of a template had in a window: a user, a command, a state. */
export interface ValueFact {
  /** Template index. */
  template: number;
  /** Names the parameter within its template, the same in every run. */
  slot: string;
  /** The value, redacted. */
  value: string;
  /** Records that had it; absent = nobody counted. */
  count?: number;
}
