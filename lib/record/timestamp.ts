/**
 * Dates and times read from bytes, without a string or a `Date` per line.
 *
 * @module
 */
const MINUTE = 60_000, HOUR = 3_600_000;

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
 * import assert from "node:assert/strict";
 * import { monthAt } from "./timestamp.ts";
 *
 * assert(monthAt(new TextEncoder().encode("17/May/2015"), 3) === 5);
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
 * import assert from "node:assert/strict";
 * import { twoDigits } from "./timestamp.ts";
 *
 * const bytes = new TextEncoder().encode("07:3x");
 * assert(twoDigits(bytes, 0) === 7);
 * assert(twoDigits(bytes, 3) >= 100);
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
 * import assert from "node:assert/strict";
 * import { timeOfDay } from "./timestamp.ts";
 *
 * assert(timeOfDay(new TextEncoder().encode("01:00:02"), 0, 3) === 3_602_000);
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
 * import assert from "node:assert/strict";
 * import { zoneOffset } from "./timestamp.ts";
 *
 * const zone = zoneOffset(new TextEncoder().encode("-0130"), 0, 5);
 * assert(zone >> 16 === 5 && (zone & 0xffff) - 1440 === -90);
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

/**
 * A number of seconds, milliseconds, microseconds or nanoseconds since the epoch as milliseconds (finer digits are dropped):
 * which of them it is, its size says, for years 1973 to 5138. NaN for anything that is not a plain number.
 *
 * @param bytes The line's buffer; the number is `bytes[start, end)`: digits, at most one point.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { epochMilliseconds } from "./timestamp.ts";
 *
 * const bytes = new TextEncoder().encode("1772445600.5");
 * assert(epochMilliseconds(bytes, 0, 12) === 1772445600500);
 * assert(epochMilliseconds(bytes, 0, 10) === 1772445600000);
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
