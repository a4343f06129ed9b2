/**
 * Dates and times read from bytes, without a string or a `Date` per line.
 *
 * @module
 */
import type { FormatOptions } from "./format.ts";

const MINUTE = 60_000, HOUR = 3_600_000, DAY = 86_400_000;
/** How far a first time without a year may lie after the reference: clocks differ, and a caller may round. */
const REFERENCE_SLACK = 31 * DAY;
/** The year of times that name none where nothing is known: a leap year, so that 29 February exists. */
const UNKNOWN_YEAR = 2000;

/** `Jan` … `Dec` as three lower-case letters in one number. */
const MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec".match(/.../g)!
  .map((name) => name.charCodeAt(0) | name.charCodeAt(1) << 8 | name.charCodeAt(2) << 16);

/**
 * The month, 1–12, whose English three-letter name stands at `at`, in any case; 0 where none does.
 *
 * @param bytes The line's buffer; `bytes[at, at + 3)` must lie in the line.
 *
 * @example
 * ```ts
 * import { monthAt } from "./timestamp.ts";
 *
 * console.assert(monthAt(new TextEncoder().encode("17/May/2015"), 3) === 5);
 * ```
 */
export function monthAt(bytes: Uint8Array, at: number): number {
  const packed = bytes[at] | 32 | (bytes[at + 1] | 32) << 8 | (bytes[at + 2] | 32) << 16;
  for (let i = 0; i < 12; i++) if (MONTHS[i] === packed) return i + 1;
  return 0;
}

/**
 * The two digits at `at` as a number, 0–99; anything that is not two digits gives a number of 100 or more.
 *
 * @example
 * ```ts
 * import { twoDigits } from "./timestamp.ts";
 *
 * const bytes = new TextEncoder().encode("07:3x");
 * console.assert(twoDigits(bytes, 0) === 7);
 * console.assert(twoDigits(bytes, 3) >= 100);
 * ```
 */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] - 48 >>> 0, ones = bytes[at + 1] - 48 >>> 0;
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

/**
 * The time of day of `hhXmmXss` at `at` in milliseconds (seconds may be 60), NaN where it is none.
 * What separates the three is not looked at.
 *
 * @param step Bytes from one pair to the next: 3 with separators, 2 without.
 *
 * @example
 * ```ts
 * import { timeOfDay } from "./timestamp.ts";
 *
 * console.assert(timeOfDay(new TextEncoder().encode("01:00:02"), 0, 3) === 3_602_000);
 * ```
 */
export function timeOfDay(bytes: Uint8Array, at: number, step: number): number {
  const hour = twoDigits(bytes, at),
    minute = twoDigits(bytes, at + step),
    second = twoDigits(bytes, at + 2 * step);
  return hour > 23 || minute > 59 || second > 60 ? NaN : hour * HOUR + minute * MINUTE + second * 1000;
}

/**
 * The zone offset `+hh:mm`, `+hhmm` or `+hh` at `at`: `length << 16 | minutes east + 1440`, or 0 where there is none.
 *
 * @param end Offset behind the last byte that may be looked at.
 *
 * @example
 * ```ts
 * import { zoneOffset } from "./timestamp.ts";
 *
 * const zone = zoneOffset(new TextEncoder().encode("-0130"), 0, 5);
 * console.assert(zone >> 16 === 5 && (zone & 0xffff) - 1440 === -90);
 * ```
 */
export function zoneOffset(bytes: Uint8Array, at: number, end: number): number {
  if (at + 3 > end || bytes[at] !== 43 && bytes[at] !== 45) return 0;
  const hours = twoDigits(bytes, at + 1);
  if (hours > 23) return 0;
  let length = 3, minutes = 0;
  const colon = at + 3 < end && bytes[at + 3] === 58 ? 1 : 0;
  if (at + 5 + colon <= end && twoDigits(bytes, at + 3 + colon) < 60) {
    minutes = twoDigits(bytes, at + 3 + colon);
    length = 5 + colon;
  }
  const east = hours * 60 + minutes;
  return length << 16 | (bytes[at] === 43 ? east : -east) + 1440;
}

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
 * import { TimestampReader } from "./timestamp.ts";
 *
 * const reader = new TimestampReader();
 * const line = new TextEncoder().encode("2026-03-02T10:00:00.123+01:00 INFO up");
 * console.assert(reader.iso(line, 0, line.length) === Date.UTC(2026, 2, 2, 9, 0, 0, 123));
 * console.assert(reader.end === 29);
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
   * @param options Zone and year of times that name none.
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
   * The first time of an input takes {@linkcode FormatOptions.year}, else the latest year that puts it not more than a month
   * after {@linkcode FormatOptions.referenceTime}, else 2000.
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
    const { year, referenceTime } = this.#options;
    if (year !== undefined) return midnightOf(year, month, day) - this.#east;
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

/**
 * A number of seconds, milliseconds, microseconds or nanoseconds since the epoch as milliseconds (finer digits are dropped):
 * which of them it is, its size says, for years 1973 to 5138. NaN for anything that is not a plain number.
 *
 * @param bytes The line's buffer; the number is `bytes[start, end)`: digits, at most one point.
 *
 * @example
 * ```ts
 * import { epochMilliseconds } from "./timestamp.ts";
 *
 * const bytes = new TextEncoder().encode("1772445600.5");
 * console.assert(epochMilliseconds(bytes, 0, 12) === 1772445600500);
 * console.assert(epochMilliseconds(bytes, 0, 10) === 1772445600000);
 * ```
 */
export function epochMilliseconds(bytes: Uint8Array, start: number, end: number): number {
  let whole = 0, fraction = 0, weight = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i], digit = byte - 48 >>> 0;
    if (byte === 46 && weight === 0 && i > start) weight = 0.1;
    else if (digit > 9) return NaN;
    else if (weight === 0) whole = whole * 10 + digit;
    else {
      fraction += digit * weight;
      weight /= 10;
    }
  }
  if (start === end || whole >= 1e20) return NaN;
  if (whole < 1e11) return whole * 1000 + Math.floor(fraction * 1000 + 1e-6);
  if (whole < 1e14) return whole;
  return Math.floor(whole < 1e17 ? whole / 1e3 : whole / 1e6);
}
