/**
 * Lists that are shown page by page.
 *
 * @module
 */

/** A page of a list. */
export interface Paged<Row> {
  rows: Row[];
  /** What asks for the next page (query parameter `after`); `null` = this is the last one. */
  next: string | null;
  /** All rows there are, or `null` where counting them would cost too much. */
  total: number | null;
}

/** A place in a list that nobody was given. */
export class PlaceError extends Error {
  override readonly name = "PlaceError";
}

/**
 * A place in a list, as text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { placeOf, placeText } from "./paging.ts";
 *
 * assert.deepEqual(placeOf(placeText([5, "a-b"])), ["5", "a-b"]);
 * assert.throws(() => placeOf("no place"), /Cannot go on with that list/);
 * ```
 */
export function placeText([time, id]: readonly [number, string]): string {
  return `${time}-${id}`;
}

/**
 * What {@linkcode placeText} wrote.
 *
 * @throws {PlaceError} if it is something else.
 */
export function placeOf(text: string): [number: string, id: string] {
  const [, number, id] = /^(-?\d+(?:\.\d+)?)-(.*)$/s.exec(text) ?? [];
  if (number !== undefined) return [number, id];
  throw new PlaceError("Cannot go on with that list: `after` is no place in it");
}
