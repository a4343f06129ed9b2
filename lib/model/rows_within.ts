/**
 * The part of a batch that lies in a span of time.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";

/** A span of time, ms UTC: `from <= time < to`. */
export interface TimeSpan {
  /** Default -Infinity. */
  from?: number;
  /** Default Infinity. */
  to?: number;
}

/**
 * The rows `[from, to)` of a batch that lie in a span of time, as stretches of rows `[first, last)`; a record without a time
 * lies in every span.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { rowsWithin } from "./rows_within.ts";
 *
 * const batch = new LogBatch();
 * batch.length = 4;
 * batch.timestamp.set([10, 20, NaN, 30]);
 * assert.deepEqual([...rowsWithin({ batch, from: 0, to: 4 }, { from: 15, to: 30 })], [[1, 3]]);
 * ```
 */
export function* rowsWithin(
  { batch, from, to }: { batch: LogBatch; from: number; to: number },
  { from: since = -Infinity, to: until = Infinity }: TimeSpan,
): Generator<[first: number, last: number]> {
  if (since === -Infinity && until === Infinity) return yield [from, to];
  let first = -1;
  for (let row = from; row < to; row++) {
    const time = batch.timestamp[row];
    const inside = !(time < since || time >= until); // a record without a time stays
    if (inside && first < 0) first = row;
    if (!inside && first >= 0) {
      yield [first, row];
      first = -1;
    }
  }
  if (first >= 0) yield [first, to];
}
