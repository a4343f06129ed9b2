/**
 * The time of an incident, and the times that it is compared with.
 *
 * @module
 */
import type { TimeSpan } from "../rows_within.ts";

const DAY = 86_400_000;
/** What is shown behind the incident: this part of its length, at the most six hours. */
const TAIL = { part: 0.5, most: DAY / 4 };

/** Spans of one incident, ms UTC, each `from <= time < to`. */
export interface StorySpan extends Required<TimeSpan> {
  /** As long, right before. */
  before: Required<TimeSpan>;
  /** As long, at the same time of the day before; of what lasts longer than a day, as many days before. */
  dayBefore: Required<TimeSpan>;
  /** Up to here records are counted for pictures. */
  until: number;
}

/**
 * The spans of an incident.
 *
 * @param incident When it was, ms.
 * @param lead Length of what comes before it and may have led to it, ms.
 * @throws {RangeError} if it doesn't end behind its beginning.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { storySpan } from "./story_span.ts";
 *
 * const hour = 3_600_000, { before, dayBefore, until } = storySpan({ from: 100 * hour, to: 102 * hour });
 * assert.deepEqual(before, { from: 98 * hour, to: 100 * hour });
 * assert.deepEqual(dayBefore, { from: 76 * hour, to: 78 * hour });
 * assert.equal(until, 103 * hour);
 * ```
 */
export function storySpan({ from: start, to }: Required<TimeSpan>, lead = 0): StorySpan {
  if (!(start < to)) {
    throw new RangeError(`Cannot tell an incident: it must end behind its beginning, got ${start} and ${to}`);
  }
  const from = start - lead, length = to - from, days = DAY * Math.ceil(length / DAY);
  return {
    ...{ from, to },
    before: { from: from - length, to: from },
    dayBefore: { from: from - days, to: to - days },
    until: to + Math.min(TAIL.most, TAIL.part * length),
  };
}

/** Whether a time lies in a span. */
export function isWithin(time: number, { from, to }: Required<TimeSpan>): boolean {
  return time >= from && time < to;
}
