/**
 * What a session notes of the numbers in its records.
 *
 * @module
 */

/** Name of the fact in a session: an array of {@linkcode GreatestFact}, each parameter once, in any order. */
export const GREATEST = "greatest";

/** The greatest number that one parameter of a template had in a session. */
export interface GreatestFact {
  /** Template index. */
  template: number;
  /** Names the parameter within its template, the same in every run. */
  slot: string;
  /** Kind of the number, see `VALUE_KINDS`: it says the unit. */
  kind: number;
  /** In the unit of its kind: ms, bytes, per cent. */
  greatest: number;
  /** The record that said it, redacted, where the number is among the greatest that the parameter usually has. */
  record?: string;
}
