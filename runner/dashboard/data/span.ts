/**
 * The span of time that a view is about.
 *
 * @module
 */
import { FINE_KEPT, SLOT_SIZES } from "../../../lib/mod.ts";
import { parseDuration } from "../../config/duration.ts";
import { parseInstant } from "../../config/time_span.ts";

/** A span of time, and how fine it is shown. Times are milliseconds since the epoch. */
export interface Span {
  from: number;
  /** Not included. */
  to: number;
  /** Name of the time zone that times are shown in, such as `Europe/Berlin`. */
  zone: string;
  /** The length that was asked for, such as `24h`; `null` = two fixed times were named. */
  last: string | null;
  /** Whether it ends with the newest data, and goes on with it. */
  isLive: boolean;
  /** Length of a slot of its series, ms; slots start at multiples of it. */
  slot: number;
  /** Length of the slots that services and templates are summed up from, ms: the same or longer. */
  coarse: number;
}

/** How a span is asked for. */
export interface SpanWords {
  last?: string;
  from?: string;
  to?: string;
  zone?: string;
}

/** A span that can't be understood, in words for whoever asked. */
export class SpanError extends Error {
  override readonly name = "SpanError";
}

const [FINE, HOUR, DAY] = SLOT_SIZES;
/** Longest spans that are shown by five minutes, by five minutes over sums of hours, and by hours, ms. */
const SHORT = 6 * HOUR, MIDDLE = 26 * HOUR, LONG = 11 * DAY;
/** Longest span, ms. */
const LONGEST = 3660 * DAY;
/** What is shown where nobody asks for anything else. */
const USUAL = "24h";

/**
 * The span that words mean. It begins and ends with its slots, so it may be a little longer than asked for.
 *
 * @param end Where a span ends that goes on, ms.
 * @throws {SpanError} if they mean none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { spanOf } from "./span.ts";
 *
 * const { from, to, slot, isLive } = spanOf({ last: "1h" }, Date.UTC(2026, 2, 2, 10, 4));
 * assert.deepEqual([from, to], [Date.UTC(2026, 2, 2, 9), Date.UTC(2026, 2, 2, 10, 5)]);
 * assert.ok(slot === 300_000 && isLive);
 * assert.throws(() => spanOf({ zone: "Mars/North" }, 0), /Cannot show times of Mars\/North: there is no such time zone/);
 * ```
 */
export function spanOf({ last, from, to, zone = "UTC" }: SpanWords, end: number): Span {
  checkZone(zone);
  if (from === undefined && to === undefined) {
    const length = lengthOf(last ?? USUAL);
    return { ...aligned(end - length, end + 1, end), zone, last: last ?? USUAL, isLive: true };
  }
  const until = to === undefined ? end + 1 : instantOf("to", to);
  const since = from === undefined ? until - lengthOf(last ?? USUAL) : instantOf("from", from);
  if (!(since < until)) throw new SpanError("Cannot show that span: it ends before it begins");
  return { ...aligned(since, until, end), zone, last: null, isLive: to === undefined };
}

function aligned(from: number, to: number, end: number): Pick<Span, "from" | "to" | "slot" | "coarse"> {
  const length = to - from;
  if (length > LONGEST) throw new SpanError("Cannot show that span: ten years are the most");
  const isFine = from >= end - FINE_KEPT + DAY;
  const slot = length > LONG ? DAY : length > MIDDLE || !isFine ? HOUR : FINE;
  const coarse = length > SHORT ? Math.max(slot, HOUR) : slot;
  return { from: Math.floor(from / coarse) * coarse, to: Math.ceil(to / coarse) * coarse, slot, coarse };
}

function lengthOf(text: string): number {
  try {
    const length = parseDuration(text);
    if (length > 0) return length;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new SpanError(`Cannot show the last ${text}: expected a length of time such as 24h or 7d`);
}

function instantOf(name: string, text: string): number {
  if (/^-?\d{1,16}$/.test(text)) return Number(text);
  try {
    return parseInstant(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SpanError(`Cannot read ${name}: expected a time such as 2026-03-02T10:00, got ${text}`);
  }
}

function checkZone(zone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SpanError(
      `Cannot show times of ${zone}: there is no such time zone; expected such as Europe/Berlin`,
    );
  }
}

/** Starts of the slots of a span, ms. */
export function slotsOf({ from, to, slot }: Pick<Span, "from" | "to" | "slot">): number[] {
  return Array.from({ length: Math.ceil((to - from) / slot) }, (_, i) => from + i * slot);
}
