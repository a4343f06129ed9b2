/**
 * Times and spans of time as people write them, in ISO 8601; UTC unless they say otherwise.
 *
 * @module
 */

/** A span of time, ms since the epoch: `from <= time < to`. */
export interface WrittenSpan {
  from: number;
  to: number;
}

/**
 * Milliseconds since the epoch of a time.
 *
 * @param text Such as `2026-03-02T10:00`, `2026-03-02T10:00:00+01:00` or `2026-03-02`.
 * @throws {SyntaxError} if it is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseInstant } from "./time_span.ts";
 *
 * assert.equal(parseInstant("1970-01-01T01:00+01:00"), 0);
 * assert.equal(parseInstant("1970-01-01T00:01"), 60_000);
 * ```
 */
export function parseInstant(text: string): number {
  // What is not ISO 8601, or has a time and no zone, would be read by the clock of the machine's place.
  const isWritten = /^\d{4}(?:-\d\d(?:-\d\d)?)?(?:[t ]\d|$)/i.test(text);
  const isZoned = !text.includes(":") || /(?:z|[+-]\d\d:?\d\d)$/i.test(text);
  const value = isWritten ? Date.parse(isZoned ? text : `${text}Z`) : NaN;
  if (!Number.isNaN(value)) return value;
  throw new SyntaxError(`Cannot read a time: expected one such as 2026-03-02T10:00:00Z, got "${text}"`);
}

/**
 * A span of time: two times with a slash between them.
 *
 * @throws {SyntaxError} if it is none.
 * @throws {RangeError} if it ends before it begins.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseTimeSpan } from "./time_span.ts";
 *
 * assert.deepEqual(parseTimeSpan("1970-01-01T00:00/1970-01-01T00:01"), { from: 0, to: 60_000 });
 * ```
 */
export function parseTimeSpan(text: string): WrittenSpan {
  const parts = text.split("/");
  if (parts.length !== 2) {
    throw new SyntaxError(
      `Cannot read a span of time: expected FROM/TO such as 2026-03-02T10:00/2026-03-02T11:30, got "${text}"`,
    );
  }
  const [from, to] = parts.map(parseInstant);
  if (from < to) return { from, to };
  throw new RangeError(`Cannot read a span of time: it ends before it begins: "${text}"`);
}
