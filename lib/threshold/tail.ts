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
 * @param weights How many windows each stands for; default 1.
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
export function fitTail(excesses: readonly number[], weights?: readonly number[]): Tail {
  const points = excesses.map((excess, i) => ({ excess, weight: weights?.[i] ?? 1 }));
  points.sort((a, b) => a.excess - b.excess);
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0) || !(points[0].excess > 0)) {
    throw new RangeError(
      `Cannot fit a tail: ${total > 0 ? `an excess is ${points[0].excess}` : "there are no excesses"}`,
    );
  }
  // mean = Σ x / n, weighted = Σ x (1 − p) / n with p = (rank − .35) / n; ranks of equal ones are taken together.
  let mean = 0, weighted = 0, below = 0;
  for (const { excess, weight } of points) {
    mean += excess * weight / total;
    weighted += excess * weight / total * (1 - (below + (weight + 1) / 2 - 0.35) / total);
    below += weight;
  }
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
