/**
 * The parts of one line's time.
 *
 * @module
 */
import type { TimestampReader } from "../timestamp_reader.ts";

const MINUTE = 60_000, DAY = 86_400_000;

/**
 * What a line's date and time fields said so far.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { TimeParts } from "./time_parts.ts";
 * import { TimestampReader } from "../timestamp_reader.ts";
 *
 * const parts = new TimeParts();
 * Object.assign(parts, { year: 2026, month: 3, day: 2, ofDay: 7 });
 * assert(parts.time(new TimestampReader(), 0) === Date.UTC(2026, 2, 2, 0, 0, 0, 7));
 * ```
 */
export class TimeParts {
  year = 0;
  month = 0;
  day = 0;
  /** Milliseconds since midnight; NaN = no time of day seen. */
  ofDay = NaN;
  /** Minutes east of UTC; NaN = no zone named. */
  east = NaN;
  /** Milliseconds since the epoch; NaN = not said that way. */
  epoch = NaN;

  /** Forgets what the line before said. */
  reset(): void {
    this.year = this.month = this.day = 0;
    this.ofDay = this.east = this.epoch = NaN;
  }

  /**
   * The line's time in milliseconds since the epoch, NaN where the parts make none. A date without a year is the one nearest to
   * the line before ({@linkcode TimestampReader.withoutYear}), and so is the day of a time without a date.
   *
   * @param firstDay Midnight of the day of a first time without a date.
   */
  time(reader: TimestampReader, firstDay: number): number {
    if (this.epoch === this.epoch) return this.epoch;
    if (this.month === 0) return this.#withoutDate(reader, firstDay);
    const ofDay = this.ofDay === this.ofDay ? this.ofDay : 0;
    if (this.year === 0) return reader.withoutYear(this.month, this.day, ofDay);
    if (this.east !== this.east) return reader.local(this.year, this.month, this.day) + ofDay;
    return reader.midnight(this.year, this.month, this.day) + ofDay - this.east * MINUTE;
  }

  #withoutDate(reader: TimestampReader, firstDay: number): number {
    const { lastTime } = reader;
    if (this.ofDay !== this.ofDay) return NaN;
    let time = firstDay + this.ofDay;
    if (lastTime === lastTime) time += Math.round((lastTime - time) / DAY) * DAY;
    reader.lastTime = time;
    return time;
  }
}
