/**
 * Dates and times of a learned layout, read from bytes.
 *
 * @module
 */
import { epochMilliseconds, monthAt, twoDigits, zoneOffset } from "../timestamp.ts";
import type { TimeParts } from "./time_parts.ts";

const MINUTE = 60_000, HOUR = 3_600_000;
/** A number of seconds since the epoch in a log lies between 1990 and 2100: a random number of ten digits does so once in three times. */
const EARLIEST = Date.UTC(1990, 0), LATEST = Date.UTC(2100, 0);
/** The directives whose digits stand without a limit between them in `%Y%m%d`. */
const DIGITS = "YymdHIMS";

/**
 * A date, a time or both as `strptime` patterns say it: `%Y %y %m %d %b %a %H %I %M %S %p %z %Z`, `.%f` for a fraction that may be
 * missing, `%s` for seconds, milliseconds, microseconds or nanoseconds since the epoch; a blank stands for any number of them.
 * Numbers have one or two digits, two where no limit stands between them; a month's or a day's name may be whole.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { TimeParts } from "./time_parts.ts";
 * import { TimePattern } from "./time_pattern.ts";
 * import { TimestampReader } from "../timestamp_reader.ts";
 *
 * const bytes = new TextEncoder().encode("2/Mar/2026:10:00:00.5 x"), parts = new TimeParts();
 * assert(new TimePattern("%d/%b/%Y:%H:%M:%S.%f").match(bytes, 0, bytes.length, parts) === 21);
 * assert(parts.time(new TimestampReader(), 0) === Date.UTC(2026, 2, 2, 10, 0, 0, 500));
 * ```
 */
export class TimePattern {
  /** Pairs of a directive's letter (`"`: the byte itself) and its argument. */
  readonly #steps: Int32Array;

  constructor(readonly pattern: string) {
    const items = pattern.match(/[.,:]%f|%[a-zA-Z]|[^%]/g) ?? [], steps: number[] = [];
    const digits = (item = "") => item[0] === "%" && DIGITS.includes(item[1]);
    items.forEach((item, i) => {
      if (item.endsWith("%f")) steps.push(FRACTION, item.charCodeAt(0));
      else if (item[0] !== "%") steps.push(ITSELF, item.charCodeAt(0));
      else {steps.push(
          item.charCodeAt(1),
          digits(item) && (digits(items[i - 1]) || digits(items[i + 1])) ? 2 : 1,
        );}
    });
    this.#steps = Int32Array.from(steps);
  }

  /** The offset behind the time at `p`, -1 where none is; `parts` is changed in both cases. */
  match(bytes: Uint8Array, p: number, end: number, parts: TimeParts): number {
    const steps = this.#steps;
    let ofDay = 0, clock = false;
    for (let i = 0; i < steps.length; i += 2) {
      const step = steps[i], argument = steps[i + 1];
      if (step === ITSELF) {
        if (p >= end || bytes[p++] !== argument) return -1;
        if (argument === 32) { while (p < end && bytes[p] === 32) p++; }
        continue;
      }
      if (step === FRACTION && (p >= end || bytes[p] !== argument)) continue; // most often missing
      // p = number(…), one or two digits, for %y %m %d %H %I %M %S
      const tens = p < end ? bytes[p] - 48 >>> 0 : 10, ones = p + 1 < end ? bytes[p + 1] - 48 >>> 0 : 10;
      if (tens > 9 || step < 65 || OTHERS[step] === 1) {
        parts.ofDay = ofDay;
        if ((p = other(bytes, p, end, step, argument, parts)) < 0) return -1;
        ofDay = parts.ofDay;
        continue;
      }
      if (ones > 9 && argument === 2) return -1;
      const value = ones > 9 ? tens : tens * 10 + ones;
      p += ones > 9 ? 1 : 2;
      if (value > MOST[step] || value < LEAST[step]) return -1;
      if (step === 77) ofDay += value * MINUTE; // %M
      else if (step === 83) ofDay += value * 1000; // %S
      else if (step === 109) parts.month = value;
      else if (step === 100) parts.day = value;
      else if (step === 121) parts.year = value < 70 ? 2000 + value : 1900 + value;
      else {
        ofDay += (step === 73 ? value % 12 : value) * HOUR; // %I, %H
        clock = true;
      }
    }
    parts.ofDay = clock ? ofDay : NaN;
    return endsAt(bytes, p, end) ? p : -1;
  }
}

/** A step that is the byte itself, and one for a fraction. */
const ITSELF = 34, FRACTION = 102;
/** Directives that are no numbers of one or two digits. */
const OTHERS = new Uint8Array(256);
for (const letter of "Ybafspz") OTHERS[letter.charCodeAt(0)] = 1;
/** Limits of the others, by letter. */
const MOST = new Uint8Array(256), LEAST = new Uint8Array(256);
for (
  const [letter, least, most] of [["y", 0, 99], ["m", 1, 12], ["d", 1, 31], ["H", 0, 23], ["I", 1, 12], [
    "M",
    0,
    59,
  ], ["S", 0, 60]] as const
) {
  LEAST[letter.charCodeAt(0)] = least;
  MOST[letter.charCodeAt(0)] = most;
}

