/**
 * Least and greatest of many values.
 *
 * @module
 */

/**
 * The least and the greatest value; Infinity and -Infinity where there are none.
 *
 * Not by `Math.min(...values)`: the arguments of a call have a limit, at about a hundred thousand.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { extentOf } from "./extent.ts";
 *
 * assert.deepEqual(extentOf([3, 1, 2]), [1, 3]);
 * ```
 */
export function extentOf(values: Iterable<number>): [least: number, greatest: number] {
  let least = Infinity, greatest = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}
