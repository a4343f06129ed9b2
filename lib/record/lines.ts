/**
 * Bytes → physical lines.
 *
 * @module
 */
import { isUtf8 } from "node:buffer";
import type { LogBatch } from "./log_batch.ts";

/** Bytes of one line at the most; what is longer is cut there. */
export const LINE_LIMIT = 65_536;

const TAB = 9;

/** What a pass over a batch's bytes found. */
export interface LinesFound {
  /** Offset in the buffer behind the last line and its newline. */
  consumed: number;
  /** Rows that were cut at the limit. */
  cut: number;
  /** The first of them, -1 where there is none. */
  firstCut: number;
  /** Rows with a NUL byte in them. */
  nul: number;
  /** The first of them, -1 where there is none. */
  firstNul: number;
  /** Whether every byte looked at is ASCII. */
  ascii: boolean;
}

/** How {@linkcode findLines} reads. */
export interface FindLinesOptions {
  /** Bytes of one line at the most, without its line ending; default {@linkcode LINE_LIMIT}. */
  limit?: number;
  /** Whether the bytes behind the last newline are a line too, because nothing follows; default false. */
  final?: boolean;
}

/**
 * Finds the lines of `bytes[0, available)`: fills `start`, `recordEnd` (without newline and a carriage return before it)
 * and `lines`, and sets `length`. Stops when the columns are full; what is left is for the next batch.
 *
 * Lines end with LF or CRLF. A line longer than the limit is cut there, before a UTF-8 sequence that would be divided.
 *
 * @param available Bytes in the buffer.
 *
 * @example The bytes behind the last newline stay
 * ```ts
 * import assert from "node:assert/strict";
 * import { findLines } from "./lines.ts";
 * import { LogBatch } from "./log_batch.ts";
 *
 * const batch = new LogBatch();
 * const { written } = new TextEncoder().encodeInto("one\r\n\ntwo\nthr", batch.bytes);
 * const found = findLines(batch, written);
 * assert(batch.length === 3 && found.consumed === 10);
 * assert(batch.text(batch.start[0], batch.recordEnd[0]) === "one");
 * ```
 */
export function findLines(batch: LogBatch, available: number, options: FindLinesOptions = {}): LinesFound {
  const { bytes, words, start, recordEnd, capacity } = batch, limit = options.limit ?? LINE_LIMIT;
  const found: LinesFound = { consumed: 0, cut: 0, firstCut: -1, nul: 0, firstNul: -1, ascii: true };
  const rest = available & 3;
  if (rest > 0) bytes.fill(TAB, available, available + 4 - rest); // the last word ends in bytes that are no line
  const count = available + 3 >> 2;
  let rows = 0, lineStart = 0, hasNul = false, high = 0;
  // for (let p = 0; p < available; p++) if (bytes[p] === 0) hasNul = true; else if (bytes[p] === 10) end the line;
  // four bytes at a time: the expression is 0 unless one of them is under 11 (NUL, tab, newline, …)
  for (let w = 0; w < count && rows < capacity; w++) {
    let word = words[w];
    high |= word;
    while ((word - 0x0b0b0b0b & ~word & 0x80808080) === 0 && ++w < count) {
      word = words[w];
      high |= word;
    }
    for (let p = w << 2, stop = Math.min(p + 4, available); p < stop; p++) {
      const byte = bytes[p];
      if (byte === 0) hasNul = true;
      if (byte !== 10 || rows === capacity) continue;
      start[rows] = lineStart;
      recordEnd[rows] = p > lineStart && bytes[p - 1] === 13 ? p - 1 : p;
      if (hasNul || p - lineStart > limit) {
        special(batch, rows, { found, hasNul, limit });
        hasNul = false;
      }
      rows++;
      lineStart = p + 1;
    }
  }
  if (options.final && rows < capacity && lineStart < available) {
    start[rows] = lineStart;
    recordEnd[rows] = available;
    special(batch, rows++, { found, hasNul, limit });
    lineStart = available;
  }
  batch.length = rows;
  batch.lines.fill(1, 0, rows);
  found.consumed = lineStart;
  found.ascii = (high & 0x80808080) === 0;
  return found;
}

/** A row with a NUL byte, or so long that it is cut. */
function special(
  batch: LogBatch,
  row: number,
  line: { found: LinesFound; hasNul: boolean; limit: number },
): void {
  const { found, hasNul, limit } = line;
  if (hasNul && found.nul++ === 0) found.firstNul = row;
  if (batch.recordEnd[row] - batch.start[row] <= limit) return;
  batch.recordEnd[row] = cutEnd(batch.bytes, batch.start[row], limit);
  if (found.cut++ === 0) found.firstCut = row;
}

/**
 * Where a line that starts at `start` is cut: after `limit` bytes, or up to three before so that no UTF-8 sequence is divided.
 *
 * @param limit Bytes of the line at the most.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cutEnd } from "./lines.ts";
 *
 * const bytes = new TextEncoder().encode("aé…");
 * assert(cutEnd(bytes, 0, 2) === 1); // é has two bytes
 * ```
 */
export function cutEnd(bytes: Uint8Array, start: number, limit: number): number {
  const end = start + limit;
  let cut = end;
  while (cut > start && cut > end - 4 && (bytes[cut] & 0xc0) === 0x80) cut--;
  return (bytes[cut] & 0xc0) === 0xc0 ? cut : end;
}

/**
 * How many rows hold invalid UTF-8, and the first of them (-1 where there is none).
 *
 * @param end Offset behind the last row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { findLines, invalidUtf8 } from "./lines.ts";
 * import { LogBatch } from "./log_batch.ts";
 *
 * const batch = new LogBatch();
 * batch.bytes.set([0x61, 0x0a, 0xff, 0x0a]);
 * const { consumed } = findLines(batch, 4);
 * assert(invalidUtf8(batch, consumed).first === 1);
 * ```
 */
export function invalidUtf8(batch: LogBatch, end: number): { count: number; first: number } {
  const { bytes } = batch;
  let count = 0, first = -1;
  if (batch.length === 0 || isUtf8(bytes.subarray(batch.start[0], end))) return { count, first };
  for (let i = 0; i < batch.length; i++) {
    if (isUtf8(bytes.subarray(batch.start[i], batch.recordEnd[i]))) continue;
    if (count++ === 0) first = i;
  }
  return { count, first };
}
