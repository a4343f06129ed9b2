/**
 * The tail of scores above a high level, as a generalised Pareto distribution.
 *
 * @module
 */

/** Shapes outside are noise of few points: below, a tail that ends abruptly; above, one without a variance. */
const SHAPE = { least: -0.3, greatest: 0.5 };

/** A generalised Pareto distribution of the excess over a level. */
export interface Tail {
  /** ξ: above 0 heavier than exponential, below 0 bounded; in [−0.3, 0.5]. */
  shape: number;
  /** σ, above 0. */
  scale: number;
}

/**
 * Fits the tail by probability-weighted moments, which for a few dozen points err less than maximum likelihood. Where the
 * shape falls outside [−0.3, 0.5] it is clipped, and the scale is chosen anew so that the mean stays that of the excesses.
 *
 * @param excesses Scores minus the level, above 0, in any order.
 * @throws {RangeError} if there are none, or one is not above 0.
 * @see Hosking and Wallis, "Parameter and quantile estimation for the generalized Pareto distribution", Technometrics 29,
 * 1987
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitTail } from "./tail.ts";
 *
 * const { shape, scale } = fitTail([.1, .2, .4, .7, 1.1, 1.7, 2.9]);
 * assert.ok(shape > 0 && scale < 1.02); // a little heavier than exponential
 * ```
 */
export function fitTail(excesses: readonly number[]): Tail {
  const sorted = excesses.toSorted((a, b) => a - b), { length } = sorted;
  if (length === 0 || !(sorted[0] > 0)) {
    throw new RangeError(
      `Cannot fit a tail: ${length === 0 ? "there are no excesses" : `an excess is ${sorted[0]}`}`,
    );
  }
  const mean = sorted.reduce((sum, excess) => sum + excess, 0) / length;
  const weighted = sorted.reduce((sum, excess, i) => sum + excess * (1 - (i + 0.65) / length), 0) / length;
  const raw = 2 - mean / (mean - 2 * weighted);
  const shape = Number.isFinite(raw) ? Math.min(SHAPE.greatest, Math.max(SHAPE.least, raw)) : SHAPE.least;
  return { shape, scale: shape === raw ? 2 * mean * weighted / (mean - 2 * weighted) : mean * (1 - shape) };
}

/**
 * The excess that a share of all excesses is greater than.
 *
 * @param share In (0, 1].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tailExcess } from "./tail.ts";
 *
 * assert.equal(tailExcess({ shape: 0, scale: 2 }, 1), 0);
 * assert.ok(Math.abs(tailExcess({ shape: 0, scale: 2 }, .1) - 2 * Math.log(10)) < 1e-12);
 * assert.ok(Math.abs(tailExcess({ shape: .5, scale: 1 }, .01) - 18) < 1e-12);
 * ```
 */
export function tailExcess({ shape, scale }: Tail, share: number): number {
  return Math.abs(shape) < 1e-9 ? scale * Math.log(1 / share) : scale * (share ** -shape - 1) / shape;
}
