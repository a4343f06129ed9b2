/**
 * Words of dates: months, days, zones.
 *
 * @module
 */
import { COMMA, MINUS, SOLIDUS, SPACE } from "./ascii.ts";
import { BYTE_CLASS, DIGIT } from "./byte_class.ts";

const pack = (word: string) => word.charCodeAt(0) << 16 | word.charCodeAt(1) << 8 | word.charCodeAt(2);
const packAll = (words: string) => new Set(words.split(" ").map(pack));

const MONTHS = packAll("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec");
const DAYS = packAll("Mon Tue Wed Thu Fri Sat Sun");
const ZONES = packAll("UTC GMT EST EDT PST PDT CET MST MDT CST CDT");

const packedAt = (bytes: Uint8Array, at: number) => bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2];

/** Whether the three bytes at `at` name a month. */
export const isMonth = (bytes: Uint8Array, at: number): boolean => MONTHS.has(packedAt(bytes, at));
/** Whether the three bytes at `at` name a day of the week. */
export const isDay = (bytes: Uint8Array, at: number): boolean => DAYS.has(packedAt(bytes, at));
/** Whether the three bytes at `at` name a time zone. */
export const isZone = (bytes: Uint8Array, at: number): boolean => ZONES.has(packedAt(bytes, at));

/** Whether a number follows at `at`, behind blanks or glued by `-` or `/`. */
export function digitFollows(bytes: Uint8Array, at: number, end: number): boolean {
  let next = at;
  while (next < end && bytes[next] === SPACE) next++;
  if (next >= end) return false;
  if (next === at) return bytes[next] === MINUS || bytes[next] === SOLIDUS;
  return (BYTE_CLASS[bytes[next]] & DIGIT) !== 0;
}

/** Whether exactly one blank and a month follow at `at`. */
export function monthFollows(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 4 > end || bytes[at] !== SPACE) return false;
  return (at + 4 === end || bytes[at + 4] === SPACE) && isMonth(bytes, at + 1);
}

/** Whether a number or a month follows at `at`, behind blanks and commas. */
export function dateFollows(bytes: Uint8Array, at: number, end: number): boolean {
  let next = at;
  while (next < end && (bytes[next] === SPACE || bytes[next] === COMMA)) next++;
  if (next === at || next >= end) return false;
  if (BYTE_CLASS[bytes[next]] & DIGIT) return true;
  return next + 3 < end && bytes[next + 3] === SPACE && isMonth(bytes, next);
}

/** Whether the two bytes from `from` on are `AM` or `PM`. */
export function isHalfOfDay(bytes: Uint8Array, from: number): boolean {
  return bytes[from + 1] === 0x4d && (bytes[from] === 0x41 || bytes[from] === 0x50);
}
