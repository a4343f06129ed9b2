/**
 * When so many of a kind come that it is no chance.
 *
 * @module
 */

/** Fewer than this are no burst, however rare they are. */
const LEAST = 5;

/**
 * The count from which a span of time holds a burst: where `expected` are usual, so many come by chance with a probability of at
 * most e to the minus `limit`, by the Chernoff bound of the Poisson distribution; at least 5.
 *
 * @param expected Records that are usual in such a span, above 0.
 * @param limit Natural logarithm, such as `leastBeyondChance` gives.
 *
 * @see W. Hoeffding, *Probability inequalities for sums of bounded random variables*, JASA 58 (1963).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { burstFrom } from "./burst.ts";
 *
 * assert.equal(burstFrom(0.001, 17), 5);
 * assert.equal(burstFrom(10, 17), 34);
 * ```
 */
export function burstFrom(expected: number, limit: number): number {
  const beyond = (count: number) => count * Math.log(count / expected) - (count - expected);
  let least = Math.max(LEAST, Math.ceil(expected)), most = 2 * least;
  if (beyond(least) >= limit) return least;
  while (beyond(most) < limit) most *= 2;
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (beyond(middle) >= limit) most = middle;
    else least = middle;
  }
  return most;
}
