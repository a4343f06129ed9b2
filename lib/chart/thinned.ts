/**
 * Curves of more points than a screen has.
 *
 * @module
 */

/**
 * The first and the last point of each stretch of a curve that falls into one place: what is between them would be drawn on
 * the same pixels.
 *
 * @param points In the order in which they are drawn.
 * @param placeOf Place of a point, a whole number; twice as many points are left at the most as there are places.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { thinned } from "./thinned.ts";
 *
 * assert.deepEqual(thinned([1, 2, 3, 11, 12], (x) => Math.floor(x / 10)), [1, 3, 11, 12]);
 * ```
 */
export function thinned<Point>(points: readonly Point[], placeOf: (point: Point) => number): Point[] {
  return points.filter((point, i) => {
    if (i === 0 || i === points.length - 1) return true;
    const place = placeOf(point);
    return place !== placeOf(points[i - 1]) || place !== placeOf(points[i + 1]);
  });
}
