/**
 * The times of one input's lines.
 *
 * @module
 */
import type { FormatOptions } from "./format.ts";
import { twoDigits, zoneOffset } from "./timestamp.ts";

const MINUTE = 60_000, HOUR = 3_600_000, DAY = 86_400_000;
/** How far a first time without a year may lie after the reference: clocks differ, and a caller may round. */
const REFERENCE_SLACK = 31 * DAY;
/** The year of times that name none where nothing is known: a leap year, so that 29 February exists. */
const UNKNOWN_YEAR = 2000;

/** Midnight UTC of a day in milliseconds since the epoch, NaN for a day that the calendar does not have. */
function midnightOf(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > 31) return NaN;
  const time = Date.UTC(year, month - 1, day);
  const adjusted = year < 100 ? new Date(time).setUTCFullYear(year) : time; // Date.UTC takes 0–99 as 1900–1999
  return new Date(adjusted).getUTCDate() === day ? adjusted : NaN;
}

/**
 * Reads the times of one input: remembers the last day, so that a calendar is asked only when the day changes,
 * and the last time, from which a missing year is inferred.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { TimestampReader } from "./timestamp_reader.ts";
 *
 * const reader = new TimestampReader();
 * const line = new TextEncoder().encode("2026-03-02T10:00:00.123+01:00 INFO up");
 * assert(reader.iso(line, 0, line.length) === Date.UTC(2026, 2, 2, 9, 0, 0, 123));
 * assert(reader.end === 29);
 * ```
 */
export class TimestampReader {
  /** Offset behind what {@linkcode iso} read last. */
  end = 0;
  /** The last time that {@linkcode withoutYear} gave, NaN before the first. */
  lastTime: number;
  readonly #east: number; // milliseconds east of UTC of times that name no zone
  readonly #options: FormatOptions;
  #day = -1; // year * 10000 + month * 100 + day of #midnight
  #midnight = NaN;
  #monthDay = -1; // month * 100 + day of #inferred
  #inferred = NaN;

  /**
   * @param options Zone of times that name none, and about when times without a year were.
   * @param lastTime The last time without a year that an earlier run saw, in milliseconds since the epoch.
   */
  constructor(options: FormatOptions = {}, lastTime = NaN) {
    this.#options = options;
    this.#east = (options.utcOffset ?? 0) * MINUTE;
    this.lastTime = lastTime;
  }

  /** Midnight of a day in the zone of times that name none, as milliseconds since the epoch; NaN for no such day. */
  local(year: number, month: number, day: number): number {
    return this.midnight(year, month, day) - this.#east;
  }

  /** Midnight UTC of a day in milliseconds since the epoch; NaN for no such day. */
  midnight(year: number, month: number, day: number): number {
    const key = year * 10000 + month * 100 + day;
    if (key !== this.#day) {
      this.#day = key;
      this.#midnight = midnightOf(year, month, day);
    }
    return this.#midnight;
  }

