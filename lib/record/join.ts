/**
 * Physical lines → records.
 *
 * @module
 */
import type { LogBatch } from "./log_batch.ts";

/** How {@linkcode joinLines} joins. */
export interface JoinOptions {
  /** Whether a record was begun in an earlier batch, so that lines at the front continue it. */
  begun: boolean;
  /** Bytes of a record at the most; lines beyond are counted but no longer part of its text. */
  recordLimit?: number;
}

/**
 * Joins each line whose header didn't parse to the record before it, in one compacting pass: `recordEnd` and `lines` grow,
 * the content stays that of the first line. Lines at the front that continue a record of an earlier batch are counted in
 * `batch.continued`; before any record was begun they stay rows.
 *
 * @returns Whether a record is begun now.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { joinLines } from "./join.ts";
 * import { findLines } from "./lines.ts";
 * import { LogBatch } from "./log_batch.ts";
 *
 * const batch = new LogBatch();
 * const { written } = new TextEncoder().encodeInto("failed\n  at main\nstopped\n", batch.bytes);
 * findLines(batch, written);
 * batch.parsed.set([1, 0, 1]);
 * joinLines(batch, { begun: false });
 * assert(batch.length === 2 && batch.lines[0] === 2);
 * ```
 */
export function joinLines(batch: LogBatch, options: JoinOptions): boolean {
  const { parsed, recordEnd, lines, length, start } = batch;
  const limit = options.recordLimit ?? Infinity;
  let begun = options.begun, rows = 0;
  batch.continued = 0;
  for (let i = 0; i < length; i++) {
    if (parsed[i] === 1) begun = true;
    else if (begun) {
      if (rows === 0) batch.continued++;
      else {
        lines[rows - 1]++;
        if (recordEnd[i] - start[rows - 1] <= limit) recordEnd[rows - 1] = recordEnd[i];
      }
      continue;
    }
    if (rows !== i) moveRow(batch, i, rows);
    rows++;
  }
  batch.length = rows;
  return begun;
}

function moveRow(batch: LogBatch, from: number, to: number): void {
  batch.start[to] = batch.start[from];
  batch.contentStart[to] = batch.contentStart[from];
  batch.contentEnd[to] = batch.contentEnd[from];
  batch.recordEnd[to] = batch.recordEnd[from];
  batch.lines[to] = batch.lines[from];
  batch.parsed[to] = batch.parsed[from];
  batch.timestamp[to] = batch.timestamp[from];
  batch.severity[to] = batch.severity[from];
  batch.service[to] = batch.service[from];
}
