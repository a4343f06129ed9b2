/**
 * Dates in numbers whose order a region decides, twelve-hour clocks, and times of day without a date.
 *
 * @module
 */
import type { FormatOptions } from "./format.ts";
import { zoneOffset } from "./timestamp.ts";
import { TimestampReader } from "./timestamp_reader.ts";

const SECOND = 1000, MINUTE = 60_000, HOUR = 3_600_000, DAY = 86_400_000;
/** The day of times of day where no date is known at all: as for times without a year, in 2000. */
const UNKNOWN_DAY = Date.UTC(2000, 0, 1);

/**
 * Reads `3/2/2026 10:00:00 AM`, `02.03.2026 10:00:00`, `2026-03-02T10:00:00Z` and `10:00:00` from bytes.
 *
 * Where day and month could change places, the order is the one that puts the time nearest to the last one seen. The first time
 * is taken as month first with `AM` or `PM` behind it, else as day first. A two-digit year below 70 is 20xx. A time without a date
 * is taken as of the day nearest to the last time, the first one as of the day of {@linkcode FormatOptions.referenceTime}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DateOrder } from "./date_order.ts";
 *
 * const dates = new DateOrder();
 * const line = new TextEncoder().encode("3/2/2026 10:00:00 PM,Disk");
 * assert(dates.read(line, 0, line.length) === Date.UTC(2026, 2, 2, 22));
 * assert(dates.end === 20);
 * ```
 */
export class DateOrder {
  /** Offset behind what was read last. */
  end = 0;
  /** The last line's time in milliseconds since the epoch, NaN before the first: set by the caller once the line is one of its own. */
  lastTime: number;
  readonly #times: TimestampReader;
  readonly #east: number; // milliseconds east of UTC of times that name no zone
  readonly #referenceTime: number | undefined;
  #numbers = [0, 0, 0]; // the three of the date read last
  #clock = NaN; // the time of day read last
  #twelve = false; // whether it has AM or PM

  /**
   * @param options Zone of times that name none, and about when times without a date were.
   * @param lastTime The last time that an earlier run saw, in milliseconds since the epoch.
   */
  constructor(options: FormatOptions = {}, lastTime = NaN) {
    this.#times = new TimestampReader(options);
    this.#east = (options.utcOffset ?? 0) * MINUTE;
    this.#referenceTime = options.referenceTime;
    this.lastTime = lastTime;
  }

  /**
   * The date and time at `start` in milliseconds since the epoch, NaN where there is none; {@linkcode end} is the offset behind it.
   *
   * @param end Offset behind the last byte that may be looked at.
   */
  read(bytes: Uint8Array, start: number, end: number): number {
    let time = this.#times.iso(bytes, start, end);
    if (time === time) this.end = this.#times.end;
    else time = this.#numeric(bytes, start, end);
    return time;
  }

