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
  String.raw`(?<month>\d\d)[-/](?<day>\d\d) ${CLOCK}`,
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

/** The date's own zone is kept: what it says is moved by as much as the time is. */
function movedDate(match: RegExpExecArray, from: number, to: number): Splice[] {
  const groups = match.groups!,
    number = (name: string, otherwise: number) => Number(groups[name] ?? otherwise);
  const year = groups.short === undefined
    ? number("year", new Date(from).getUTCFullYear())
    : 2000 + number("short", 0);
  const month = groups.name === undefined ? number("month", 1) - 1 : MONTHS.indexOf(groups.name);
  const said =
    Date.UTC(year, month, number("day", 1), number("hour", 0), number("minute", 0), number("second", 0)) +
    millisecondsOf(groups.fraction);
  const moved = new Date(said + (to - from)), milliseconds = `${moved.getUTCMilliseconds()}`.padStart(3, "0");
  const texts: Record<string, string> = {
    year: `${moved.getUTCFullYear()}`,
    short: `${moved.getUTCFullYear() % 100}`,
    month: `${moved.getUTCMonth() + 1}`,
    name: MONTHS[moved.getUTCMonth()],
    day: `${moved.getUTCDate()}`,
    hour: `${moved.getUTCHours()}`,
    minute: `${moved.getUTCMinutes()}`,
    second: `${moved.getUTCSeconds()}`,
    fraction: milliseconds.slice(0, groups.fraction?.length) + (groups.fraction?.slice(3) ?? ""),
  };
  const spans = match.indices!.groups!, blank = groups.name !== undefined && groups.year === undefined;
  return Object.keys(texts).filter((name) => spans[name] !== undefined).map((name): Splice => {
    const [start, end] = spans[name]!, pad = name === "day" && blank ? " " : "0";
    return [start, end, texts[name].padStart(end - start, pad)];
  });
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
