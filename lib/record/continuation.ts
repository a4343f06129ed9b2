/**
 * Whether a line without a header goes on with the record before it.
 *
 * @module
 */
import type { LogBatch } from "./log_batch.ts";

/** Bytes of a line that are looked at. */
const LOOKED_AT = 200;

/** Frames and their frames: `at …`, `... 12 more`, `Caused by: …`, brackets that close, what Python, Go and .NET write around theirs. */
const FRAME = new RegExp(
  "^(?:" + [
    "at |\\.\\.\\.|Caused by: |Suppressed: |[)\\]}]",
    "Traceback \\(most recent|During handling of the above|The above exception was",
    "goroutine \\d+ \\[|created by [\\w./]|\\[signal |exit status \\d|Node\\.js v\\d|---> |--- End of ",
    "[\\w./~-]+\\.\\S*?\\((?:\\)$|0x|\\{0x|\\.\\.\\.|_)", // Go: net/http.(*conn).serve(0xc000010000)
  ].join("|") + ")",
);

/**
 * A line that begins with the name of an exception's class, `java.io.IOException: gone`, `KeyboardInterrupt`, `shop.errors.Declined: no`,
 * or with what says that nobody caught it: `panic: …`, `Unhandled exception. …`, the place where Node stopped.
 */
const EXCEPTION = new RegExp(
  "^(?:" + [
    "(?:[A-Za-z_$][\\w$]*\\.)*[A-Za-z_$][\\w$]*(?:Exception|Error|Throwable|Failure|Warning|Interrupt|Exit)(?::|\\s|$)",
    "(?:[a-z_]\\w*\\.)+[A-Z]\\w*(?::|$)",
    "Exception in thread |Unhandled exception|Uncaught |panic: |fatal error: |(?:/|file:///|node:)\\S+:\\d+$",
  ].join("|") + ")",
);

/**
 * What a line without a header is: `part` of the record before, certainly (blank, indented, a stack frame, a closing bracket);
 * `exception` (begins with the name of one: part of a record, but not of one without end); `other`, which could be a record of
 * its own.
 */
export type LineKind = "part" | "exception" | "other";

/**
 * Tells what a line without a header is, by its first bytes alone.
 *
 * @param batch The batch.
 * @param start Offset of its first byte.
 * @param end Offset behind its last one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kindOfLine } from "./continuation.ts";
 * import { LogBatch } from "./log_batch.ts";
 *
 * const batch = new LogBatch();
 * const kindOf = (line: string) => kindOfLine(batch, 0, new TextEncoder().encodeInto(line, batch.bytes).written);
 * assert.deepEqual(["  at main", "IOError: gone", "started"].map(kindOf), ["part", "exception", "other"]);
 * ```
 */
export function kindOfLine(batch: LogBatch, start: number, end: number): LineKind {
  const first = start < end ? batch.bytes[start] : 32;
  if (first === 32 || first === 9) return "part";
  const text = batch.text(start, Math.min(end, start + LOOKED_AT));
  return FRAME.test(text) ? "part" : EXCEPTION.test(text) ? "exception" : "other";
}
