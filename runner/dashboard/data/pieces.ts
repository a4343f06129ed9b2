/**
 * A span of time in as few slots as it can be summed up from: whole days by day, what is left by shorter slots.
 *
 * @module
 */
import { SLOT_SIZES } from "../../../lib/mod.ts";
import type { Span } from "./span.ts";

const DAY = SLOT_SIZES[2];

/** Joins the slots of a span; queries begin with it, and join their counts by {@linkcode IN_PIECES}. */
export const PIECES = `with piece as materialized (
  select value ->> 0 as length, value ->> 1 as since, value ->> 2 as until from json_each(?1))`;

/** Which slots of a table of counts are in the span. */
export const IN_PIECES = "size = piece.length and start >= piece.since and start < piece.until";

/**
 * The pieces of a span, as the first parameter of a query: each the length of its slots, its begin and end, ms.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { piecesOf } from "./pieces.ts";
 *
 * const hour = 3_600_000, day = 24 * hour;
 * assert.equal(piecesOf({ from: 20 * hour, to: 3 * day + hour, coarse: hour }), JSON.stringify([
 *   [hour, 20 * hour, day],
 *   [day, day, 3 * day],
 *   [hour, 3 * day, 3 * day + hour],
 * ]));
 * assert.equal(piecesOf({ from: hour, to: 2 * hour, coarse: hour }), JSON.stringify([[hour, hour, 2 * hour]]));
 * ```
 */
export function piecesOf({ from, to, coarse }: Pick<Span, "from" | "to" | "coarse">): string {
  const first = Math.ceil(from / DAY) * DAY, last = Math.floor(to / DAY) * DAY;
  const pieces = first < last
    ? [[coarse, from, first], [DAY, first, last], [coarse, last, to]]
    : [[coarse, from, to]];
  return JSON.stringify(pieces.filter(([, since, until]) => since < until));
}
