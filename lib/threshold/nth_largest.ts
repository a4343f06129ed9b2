/**
 * One place of a sorted order, without sorting.
 *
 * @module
 */

/**
 * The value at `place` where the greatest is at 0: Hoare's selection, about 3 n steps.
 *
 * @param values Shape [n], n above 0, none NaN; left as they are.
 * @param place 0 – n − 1.
 *
 * @see Hoare, "Algorithm 65: find", Communications of the ACM 4, 1961
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nthLargest } from "./nth_largest.ts";
 *
 * assert.equal(nthLargest(Float64Array.of(2, 9, 4, 9, 0), 2), 4);
 * ```
 */
export function nthLargest(values: Float64Array, place: number): number {
  // values.toSorted()[values.length - 1 - place]. Nearly all scores of many a detector are its least one: those are not moved.
  const least = leastOf(values), above = new Float64Array(values.length);
  let length = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > least) above[length++] = values[i];
  if (place >= length) return least;
  let from = 0, to = length - 1;
  while (from < to) {
    const pivot = above[(from + to) >> 1];
    let i = from, j = to;
    while (i <= j) {
      while (above[i] > pivot) i++;
      while (above[j] < pivot) j--;
      if (i > j) break;
      const value = above[i];
      above[i++] = above[j];
      above[j--] = value;
    }
    if (place <= j) to = j;
    else if (place >= i) from = i;
    else break; // between them all are the pivot
  }
  return above[place];
}

/** The least value above `least`; `undefined` = there is none. */
export function nextTo(least: number, values: Float64Array): number | undefined {
  let next = Infinity;
  for (let i = 0; i < values.length; i++) if (values[i] > least && values[i] < next) next = values[i];
  return next === Infinity ? undefined : next;
}

/** The least of values, of which there is one at least. */
export function leastOf(values: Float64Array): number {
  let least = values[0];
  for (let i = 1; i < values.length; i++) if (values[i] < least) least = values[i];
  return least;
}
