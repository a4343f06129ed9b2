/**
 * How a span of time is cut into ranges of about equally many documents.
 *
 * @module
 */

/** A range of time, ms since the epoch. */
export interface TimeRange {
  from: number;
  /** Exclusive. */
  to: number;
}

/** How far one range may be wider or narrower than the one that it learns from. */
const STEP = 8;

/**
 * Ranges of time one after the other, each meant to hold `wanted` documents; how wide the next ones are is learned from how
 * many the last one had.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { TimeRanges } from "./time_ranges.ts";
 *
 * const ranges = new TimeRanges({ from: 0, to: 1000 }, 100); // 100 ms are expected to be enough for a range
 * assert.deepEqual(ranges.next(), { from: 0, to: 100 });
 * ranges.learn({ from: 0, to: 100 }, { found: 20, wanted: 40 });
 * assert.deepEqual(ranges.next(), { from: 100, to: 300 });
 * ```
 */
export class TimeRanges {
  #at: number;
  readonly #to: number;
  #width: number;

  /**
   * @param span What to cut; in whole ms.
   * @param width Width of the first range, ms.
   */
  constructor({ from, to }: TimeRange, width: number) {
    this.#at = from;
    this.#to = to;
    this.#width = width;
  }

  /** The next range; `null` = there are no more. */
  next(): TimeRange | null {
    const from = this.#at;
    if (from >= this.#to) return null;
    this.#at = Math.min(this.#to, from + Math.max(1, Math.floor(this.#width)));
    return { from, to: this.#at };
  }

  /** Takes into account that a range had `found` documents. */
  learn({ from, to }: TimeRange, { found, wanted }: { found: number; wanted: number }): void {
    const ratio = Math.min(STEP, Math.max(1 / STEP, wanted / Math.max(1, found)));
    this.#width = Math.max(1, (to - from) * ratio);
  }
}
