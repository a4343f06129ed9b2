/**
 * What is known of how lines come from a source: one of the inputs that the settings name.
 *
 * A source is looked at whenever its stream is read. What came between two looks came after the first of them, and what did not come
 * by a look had not come: so silence and delay are never taken for longer than they certainly were, however seldom one looks, and
 * what passes while nobody looks is neither.
 *
 * @module
 */
import { savedFields } from "../../lib/mod.ts";
import type { SeenSource } from "../detect/seen_sources.ts";

const { amount, arrayOf, fieldsOf, integer, nullOr, number, pairOf, refuse, text } = savedFields("a source");

const VERSION = 1, DAY = 86_400_000;
/** Days of which the longest silence is known. */
const DAYS = 14;
/** Records that their share of what fits the format is told of. */
const ENOUGH = 100;

/** Plain data; times are ms since the epoch. */
export interface WatchedSource {
  version: 1;
  /** When it was looked at first, and last. */
  since: number;
  lookedAt: number;
  /** When something was there last that had not been there before; the first look counts. */
  deliveredAt: number;
  /** Latest time among its records; `null` = none has one. */
  newest: number | null;
  /** How old the newest of what came last was when it came, at the least; 0 = it came in time. */
  delay: number;
  /** The longest silence that ended on a day (of the first moment, ms), latest last; 0 = there was none. */
  silences: [day: number, longest: number][];
  /** Records, and those that were not understood, since their share was told. */
  read: number;
  unparsed: number;
  /** Part of the records that fits the format, 0–1; `null` = too few were read. */
  parsed: number | null;
  /** Why it can't be read; empty = it can. */
  problem: string;
}

/** What a look at a source saw. */
export interface SourceLook extends Omit<SeenSource, "source"> {
  /** Why it could not be read; empty = it could. */
  problem: string;
  /** When, ms since the epoch. */
  now: number;
  /** Longest silence that is usual, ms: a longer one is not learned from. Default: any is. */
  usual?: number;
}

/**
 * A source after another look.
 *
 * @param before `null` = it was never looked at.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lookedAt } from "./watched_source.ts";
 *
 * const nothing = { records: 0, unparsed: 0, newest: null, problem: "" };
 * const first = lookedAt(null, { ...nothing, records: 5, newest: 900, now: 1_000 });
 * const second = lookedAt(first, { ...nothing, newest: 900, now: 2_000 });
 * assert.deepEqual([second.lookedAt, second.deliveredAt], [2_000, 1_000]);
 * const third = lookedAt(second, { ...nothing, records: 1, newest: 1_500, now: 9_000 });
 * assert.equal(third.delay, 500); // it came after the second look
 * ```
 */
export function lookedAt(before: WatchedSource | null, look: SourceLook): WatchedSource {
  const { now, problem } = look, known = before === null ? newSource(now) : notAhead(before, now);
  const newest = latest(known.newest, look.newest);
  if (problem !== "") return { ...known, newest, problem };
  const hasCome = look.records > 0 || newest !== known.newest;
  const looked = { ...known, newest, problem, lookedAt: now };
  if (!hasCome) return { ...looked, silences: dayOf(known.silences, now, 0) };
  const silence = before === null ? 0 : known.lookedAt - known.deliveredAt;
  return {
    ...looked,
    ...shareOf(known, look),
    deliveredAt: looked.lookedAt,
    delay: before === null || newest === null ? 0 : Math.max(0, known.lookedAt - newest),
    silences: dayOf(known.silences, now, silence <= (look.usual ?? Infinity) ? silence : 0),
  };
}

/** A clock that was put back: what lies ahead of it is as if it were now. */
function notAhead(source: WatchedSource, now: number): WatchedSource {
  const { since, lookedAt, deliveredAt } = source;
  if (lookedAt <= now) return source;
  return { ...source, since: Math.min(since, now), lookedAt: now, deliveredAt: Math.min(deliveredAt, now) };
}

function newSource(now: number): WatchedSource {
  return {
    ...{
      version: VERSION,
      since: now,
      lookedAt: now,
      deliveredAt: now,
      newest: null,
      delay: 0,
      silences: [],
    },
    ...{ read: 0, unparsed: 0, parsed: null, problem: "" },
  };
}

function latest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

/** The days with a silence that ended today; the oldest is forgotten. */
function dayOf(silences: WatchedSource["silences"], now: number, silence: number): WatchedSource["silences"] {
  const day = Math.floor(now / DAY) * DAY, last = silences.at(-1);
  if (last === undefined || last[0] < day) {
    return [...silences, [day, silence] as [number, number]].slice(-DAYS);
  }
  return last[1] >= silence ? silences : [...silences.slice(0, -1), [last[0], silence]];
}

function shareOf(
  { read, unparsed, parsed }: WatchedSource,
  look: SourceLook,
): Pick<WatchedSource, "read" | "unparsed" | "parsed"> {
  const all = read + look.records, bad = unparsed + look.unparsed;
  return all < ENOUGH
    ? { read: all, unparsed: bad, parsed }
    : { read: 0, unparsed: 0, parsed: 1 - bad / all };
}

/**
 * A source as it was saved.
 *
 * @throws {TypeError} if it is not of this version, or something in it is of the wrong type.
 */
export function readWatchedSource(saved: unknown): WatchedSource {
  const fields = fieldsOf(saved, "source"), { problem, silences } = fields;
  if (fields.version !== VERSION) refuse("version", `${VERSION}`, fields.version);
  return {
    version: VERSION,
    since: number(fields.since, "since"),
    lookedAt: number(fields.lookedAt, "lookedAt"),
    deliveredAt: number(fields.deliveredAt, "deliveredAt"),
    newest: nullOr(fields.newest, "newest", number),
    delay: amount(fields.delay, "delay"),
    silences: arrayOf(silences, "silences", (pair, path) => pairOf(pair, path, number, amount)),
    read: integer(fields.read, "read"),
    unparsed: integer(fields.unparsed, "unparsed"),
    parsed: nullOr(fields.parsed, "parsed", amount),
    problem: text(problem, "problem"),
  };
}
