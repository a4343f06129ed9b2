/**
 * Charts that have a row for each of several things, whose names stand beside them.
 *
 * @module
 */
import { extentOf } from "./extent.ts";

/** Pixels that a character of a label takes. Vega, without a font to measure, would leave a third more. */
const CHARACTER = 6.5;

/**
 * How many rows are wanted at the most, if that can be.
 *
 * @param what What is charted, for the message.
 * @throws {RangeError} if it is not a positive integer.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkedLimit } from "./row_labels.ts";
 *
 * assert.equal(checkedLimit(12, "reasons"), 12);
 * assert.throws(() => checkedLimit(0, "reasons"), /Cannot chart reasons: limit must be a positive integer, current value is 0/);
 * ```
 */
export function checkedLimit(limit: number, what: string): number {
  if (Number.isInteger(limit) && limit >= 1) return limit;
  throw new RangeError(`Cannot chart ${what}: limit must be a positive integer, current value is ${limit}`);
}

/**
 * Room that the labels of an axis need, in pixels: Vega-Lite's `maxExtent`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { labelExtent } from "./row_labels.ts";
 *
 * assert.equal(labelExtent(["disk full", "ok"]), 9 * 6.5);
 * ```
 */
export function labelExtent(labels: readonly string[]): number {
  return CHARACTER * extentOf(labels.map((label) => label.length))[1];
}
