/**
 * Times in lines, written anew in the form that they have.
 *
 * @module
 */

/** Month names, three letters. */
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH = `(?<name>${MONTHS.join("|")})`;
const CLOCK = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:[.,:](?<fraction>\d{1,9}))?`;

/** Forms of dates with a time of day; the parts that change are named. */
const FORMS: readonly RegExp[] = [
  String.raw`(?<year>\d{4})[-/.](?<month>\d\d)[-/.](?<day>\d\d)[T _-]${CLOCK}`,
  String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ](?<hour>\d\d):(?<minute>\d\d)(?![:\d])`,
  String.raw`(?<day>\d\d)[/-]${MONTH}[/-](?<year>\d{4})[: ]${CLOCK}`,
  String.raw`${MONTH} (?<day>[ \d]\d) ${CLOCK} (?<year>\d{4})`,
  String.raw`${MONTH} (?<day>[ \d]\d) ${CLOCK}`,
  String.raw`(?<day>\d\d) ${MONTH} (?<year>\d{4}) ${CLOCK}`,
  String
    .raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)[T -](?<hour>\d\d):?(?<minute>\d\d):?(?<second>\d\d)(?:[.,:](?<fraction>\d{1,9}))?`,
  String.raw`(?<short>\d\d)/(?<month>\d\d)/(?<day>\d\d) ${CLOCK}`,
  String.raw`(?<day>\d\d)[./](?<month>\d\d)[./](?<year>\d{4})[ T-]${CLOCK}`,
  String
    .raw`(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4}) (?<twelve>\d{1,2}):(?<minute>\d\d):(?<second>\d\d) (?<half>AM|PM)`,
  String.raw`(?<month>\d\d)[-/](?<day>\d\d) ${CLOCK}`,
  String.raw`(?<=\b[IWEFD])(?<month>\d\d)(?<day>\d\d) ${CLOCK}`,
  String.raw`\b(?<short>\d\d)(?<month>\d\d)(?<day>\d\d) (?<hour>[ \d]\d):(?<minute>\d\d):(?<second>\d\d)`,
  String
    .raw`\b(?<short>\d\d)(?<month>\d\d)(?<day>\d\d) (?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)(?: (?<fraction>\d{3})\b)?`,
].map((form) => new RegExp(form, "dg"));

/** A number of seconds, milli-, micro- or nanoseconds since the epoch. */
const EPOCH = /(?<![\d.])(?<whole>\d{10}|\d{13}|\d{16}|\d{19})(?:\.(?<part>\d{1,9}))?(?![\d.])/dg;

/** Characters in which a line's own time is looked for. */
const LOOKED_AT = 1000;

/**
 * What a line is with one of its times moved, for each time in it, the likelier form first: whoever asked reads the lines and
 * takes the one that has the time wanted. Digits finer than milliseconds stay as they are.
 *
 * @param line One character a byte.
 * @param from What its time is, ms.
 * @param to What it should be, ms.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { movedTimes } from "./header_time.ts";
 *
 * const [moved] = movedTimes("Mar  2 10:00:00 host su: opened", Date.UTC(2026, 2, 2, 10), Date.UTC(2026, 2, 12, 9, 30));
 * assert.equal(moved, "Mar 12 09:30:00 host su: opened");
 * ```
 */
export function* movedTimes(line: string, from: number, to: number): Generator<string> {
  const head = line.slice(0, LOOKED_AT);
  for (const form of FORMS) {
    for (const match of head.matchAll(form)) yield spliced(line, movedDate(match, from, to));
  }
  for (const match of head.matchAll(EPOCH)) yield spliced(line, movedEpoch(match, to - from));
}

/** A stretch of a line and what replaces it. */
type Splice = [start: number, end: number, text: string];

function spliced(line: string, splices: readonly Splice[]): string {
  let result = "", at = 0;
  for (const [start, end, text] of splices.toSorted((a, b) => a[0] - b[0])) {
    result += line.slice(at, start) + text;
    at = end;
  }
  return result + line.slice(at);
}

/** The parts of a date by name, as they stand in a line. */
type Parts = Record<string, string | undefined>;

/** The date's own zone is kept: what it says is moved by as much as the time is. */
function movedDate(match: RegExpExecArray, from: number, to: number): Splice[] {
  const parts = match.groups as Parts, spans = match.indices!.groups!;
  const texts = textsOf(new Date(saidBy(parts, from) + (to - from)), parts);
  const blank = parts.name !== undefined && parts.year === undefined; // syslog's days
  return Object.keys(texts).filter((name) => parts[name] !== undefined).map((name): Splice => {
    const [start, end] = spans[name]!;
    if (parts.half !== undefined) return [start, end, texts[name]]; // has no zeros in front
    const pad = name === "day" && blank || parts[name]![0] === " " ? " " : "0";
    return [start, end, texts[name].padStart(end - start, pad)];
  });
}

/** The moment that a date names, as if it were UTC; a year that it doesn't name is that of `near`. */
function saidBy(parts: Parts, near: number): number {
  const number = (name: string, otherwise: number) => Number(parts[name] ?? otherwise);
  const year = parts.short === undefined
    ? number("year", new Date(near).getUTCFullYear())
    : 2000 + number("short", 0);
  const month = parts.name === undefined ? number("month", 1) - 1 : MONTHS.indexOf(parts.name);
  const hour = parts.half === undefined
    ? number("hour", 0)
    : number("twelve", 0) % 12 + (parts.half === "PM" ? 12 : 0);
  return Date.UTC(year, month, number("day", 1), hour, number("minute", 0), number("second", 0)) +
    millisecondsOf(parts.fraction);
}

/** The parts of a moment by name, with as many digits of the second as `parts` has. */
function textsOf(moment: Date, { fraction = "" }: Parts): Record<string, string> {
  const hour = moment.getUTCHours(), milliseconds = `${moment.getUTCMilliseconds()}`.padStart(3, "0");
  return {
    year: `${moment.getUTCFullYear()}`,
    short: `${moment.getUTCFullYear() % 100}`,
    month: `${moment.getUTCMonth() + 1}`,
    name: MONTHS[moment.getUTCMonth()],
    day: `${moment.getUTCDate()}`,
    hour: `${hour}`,
    twelve: `${hour % 12 || 12}`,
    half: hour < 12 ? "AM" : "PM",
    minute: `${moment.getUTCMinutes()}`.padStart(2, "0"),
    second: `${moment.getUTCSeconds()}`.padStart(2, "0"),
    fraction: milliseconds.slice(0, fraction.length) + fraction.slice(3),
  };
}

function millisecondsOf(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6);
}

function movedEpoch(match: RegExpExecArray, by: number): Splice[] {
  const { whole, part } = match.groups!, spans = match.indices!.groups!;
  const perMillisecond = 10 ** (whole.length - 13); // of the unit; a thousandth for seconds
  if (part !== undefined && whole.length === 10) {
    const moved = Number(whole) * 1000 + millisecondsOf(part) + by;
    const digits = `${((moved % 1000) + 1000) % 1000}`.padStart(3, "0");
    return [
      [...spans.whole!, `${Math.floor(moved / 1000)}`],
      [...spans.part!, digits.slice(0, part.length) + part.slice(3)],
    ];
  }
  const moved = whole.length === 10
    ? BigInt(Math.floor(Number(whole) + by / 1000))
    : BigInt(whole) + BigInt(Math.round(by)) * BigInt(perMillisecond);
  return [[...spans.whole!, `${moved}`]];
}