/** The offset behind what a directive of {@linkcode OTHERS} says, -1 where it does not stand there. */
function other(
  bytes: Uint8Array,
  p: number,
  end: number,
  step: number,
  argument: number,
  parts: TimeParts,
): number {
  switch (step) {
    case 89: // %Y
      return fourDigits(bytes, p, end, parts);
    case 98: // %b
      return monthName(bytes, p, end, parts);
    case 97: // %a
      return behindLetters(bytes, p, end);
    case FRACTION:
      return fraction(bytes, p, end, argument, parts);
    case 115: // %s
      return epoch(bytes, p, end, parts);
    case 112: // %p
      return half(bytes, p, end, parts);
    case 122: // %z
      return zone(bytes, p, end, parts);
  }
  return -1;
}

function fourDigits(bytes: Uint8Array, p: number, end: number, parts: TimeParts): number {
  if (p + 4 > end) return -1;
  const century = twoDigits(bytes, p), year = twoDigits(bytes, p + 2);
  parts.year = century * 100 + year;
  return year > 99 || century < 19 || century > 21 ? -1 : p + 4;
}

/** Whether nothing goes on at `p`: neither a word nor, behind one of `. : / -`, a number (`10.1.12` is no date in `10.1.12.7`). */
function endsAt(bytes: Uint8Array, p: number, end: number): boolean {
  if (p >= end) return true;
  const byte = bytes[p];
  if (isWordByte(byte)) return false;
  const joins = byte >= 45 && byte <= 47 || byte === 58;
  return !joins || p + 1 >= end || bytes[p + 1] - 48 >>> 0 > 9;
}

function isWordByte(byte: number): boolean {
  const lower = byte | 32;
  return byte - 48 >>> 0 < 10 || lower >= 97 && lower <= 122;
}

function monthName(bytes: Uint8Array, p: number, end: number, parts: TimeParts): number {
  if (p + 3 > end || (parts.month = monthAt(bytes, p)) === 0) return -1;
  return behindLetters(bytes, p, end);
}

/** Behind three letters or more. */
function behindLetters(bytes: Uint8Array, p: number, end: number): number {
  const first = p;
  while (p < end && (bytes[p] | 32) >= 97 && (bytes[p] | 32) <= 122) p++;
  return p - first >= 3 ? p : -1;
}

/** Adds the fraction behind `separator`; where there is none, the time has none. */
function fraction(bytes: Uint8Array, p: number, end: number, separator: number, parts: TimeParts): number {
  if (p + 1 >= end || bytes[p] !== separator || bytes[p + 1] - 48 >>> 0 > 9) return p;
  let value = 0, weight = 100, digits = 0;
  for (p++; p < end && bytes[p] - 48 >>> 0 < 10; p++, digits++) {
    if (weight >= 1) value += (bytes[p] - 48) * weight;
    weight = weight === 1 ? 0 : weight / 10;
  }
  // behind a colon stand milliseconds as a number, which need not be padded
  if (separator === 58 && digits < 3) value /= digits === 2 ? 10 : 100;
  parts.ofDay += value;
  return p;
}

function epoch(bytes: Uint8Array, p: number, end: number, parts: TimeParts): number {
  const first = p;
  while (p < end && (bytes[p] - 48 >>> 0 < 10 || bytes[p] === 46 && p > first)) p++;
  if (p > first && bytes[p - 1] === 46) p--;
  parts.epoch = epochMilliseconds(bytes, first, p);
  return parts.epoch >= EARLIEST && parts.epoch <= LATEST ? p : -1;
}

/** `AM` or `PM`. */
function half(bytes: Uint8Array, p: number, end: number, parts: TimeParts): number {
  if (p + 2 > end || (bytes[p + 1] | 32) !== 109) return -1;
  const first = bytes[p] | 32;
  if (first === 112) parts.ofDay += 12 * HOUR;
  return first === 97 || first === 112 ? p + 2 : -1;
}

/** `Z`, `+hh:mm`, or a zone's name, of which only `UTC` and `GMT` are understood: others count as not named. */
function zone(bytes: Uint8Array, p: number, end: number, parts: TimeParts): number {
  const offset = zoneOffset(bytes, p, end);
  if (offset !== 0) {
    parts.east = (offset & 0xffff) - 1440;
    return p + (offset >> 16);
  }
  const first = p;
  while (p < end && bytes[p] >= 65 && bytes[p] <= 90) p++;
  const letters = p - first,
    utc = bytes[first] === 85 && bytes[first + 1] === 84,
    gmt = bytes[first] === 71 && bytes[first + 1] === 77;
  if (letters === 1 && bytes[first] === 90 || letters === 3 && (utc || gmt)) parts.east = 0;
  return letters === 1 && bytes[first] === 90 || letters >= 3 && letters <= 5 ? p : -1;
}