  /** The time of day at `start`, `10:00:00[.fff]` or `10:00:00 PM`, on the day nearest to the last time; NaN where there is none. */
  readClock(bytes: Uint8Array, start: number, end: number): number {
    const p = this.#timeOfDay(bytes, start, end);
    if (p < 0) return NaN;
    this.end = p;
    const last = this.lastTime;
    let time = this.#firstDay() + this.#clock;
    if (last === last) {
      time = Math.floor((last + this.#east) / DAY) * DAY - this.#east + this.#clock;
      if (time - last > DAY / 2) time -= DAY;
      else if (last - time > DAY / 2) time += DAY;
    }
    return time;
  }

  #firstDay(): number {
    const reference = this.#referenceTime;
    if (reference === undefined) return UNKNOWN_DAY - this.#east;
    return Math.floor((reference + this.#east) / DAY) * DAY - this.#east;
  }

  #numeric(bytes: Uint8Array, start: number, end: number): number {
    const numbers = this.#numbers;
    let p = start, separator = 0, yearDigits = 0;
    for (let field = 0; field < 3; field++) {
      let value = 0, digits = 0;
      for (; p < end && digits < 5 && bytes[p] - 48 >>> 0 < 10; digits++) {
        value = value * 10 + bytes[p++] - 48;
      }
      if (digits === 0 || digits === 3 || digits > (field === 1 ? 2 : 4)) return NaN;
      if (field === 0 && digits === 4) return NaN; // year first: ISO 8601, read before
      numbers[field] = value;
      yearDigits = digits;
      if (field === 2) break;
      if (p >= end || bytes[p] !== 47 && bytes[p] !== 46 && bytes[p] !== 45) return NaN;
      if (field === 1 && bytes[p] !== separator) return NaN;
      separator = bytes[p++];
    }
    if (yearDigits === 1) return NaN;
    if (yearDigits === 2) numbers[2] += numbers[2] < 70 ? 2000 : 1900;
    if (p < end && bytes[p] === 44) p++; // what Intl writes: 3/2/2026, 10:00:00 AM
    if (p >= end || bytes[p] !== 32) return NaN;
    const clock = this.#timeOfDay(bytes, p + 1, end);
    if (clock < 0) return NaN;
    const zone = clock < end && bytes[clock] === 32 ? zoneOffset(bytes, clock + 1, end) : 0;
    const long = zone >> 16 >= 5;
    this.end = long ? clock + 1 + (zone >> 16) : clock;
    const midnight = this.#dayOf(separator);
    return midnight + this.#clock + (long ? this.#east - ((zone & 0xffff) - 1440) * MINUTE : 0);
  }

  /** Midnight of the three numbers in the likelier order. */
  #dayOf(separator: number): number {
    const [a, b, year] = this.#numbers, last = this.lastTime;
    const monthFirst = a > 12 ? NaN : this.#times.local(year, a, b);
    const dayFirst = b > 12 ? NaN : this.#times.local(year, b, a);
    if (dayFirst !== dayFirst || a === b) return monthFirst;
    if (monthFirst !== monthFirst) return dayFirst;
    if (last !== last) return this.#twelve && separator === 47 ? monthFirst : dayFirst;
    return Math.abs(monthFirst + this.#clock - last) < Math.abs(dayFirst + this.#clock - last)
      ? monthFirst
      : dayFirst;
  }

  /** Reads `h:mm:ss[.fff][ AM]` into `#clock`; the offset behind it, -1 where there is none. */
  #timeOfDay(bytes: Uint8Array, start: number, end: number): number {
    let p = start, hour = 0;
    for (; p < end && p < start + 2 && bytes[p] - 48 >>> 0 < 10; p++) hour = hour * 10 + bytes[p] - 48;
    if (p === start || p + 3 > end || bytes[p] !== 58) return -1;
    const minute = pair(bytes, p + 1);
    p += 3;
    let second = 0, fraction = 0;
    if (p + 3 <= end && bytes[p] === 58) {
      second = pair(bytes, p + 1);
      p += 3;
      if (p + 1 < end && (bytes[p] === 46 || bytes[p] === 44) && bytes[p + 1] - 48 >>> 0 < 10) {
        let weight = 100;
        for (p++; p < end && bytes[p] - 48 >>> 0 < 10; p++) {
          if (weight >= 1) fraction += (bytes[p] - 48) * weight;
          weight = weight === 1 ? 0 : weight / 10;
        }
      }
    }
    const half = halfOfDay(bytes, p, end);
    this.#twelve = half >= 0;
    if (hour > 23 || minute > 59 || second > 60 || half >= 0 && (hour === 0 || hour > 12)) return -1;
    if (half >= 0) hour = hour % 12 + half;
    this.#clock = hour * HOUR + minute * MINUTE + second * SECOND + fraction;
    return half < 0 ? p : p + halfLength(bytes, p);
  }
}

function pair(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] - 48 >>> 0, ones = bytes[at + 1] - 48 >>> 0;
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

/** Hours that ` AM` (0) or ` PM` (12) at `p` adds, in any case, the blank also a no-break one (U+202F); -1 where neither stands there. */
function halfOfDay(bytes: Uint8Array, p: number, end: number): number {
  const length = halfLength(bytes, p);
  if (p + length > end) return -1;
  const at = p + length - 2, first = bytes[at] | 32;
  if (length === 3 ? bytes[p] !== 32 : bytes[p] !== 0xe2 || bytes[p + 1] !== 0x80 || bytes[p + 2] !== 0xaf) {
    return -1;
  }
  if ((bytes[at + 1] | 32) !== 109 || first !== 97 && first !== 112) return -1;
  return first === 97 ? 0 : 12;
}

/** Bytes of the blank and the two letters behind it. */
function halfLength(bytes: Uint8Array, p: number): number {
  return bytes[p] === 0xe2 ? 5 : 3;
}
