/**
 * How long a busy or absent cluster is asked again.
 *
 * @module
 */

/** Wait before what was refused for now is sent again, and at the most, ms; it doubles in between. */
export const FIRST_DELAY = 500, LONGEST_DELAY = 15_000;

/**
 * How many waits fit into so many ms.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { retriesIn } from "./patience.ts";
 *
 * assert.deepEqual([0, 500, 1500, 1_000_000].map(retriesIn), [0, 1, 2, 70]);
 * ```
 */
export function retriesIn(patience: number): number {
  let retries = 0;
  for (let delay = FIRST_DELAY, sum = delay; sum <= patience; sum += delay) {
    retries++;
    delay = Math.min(2 * delay, LONGEST_DELAY);
  }
  return retries;
}
