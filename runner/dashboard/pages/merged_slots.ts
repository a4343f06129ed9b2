/**
 * Series, made coarser: slots of time side by side become one.
 *
 * @module
 */

/** What becomes of values that are merged. */
export type Merging = "sum" | "highest";

/**
 * `values` with every `step` of them made one; what is left over at the end is one of its own. Missing values count for nothing, and
 * where there are none but missing ones, the merged one is missing.
 *
 * @throws {RangeError} if step is not a whole number above 0, unless there are no values.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { merged } from "./merged_slots.ts";
 *
 * assert.deepEqual(merged([1, 2, 3, null, 5], 2, "sum"), [3, 3, 5]);
 * assert.deepEqual(merged([1, 2, null, null], 2, "highest"), [2, null]);
 * ```
 */
export function merged(values: readonly (number | null)[], step: number, how: Merging): (number | null)[] {
  if (values.length === 0) return [];
  if (!Number.isInteger(step) || step < 1) {
    throw new RangeError(`Cannot merge slots: step must be a positive integer, current value is ${step}`);
  }
  return Array.from(
    { length: Math.ceil(values.length / step) },
    (_, i) => oneOf(values.slice(i * step, (i + 1) * step), how),
  );
}

function oneOf(values: readonly (number | null)[], how: Merging): number | null {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return null;
  return how === "highest" ? Math.max(...present) : present.reduce((sum, value) => sum + value, 0);
}
