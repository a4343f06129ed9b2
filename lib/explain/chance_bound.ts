/**
 * How far from chance a share is.
 *
 * @module
 */

/**
 * The least by which chance is ruled out, as a natural logarithm: of `count` records, a part of `usual` or less would have a part
 * of `share` or more with a probability of at most e to the minus this. 0 where the share is not above the usual one.
 *
 * It is the Chernoff bound, which is never below the binomial tail itself, whatever the counts.
 *
 * @param share Part of the records, 0–1.
 * @param usual Part of all that is usual, 0–1.
 *
 * @see W. Hoeffding, *Probability inequalities for sums of bounded random variables*, JASA 58 (1963), theorem 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { beyondChance } from "./chance_bound.ts";
 *
 * assert(beyondChance({ share: 1, usual: .5, count: 10 }) - 10 * Math.log(2) < 1e-9);
 * assert.equal(beyondChance({ share: .4, usual: .5, count: 1000 }), 0);
 * ```
 */
export function beyondChance(
  { share, usual, count }: { share: number; usual: number; count: number },
): number {
  if (!(share > usual)) return 0;
  if (usual <= 0) return Infinity;
  const other = share < 1 ? (1 - share) * Math.log((1 - share) / (1 - usual)) : 0;
  return count * (share * Math.log(share / usual) + other);
}

/** Chance that a window without anything unusual is said to have something, over all that is looked at in it. */
const CHANCE = 0.001;

/** What {@linkcode beyondChance} must be where so many things are looked at (Bonferroni's correction). */
export function leastBeyondChance(looks: number): number {
  return Math.log(Math.max(1, looks) / CHANCE);
}
