/**
 * What a source puts in front of a record that wasn't in its log: of a document its time, level and service.
 *
 * @module
 */
import { BEFORE_HEADER, BEFORE_MESSAGE } from "../source/elasticsearch/separators.ts";

/** What is looked at of a batch. */
interface Rows {
  bytes: Uint8Array;
  start: Int32Array;
  recordEnd: Int32Array;
  prefixed: boolean;
}

/**
 * Where the text of record `row` begins that its program wrote: its header where the document has it, else its message. Of a batch
 * without such additions it is where the record begins.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "./log_batch.ts";
 * import { textStart } from "./prefix.ts";
 *
 * const batch = new LogBatch(), line = "2026-03-02T10:00:00Z INFO sshd\x1eMar  2 10:00:00 shop sshd[42]: \x1faccepted";
 * batch.recordEnd[0] = new TextEncoder().encodeInto(line, batch.bytes).written;
 * assert.equal(textStart(batch, 0), 0);
 * batch.prefixed = true;
 * assert.equal(line.slice(textStart(batch, 0), -9), "Mar  2 10:00:00 shop sshd[42]: ");
 * ```
 */
export function textStart(batch: Rows, row: number): number {
  const start = batch.start[row], at = separatorOf(batch, row);
  return at < 0 ? start : at + 1;
}

/** Where people begin to read record `row`: its header where the document has it, else what was put in front. */
export function lineStart(batch: Rows, row: number): number {
  const start = batch.start[row], at = separatorOf(batch, row);
  return at >= 0 && batch.bytes[at] === BEFORE_HEADER ? at + 1 : start;
}

/** Offset of the first separator of record `row`; -1 = nothing was put in front of it. */
function separatorOf(batch: Rows, row: number): number {
  if (!batch.prefixed) return -1;
  const { bytes } = batch, end = batch.recordEnd[row];
  for (let p = batch.start[row]; p < end; p++) {
    if (bytes[p] === BEFORE_HEADER || bytes[p] === BEFORE_MESSAGE) return p;
  }
  return -1;
}

/**
 * The text of a record from {@linkcode lineStart} on, without separators.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readable } from "./prefix.ts";
 *
 * assert.equal(readable("Mar  2 10:00:00 shop sshd[42]: \x1faccepted"), "Mar  2 10:00:00 shop sshd[42]: accepted");
 * assert.equal(readable("2026-03-02T10:00:00Z INFO shop\x1fno stock"), "2026-03-02T10:00:00Z INFO shop no stock");
 * ```
 */
export function readable(text: string): string {
  const at = text.indexOf(String.fromCharCode(BEFORE_MESSAGE));
  if (at < 0) return text;
  const isApart = /\s$/.test(text.slice(0, at));
  return `${text.slice(0, at)}${isApart ? "" : " "}${text.slice(at + 1)}`;
}
