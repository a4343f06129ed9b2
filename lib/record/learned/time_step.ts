/**
 * Finds the time that stands at one place of many lines.
 *
 * @module
 */
import { TimestampReader } from "../timestamp_reader.ts";
import type { Field } from "./field.ts";
import type { Growth } from "./growth.ts";
import { type Cursors, open } from "./sample.ts";
import { guessTimes } from "./time_guess.ts";
import { TimeParts } from "./time_parts.ts";
import { TimePattern } from "./time_pattern.ts";

/** Lines from which patterns are guessed before all are asked: one pattern in 16 lines is not usual. */
const GUESSES = 16;
/** A date and a time have this many bytes at the most: `Wednesday, September 30, 2026 10:00:00.123456789 PM +00:00`. */
const TIME_BYTES = 64;
/** A pattern that fewer of them have is not worth asking all. */
const GUESSED = 0.2;
const YEAR = 366 * 86_400_000;
/** Numbers that count from the epoch lie this near to each other; random ones of ten digits are spread over 300 years. */
const EPOCH_SPAN = 10 * YEAR;
/** A field in this share of lines, which others lack, tells a layout from another. */
export const BRANCH = 0.3;

/** Fields found in a growth, where they lead, and for which share of the lines. */
export interface Found {
  fields: Field[];
  at: Cursors;
  share: number;
}

/**
 * The time that stands where the growth is, after `before`: the pattern that the most lines have, of these the likeliest.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { timeHere } from "./time_step.ts";
 * import { Growth } from "./growth.ts";
 * import { Sample } from "./sample.ts";
 *
 * const growth = new Growth(Sample.ofLines(["02.03.2026 10:00:00 up", "13.03.2026 10:00:07 down"]));
 * assert.deepEqual(timeHere(growth)?.fields, [{ kind: "time", pattern: "%d.%m.%Y %H:%M:%S.%f" }]);
 * ```
 */
export function timeHere(growth: Growth, before: readonly Field[] = []): Found | null {
  const from = before.length === 0 ? growth.at : growth.look(before).at;
  let best: Found | null = null, most = 0;
  for (const pattern of patternsHere(growth, from)) {
    const field: Field = { kind: "time", pattern }, at = growth.sample.advance([field], from);
    const share = open(at) / Math.max(1, growth.count);
    if (share < BRANCH) continue;
    const rank = 100 * share + likelihood(pattern, growth, from);
    if (rank > most) [best, most] = [{ fields: [...before, field], at, share }, rank];
  }
  return best;
}

/**
 * The patterns that a fair share of some lines have at their cursors.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { Sample } from "./sample.ts";
 * import { patternsHere } from "./time_step.ts";
 *
 * const growth = new Growth(Sample.ofLines(["1772445600 up"]));
 * assert.deepEqual(patternsHere(growth, growth.at), ["%s"]);
 * ```
 */
export function patternsHere(growth: Growth, from: Cursors): string[] {
  const { sample } = growth, guesses = new Map<string, number>(), rows: number[] = [];
  for (let i = 0; i < from.length; i++) if (from[i] >= 0) rows.push(i);
  const step = Math.max(1, Math.ceil(rows.length / GUESSES)), asked = Math.ceil(rows.length / step);
  for (let k = 0; k < rows.length; k += step) {
    const i = rows[k];
    if (!isTimeByte(sample.byteAt(from, i))) continue;
    for (
      const pattern of guessTimes(sample.text(i, from[i], Math.min(sample.end[i], from[i] + TIME_BYTES)), 0)
    ) {
      guesses.set(pattern, (guesses.get(pattern) ?? 0) + 1);
    }
  }
  return [...guesses.keys()].filter((pattern) => guesses.get(pattern)! >= GUESSED * asked);
}

/** A digit, or the first letter of a month or a day. */
function isTimeByte(byte: number): boolean {
  return byte - 48 >>> 0 < 10 || byte >= 0 && "jfmasondtw".includes(String.fromCharCode(byte | 32));
}

/**
 * How likely a pattern is, beside others that as many lines have: the one that says more; of orders of day, month and year the one
 * whose times lie nearest together, for a log is written in less time than any wrong order would have it.
 */
function likelihood(pattern: string, growth: Growth, from: Cursors): number {
  const times = timesOf(pattern, growth, from), span = spanOf(times);
  if (pattern === "%s") return span > EPOCH_SPAN ? -1000 : 1;
  const said = pattern.length / 10,
    usual = /%[md]\/%[md]\/%Y/.test(pattern) && pattern.startsWith("%m") ? 0.02 : 0;
  return said + usual - Math.log2(1 + span / 86_400_000) / 10;
}

/** The times of the sample by one pattern, NaN where a line has none. */
function timesOf(pattern: string, growth: Growth, from: Cursors): number[] {
  const { sample } = growth, reader = new TimestampReader(), parts = new TimeParts();
  const matcher = new TimePattern(pattern), times: number[] = [];
  for (let i = 0; i < from.length; i++) {
    if (from[i] < 0) continue;
    parts.reset();
    const behind = matcher.match(sample.bytes, from[i], sample.end[i], parts);
    times.push(behind < 0 ? NaN : parts.time(reader, 0));
  }
  return times;
}

function spanOf(times: number[]): number {
  let least = Infinity, most = -Infinity;
  for (const time of times) {
    if (time < least) least = time;
    if (time > most) most = time;
  }
  return most > least ? most - least : 0;
}