  /**
   * The ISO 8601 time at `start`: `yyyy-mm-ddThh:mm[:ss[.fff]][zone]`, with `T` or a blank, point or comma, and `Z`, `+hh:mm`,
   * `+hhmm`, `+hh`, or behind a blank `+hhmm`, `UTC`, `GMT`. Milliseconds since the epoch (finer digits are dropped), or NaN;
   * {@linkcode end} is then the offset behind it.
   *
   * @param end Offset behind the last byte that may be looked at.
   */
  iso(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < 16 || bytes[start + 4] !== 45 || bytes[start + 7] !== 45 || bytes[start + 13] !== 58) {
      return NaN;
    }
    if (bytes[start + 10] !== 84 && bytes[start + 10] !== 32) return NaN;
    // century, year, month, day, hour, minute: digits as bytes ^ 48, all checked at once: a digit is at most 9, so 6 more stays under 16
    const y1 = bytes[start] ^ 48,
      y2 = bytes[start + 1] ^ 48,
      y3 = bytes[start + 2] ^ 48,
      y4 = bytes[start + 3] ^ 48;
    const o1 = bytes[start + 5] ^ 48,
      o2 = bytes[start + 6] ^ 48,
      d1 = bytes[start + 8] ^ 48,
      d2 = bytes[start + 9] ^ 48;
    const h1 = bytes[start + 11] ^ 48,
      h2 = bytes[start + 12] ^ 48,
      m1 = bytes[start + 14] ^ 48,
      m2 = bytes[start + 15] ^ 48;
    const digits = y1 + 6 | y2 + 6 | y3 + 6 | y4 + 6 | o1 + 6 | o2 + 6 | d1 + 6 | d2 + 6 | h1 + 6 | h2 + 6 |
      m1 + 6 | m2 + 6;
    const hour = h1 * 10 + h2, minute = m1 * 10 + m2;
    if (digits > 15 || hour > 23 || minute > 59) return NaN;
    const midnight = this.midnight(y1 * 1000 + y2 * 100 + y3 * 10 + y4, o1 * 10 + o2, d1 * 10 + d2);
    const time = midnight + hour * HOUR + minute * MINUTE;
    return this.#zone(bytes, this.#seconds(bytes, start + 16, end), end, time);
  }

  #fraction = 0; // milliseconds of the seconds read last

  /** Reads `[:ss[.fff]]` at `at` into `#fraction`; the offset behind it, -1 where the seconds are none. */
  #seconds(bytes: Uint8Array, at: number, end: number): number {
    this.#fraction = 0;
    if (at >= end || bytes[at] !== 58) return at;
    if (at + 3 > end) return -1;
    const second = twoDigits(bytes, at + 1);
    if (second > 60) return -1;
    let milliseconds = second * 1000;
    at += 3;
    if (at + 1 < end && (bytes[at] === 46 || bytes[at] === 44) && bytes[at + 1] - 48 >>> 0 < 10) {
      let weight = 100;
      for (at++; at < end; at++) {
        const digit = bytes[at] - 48 >>> 0;
        if (digit > 9) break;
        if (weight >= 1) milliseconds += digit * weight;
        weight = weight === 1 ? 0 : weight / 10;
      }
    }
    this.#fraction = milliseconds;
    return at;
  }

  #zone(bytes: Uint8Array, at: number, end: number, time: number): number {
    if (at < 0) return NaN;
    time += this.#fraction;
    this.end = at;
    if (at >= end) return time - this.#east;
    let byte = bytes[at];
    if (byte === 90) { // Z
      this.end = at + 1;
      return time;
    }
    if (byte === 32 && at + 1 < end) {
      byte = bytes[at + 1];
      if ((byte === 85 || byte === 71) && isUtcName(bytes, at + 1, end)) {
        this.end = at + 4;
        return time;
      }
      if (byte !== 43 && byte !== 45 || at + 6 > end) return time - this.#east;
      at++;
      if (zoneOffset(bytes, at, end) >> 16 < 5) return time - this.#east; // " - " or " -1 …" is no zone
    } else if (byte !== 43 && byte !== 45) return time - this.#east;
    const zone = zoneOffset(bytes, at, end);
    if (zone === 0) return time - this.#east;
    this.end = at + (zone >> 16);
    return time - ((zone & 0xffff) - 1440) * MINUTE;
  }

  /**
   * The time of a date without a year, in milliseconds since the epoch; NaN where no year near has the day.
   *
   * The year is the one that puts it nearest to the last time seen, so that a log runs over New Year in both directions.
   * The first time of an input takes the latest year that puts it not more than a month after
   * {@linkcode FormatOptions.referenceTime}, else 2000.
   *
   * @param ofDay Milliseconds since midnight.
   * @see RFC 3164 § 4.1.2, whose times name no year.
   */
  withoutYear(month: number, day: number, ofDay: number): number {
    const key = month * 100 + day;
    if (key !== this.#monthDay) {
      this.#monthDay = key;
      this.#inferred = this.#inferMidnight(month, day, ofDay);
    }
    const time = this.#inferred + ofDay;
    if (time === time) this.lastTime = time;
    return time;
  }

  #inferMidnight(month: number, day: number, ofDay: number): number {
    if (this.lastTime === this.lastTime) return this.#nearest(month, day, ofDay, this.lastTime);
    const { referenceTime } = this.#options;
    if (referenceTime === undefined) return midnightOf(UNKNOWN_YEAR, month, day) - this.#east;
    const latest = new Date(referenceTime).getUTCFullYear() + 1;
    for (let candidate = latest; candidate > latest - 10; candidate--) {
      const midnight = midnightOf(candidate, month, day) - this.#east;
      if (midnight + ofDay <= referenceTime + REFERENCE_SLACK) return midnight;
    }
    return NaN;
  }

  #nearest(month: number, day: number, ofDay: number, last: number): number {
    const year = new Date(last).getUTCFullYear();
    let nearest = NaN;
    for (let distance = 0; distance <= 8; distance++) { // 29 February may be eight years away
      for (const candidate of [year - distance, year + distance]) {
        const midnight = midnightOf(candidate, month, day) - this.#east;
        if (
          !(Math.abs(midnight + ofDay - last) >= Math.abs(nearest + ofDay - last)) && midnight === midnight
        ) nearest = midnight;
      }
      if (distance >= 1 && nearest === nearest) break;
    }
    return nearest;
  }
}

/** `UTC` or `GMT` as a word of its own. */
function isUtcName(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 3 > end) return false;
  const utc = bytes[at] === 85 && bytes[at + 1] === 84 && bytes[at + 2] === 67;
  const gmt = bytes[at] === 71 && bytes[at + 1] === 77 && bytes[at + 2] === 84;
  return (utc || gmt) && (at + 3 === end || !((bytes[at + 3] | 32) >= 97 && (bytes[at + 3] | 32) <= 122));
}
