/**
 * Which patterns a date or a time in a text may have.
 *
 * @module
 */

const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
const WEEKDAY = /(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(,?) +/iy;

/** Dates as they are written, and the patterns that each may have: `$1` and so on are what the text has there. */
const DATES: readonly [RegExp, readonly string[]][] = [
  [/\d{4}([-/._:])\d{1,2}\1\d{1,2}(?!\d)/y, ["%Y$1%m$1%d"]],
  [/(?:19|20)\d{6}(?!\d)/y, ["%Y%m%d"]],
  [/\d{1,2}([-/.])\d{1,2}\1\d{4}(?!\d)/y, ["%d$1%m$1%Y", "%m$1%d$1%Y"]],
  [/\d\d([-/.])\d\d\1\d\d(?!\d)/y, ["%y$1%m$1%d"]], // who puts the year first pads
  [/\d{1,2}([-/.])\d{1,2}\1\d\d(?!\d)/y, ["%m$1%d$1%y", "%d$1%m$1%y"]],
  [/\d{6}(?!\d)/y, ["%y%m%d", "%d%m%y"]],
  [new RegExp(`\\d{1,2}([-/. ])${MONTH}\\1\\d{4}(?!\\d)`, "iy"), ["%d$1%b$1%Y"]],
  [new RegExp(`\\d{1,2}([-/. ])${MONTH}\\1\\d\\d(?![\\d:])`, "iy"), ["%d$1%b$1%y"]],
  [new RegExp(`\\d{4}([-/. ])${MONTH}\\1\\d{1,2}(?!\\d)`, "iy"), ["%Y$1%b$1%d"]],
  [new RegExp(`${MONTH} +\\d{1,2}(,?) +\\d{4}(?!\\d)`, "iy"), ["%b %d$1 %Y"]],
  [new RegExp(`${MONTH} +\\d{1,2}(?!\\d)`, "iy"), ["%b %d"]],
  [new RegExp(`\\d{1,2}([- ])${MONTH}(?![a-z])`, "iy"), ["%d$1%b"]],
  [/\d\d([-/.])\d\d(?!\d)/y, ["%m$1%d", "%d$1%m"]],
  [/\d{4}(?!\d)/y, ["%m%d"]],
];
/** Times of day. Minutes alone are one only behind a date. */
const TIMES: readonly [RegExp, string][] = [
  [/\d{1,2}([:.-])\d{1,2}\1\d{1,2}(?!\d)/y, "%H$1%M$1%S"],
  [/\d{6}(?!\d)/y, "%H%M%S"],
  [/\d{1,2}:\d\d(?!\d)/y, "%H:%M"],
];
const JOIN = /T|, +| +- +| +|[_:,/-]/y;
const FRACTION = /([.,:])\d{1,9}(?!\d)/y;
const HALF = / ?[ap]m(?![a-z])/iy;
const ZONE = / ?(?:Z|[+-]\d\d:?\d\d|[+-]\d\d|UTC|GMT|[A-Z]{2,4}T)(?![A-Za-z0-9])/y;
const YEAR = / +(?:19|20)\d\d(?!\d)/y;
/** Seconds, milliseconds, microseconds, nanoseconds since the epoch. */
const EPOCH = /\d{10}(?:\.\d+)?(?![\d.])|(?:\d{13}|\d{16}|\d{19})(?!\d)/y;

/** What `regex` finds at `at`, as an array with its groups. */
function take(regex: RegExp, text: string, at: number): RegExpExecArray | null {
  regex.lastIndex = at;
  return regex.exec(text);
}

/** A time of day at `at` as a pattern, and where it ends. */
function timeAt(text: string, at: number, dated: boolean): { pattern: string; end: number } | null {
  for (const [regex, form] of TIMES) {
    const found = take(regex, text, at);
    if (found === null || !dated && form !== "%H$1%M$1%S" || !dated && found[1] !== ":") continue;
    let pattern = form.replaceAll("$1", found[1] ?? ""), end = at + found[0].length;
    const fraction = form.endsWith("%S") ? take(FRACTION, text, end) : null;
    if (fraction !== null) {
      pattern += `${fraction[1]}%f`;
      end += fraction[0].length;
    } else if (form.endsWith("%S")) pattern += ".%f"; // some lines may have one
    const half = take(HALF, text, end);
    if (half !== null) {
      pattern = `${pattern.replace("%H", "%I")}${half[0][0] === " " ? " " : ""}%p`;
      end += half[0].length;
    }
    const zone = take(ZONE, text, end);
    if (zone !== null) {
      pattern += zone[0][0] === " " ? " %z" : "%z";
      end += zone[0].length;
    }
    return { pattern, end };
  }
  return null;
}

/** The dates at `at` as patterns, each alone and with the time of day that follows. */
function datesAt(text: string, at: number, prefix: string): string[] {
  const patterns: string[] = [];
  for (const [regex, forms] of DATES) {
    const found = take(regex, text, at);
    if (found === null) continue;
    const end = at + found[0].length, join = take(JOIN, text, end);
    const time = join === null ? null : timeAt(text, end + join[0].length, true);
    const year = time === null ? null : take(YEAR, text, time.end);
    for (const form of forms) {
      const date = prefix + form.replaceAll("$1", found[1] ?? "");
      if (time !== null) {
        const whole = `${date}${join![0].replace(/ +/g, " ")}${time.pattern}`;
        if (year !== null && !/%y/i.test(date)) patterns.push(`${whole} %Y`);
        patterns.push(whole);
      }
      if (form !== "%m%d" || time !== null) patterns.push(date);
    }
  }
  return patterns;
}

/**
 * The patterns that a date, a time or both at `at` may have, the ones that say most first; none where none stands there.
 *
 * @param text A line.
 * @see TimePattern, which reads them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { guessTimes } from "./time_guess.ts";
 *
 * assert(guessTimes("[2026-03-02 10:00:00,123] up", 1)[0] === "%Y-%m-%d %H:%M:%S,%f");
 * assert(guessTimes("listening on 8080", 0).length === 0);
 * ```
 */
export function guessTimes(text: string, at: number): string[] {
  const first = text.charCodeAt(at);
  if (first - 48 >>> 0 > 9) {
    const weekday = take(WEEKDAY, text, at);
    if (weekday === null) return datesAt(text, at, "");
    return datesAt(text, at + weekday[0].length, `%a${weekday[1]} `);
  }
  const patterns = datesAt(text, at, ""), time = timeAt(text, at, false);
  if (time !== null) {
    const gap = take(JOIN, text, time.end);
    if (gap !== null) {
      const dates = datesAt(text, time.end + gap[0].length, "").filter((date) =>
        !date.includes("%H") && !/^%m%d$/.test(date)
      );
      patterns.push(...dates.map((date) => `${time.pattern}${gap[0].replace(/ +/g, " ")}${date}`));
    }
    patterns.push(time.pattern);
  }
  if (take(EPOCH, text, at) !== null) patterns.push("%s");
  return patterns;
}
