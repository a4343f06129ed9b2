/**
 * Times as people write them.
 *
 * @module
 */

/**
 * A time as people write it, ms since the epoch.
 *
 * @param time ISO 8601, UTC unless it says otherwise, or ms already; empty or left out = none.
 * @throws {RangeError} if it is no time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { timeOf } from "./time_of.ts";
 *
 * assert.equal(timeOf("2026-03-02T10:00"), Date.UTC(2026, 2, 2, 10));
 * assert.equal(timeOf(""), undefined);
 * ```
 */
export function timeOf(time: string | number | undefined): number | undefined {
  if (time === undefined || time === "") return undefined;
  const ms = typeof time === "number" ? time : parsed(time);
  if (!Number.isNaN(ms)) return ms;
  throw new RangeError(
    `Cannot read a time: expected one such as 2026-03-02T10:00:00Z, current value is ${time}`,
  );
}

/** NaN where it is no time. What is not ISO 8601 would be read by the clock of the machine's place. */
function parsed(text: string): number {
  if (!/^\d{4}(?:-\d\d(?:-\d\d)?)?(?:[t ]\d|$)/i.test(text)) return NaN;
  const isZoned = !text.includes(":") || /(?:z|[+-]\d\d:?\d\d)$/i.test(text);
  return Date.parse(isZoned ? text : `${text}Z`);
}
