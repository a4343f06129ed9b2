/**
 * Where panels stand.
 *
 * @module
 */
import type { Panel } from "./panel.ts";

/** Columns of a dashboard. */
const COLUMNS = 24;
/** Rows of a panel, in the units of Grafana. */
const HEIGHTS: Record<Panel["view"], number> = { bars: 8, lines: 8, ranking: 8, table: 9, metrics: 7 };

/** A place, in columns of 24 and rows. */
export interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

/**
 * Places of panels: from left to right, and on in the next row where there is no room left.
 *
 * @param top The first row.
 * @returns The places, and the row below them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { placesOf } from "./layout.ts";
 *
 * const panels = [{ view: "bars", width: 16 }, { view: "lines", width: 8 }, { view: "table", width: 24 }] as const;
 * const { places, below } = placesOf(panels, 1);
 * assert.deepEqual(places.map(({ x, y }) => [x, y]), [[0, 1], [16, 1], [0, 9]]);
 * assert.equal(below, 18);
 * ```
 */
export function placesOf(
  panels: readonly Pick<Panel, "view" | "width">[],
  top: number,
): { places: Place[]; below: number } {
  let x = 0, y = top, below = top;
  const places = panels.map(({ view, width: w }) => {
    if (x + w > COLUMNS) [x, y] = [0, below];
    const place = { x, y, w, h: HEIGHTS[view] };
    x += w;
    below = Math.max(below, y + place.h);
    return place;
  });
  return { places, below };
}
