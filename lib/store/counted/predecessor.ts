/**
 * What was counted by an earlier job of the same stream.
 *
 * @module
 */
import type { KnownPart } from "./known_part.ts";

/** How far an earlier job was read when another one took its place: with another model, say. Plain JSON. */
export interface Predecessor {
  job: string;
  /** Length of its parts, ms. */
  width: number;
  /** Everything before this time is over, ms UTC; `null` = nothing is. */
  done: number | null;
  /** What was read of its parts. */
  parts: KnownPart[];
  /** Where its events are gone: everything up to this time, ms UTC, is taken for read. */
  upTo: number | null;
}

/** An event, as far as it says whether it was read. */
export interface EarlierEvent {
  /** What its document is sorted by, ms since the epoch. */
  time: number;
  generation: number;
}

/**
 * Time from which on nothing was read, ms UTC.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { endOf } from "./predecessor.ts";
 *
 * const parts = [{ from: 60_000, generation: 2, until: null }];
 * assert.equal(endOf({ job: "a", width: 60_000, done: 60_000, parts, upTo: null }), 120_000);
 * ```
 */
export function endOf({ width, done, parts, upTo }: Predecessor): number {
  return Math.max(
    done ?? -Infinity,
    upTo === null ? -Infinity : upTo + 1,
    ...parts.map(({ from }) => from + width),
  );
}

/** Whether a document of that time was read, whatever became of it. */
export function isOver({ done, upTo }: Predecessor, time: number): boolean {
  return time < (done ?? -Infinity) || time <= (upTo ?? -Infinity);
}

/** Whether an event was read. */
export function wasRead({ width, parts }: Predecessor, { time, generation }: EarlierEvent): boolean {
  const from = Math.floor(time / width) * width, known = parts.find((part) => part.from === from);
  if (known === undefined) return false;
  return generation <= known.generation ||
    generation === known.generation + 1 && time < (known.until ?? -Infinity);
}
