/**
 * Lines of one log that come next.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";
import type { OpenWindows } from "../window/open_windows.ts";
import type { Examples } from "./examples.ts";
import type { RecordCounts } from "./record_counts.ts";
import { rowsWithin, type TimeSpan } from "./rows_within.ts";
import type { Stretch } from "./stretch.ts";

/** Where a {@linkcode Slice} stands. */
export interface SlicePlace {
  /** Number of the log that the rows come from; a rotated file has the number of the log it was. */
  source: number;
  /** Watermark (ms) before its first row was handed out. */
  watermark: number;
}

/**
 * A stretch of one batch: the rows `[from, to)`. Handed out by `MergedRecords`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { Slice } from "./slice.ts";
 *
 * const batch = new LogBatch();
 * batch.length = 2;
 * batch.timestamp.set([20, 10]);
 * const slice = new Slice(batch, 0, 2, { source: 0, watermark: 5 });
 * assert.deepEqual([slice.records, ...slice.times()], [2, 10, 20]);
 * ```
 */
export class Slice implements Stretch {
  readonly source: number;
  readonly watermark: number;
  readonly isWhole = true;

  constructor(readonly batch: LogBatch, readonly from: number, readonly to: number, place: SlicePlace) {
    this.source = place.source;
    this.watermark = place.watermark;
  }

  get records(): number {
    return this.to - this.from;
  }

  get bytes(): number {
    return this.batch.recordEnd[this.to - 1] - this.batch.start[this.from];
  }

  times(): [least: number, greatest: number] {
    const { timestamp } = this.batch;
    let least = Infinity, greatest = -Infinity;
    for (let row = this.from; row < this.to; row++) {
      if (timestamp[row] < least) least = timestamp[row];
      if (timestamp[row] > greatest) greatest = timestamp[row];
    }
    return [least, greatest];
  }

  *within(span: TimeSpan): Generator<Slice> {
    for (const [from, to] of rowsWithin(this, span)) yield new Slice(this.batch, from, to, this);
  }

  addTo(windows: OpenWindows): void {
    windows.add(this.batch, this.from, this.to, this.source);
  }

  countIn(counts: RecordCounts): void {
    counts.add(this.batch, this.from, this.to);
  }

  noteIn(examples: Examples): void {
    examples.note(this.batch, this.from, this.to);
  }
}
