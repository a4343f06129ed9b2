/**
 * Times and levels: the fields of which a learner can be sure.
 *
 * @module
 */
import { TimestampReader } from "../timestamp_reader.ts";
import type { Field, LevelStyle } from "./field.ts";
import { Layout } from "./layout.ts";
import { endsHeader, type Growth, USUAL } from "./growth.ts";
import { type Cursors, open } from "./sample.ts";
import { TimeParts, TimePattern } from "./time_pattern.ts";
import { guessTimes } from "./time_guess.ts";

/** Lines from which patterns are guessed before all are asked: one pattern in 16 lines is not usual. */
const GUESSES = 16;
/** A date and a time have this many bytes at the most: `Wednesday, September 30, 2026 10:00:00.123456789 PM +00:00`. */
const TIME_BYTES = 64;
/** A pattern that fewer of them have is not worth asking all. */
const GUESSED = 0.2;
const YEAR = 366 * 86_400_000;
/** Numbers that count from the epoch lie this near to each other; random ones of ten digits are spread over 300 years. */
const EPOCH_SPAN = 10 * YEAR;
/** A gap, as it stands between fields. */
export const GAP: Field = { kind: "gap" };

/** Fields found in a growth, where they lead, and for which share of the lines. */
export interface Found {
  fields: Field[];
  at: Cursors;
  share: number;
}

/** The time that stands where the growth is, after `before`: the pattern that the most lines have, of these the likeliest. */
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

/** The patterns that a fair share of some lines have at their cursors. */
function patternsHere(growth: Growth, from: Cursors): string[] {
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

/** A field in this share of lines, which others lack, tells a layout from another. */
export const BRANCH = 0.3;
const STYLES: readonly LevelStyle[] = ["word", "letter", "facility", "priority"];
/** A level's column holds a known level in this share of lines at least; other words there are levels of the system's own. */
const KNOWN_LEVELS = 0.6;
/** `SeverityNumber` of the last level that is no warning. */
const CALM = 12;
/** A column of levels has this many different words at the most. */
const LEVEL_WORDS = 12;

/** The level that stands where the growth is, after `before`. */
export function levelHere(
  growth: Growth,
  before: readonly Field[] = [],
): Found | null {
  const from = before.length === 0 ? growth.at : growth.look(before).at;
  let best: Found | null = null;
  for (const style of STYLES) {
    const { at, share } = growth.look([{ kind: "level", style }], from);
    if (share < BRANCH) continue;
    const loose = growth.look([{ kind: "level", style, loose: true }], from);
    if (style === "letter" && !isLetterLevel(growth, at)) continue;
    const column = share >= KNOWN_LEVELS && loose.share >= USUAL &&
      (style === "letter" || isColumn(growth, from, loose.at));
    const found = column
      ? {
        fields: [...before, { kind: "level", style, loose: true } as Field],
        at: loose.at,
        share: loose.share,
      }
      : { fields: [...before, { kind: "level", style } as Field], at, share };
    if (best === null || found.share > best.share) best = found;
  }
  return best;
}

/** Whether the letters stand alone, or glued to a time: `E12` is no error. */
function isLetterLevel(growth: Growth, at: Cursors): boolean {
  const glued = growth.share((i) => at[i] >= 0 && growth.sample.byteAt(at, i) - 48 >>> 0 < 10);
  if (glued < BRANCH) return true;
  return patternsHere(growth, at).length > 0;
}

/** Whether what stands between the cursors are few words that are all written in capitals, or all not. */
function isColumn(growth: Growth, from: Cursors, to: Cursors): boolean {
  const words = new Set<string>();
  for (let i = 0; i < to.length; i++) if (to[i] >= 0) words.add(growth.sample.text(i, from[i], to[i]));
  const upper = [...words].filter((word) => word === word.toUpperCase()).length;
  return words.size <= LEVEL_WORDS && (upper === 0 || upper === words.size);
}

/** Takes a time or a level, at once or behind one, two or three words that then are the header's. */
export function takeCertain(growth: Growth, words: number, stop?: string): boolean {
  for (let count = 0; count <= words; count++) {
    const word: Field = { kind: "word", ...stop === undefined ? {} : { stop } };
    const before: Field[] = Array.from({ length: count }, () => [word, GAP]).flat();
    if (count > 0 && growth.look(before).share < USUAL) return false;
    for (const what of ["time", "level"] as const) {
      const found = what === "time" ? timeHere(growth, before) : levelHere(growth, before);
      if (found === null || found.share < USUAL) continue;
      growth.take(found.fields, found.at, { certainty: "sure", what, share: found.share });
      return true;
    }
  }
  return false;
}

/** Whether a level is one of several, calm ones among them: messages begin with `Error:`, columns hold `INFO`, too. */
function hasCalm(growth: Growth, { fields, at }: Found): boolean {
  const layout = new Layout(fields.map((field) => field.kind === "level" ? { ...field, used: true } : field));
  const seen = new Set<number>();
  for (let i = 0; i < at.length; i++) {
    if (at[i] < 0) continue;
    layout.read(growth.sample.bytes, growth.at[i], growth.sample.end[i]);
    seen.add(layout.severity);
  }
  return seen.size > 1 && [...seen].some((severity) => severity > 0 && severity <= CALM);
}

/** Goes on with the lines that have a time or a level here, where many but not most of them do. */
export function takeBranch(growth: Growth): boolean {
  if (growth.doubt > 0 || endsHeader(growth.marks.at(-1))) return false;
  for (const what of ["time", "level"] as const) {
    if (growth.marks.some((mark) => mark.what === what)) continue; // messages may begin with one
    const found = what === "time" ? timeHere(growth) : levelHere(growth);
    if (found === null || found.share < BRANCH || what === "level" && !hasCalm(growth, found)) continue;
    growth.take(found.fields, found.at, { certainty: "sure", what, share: 1 });
    return true;
  }
  return false;
}
