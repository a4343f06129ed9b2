/**
 * Figures of several runs as one.
 *
 * @module
 */

/** How figures of several runs lie. */
export interface Spread {
  mean: number;
  least: number;
  most: number;
  /** Runs that have the figure. */
  runs: number;
}

/**
 * Mean, least and most of figures; NaN and `null` count as no figure.
 *
 * @returns `null` where no run has one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { spreadOf } from "./spread.ts";
 *
 * assert.deepEqual(spreadOf([1, null, 3]), { mean: 2, least: 1, most: 3, runs: 2 });
 * ```
 */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null && !Number.isNaN(value)) as number[];
  if (known.length === 0) return null;
  return {
    mean: known.reduce((sum, value) => sum + value, 0) / known.length,
    least: Math.min(...known),
    most: Math.max(...known),
    runs: known.length,
  };
}
