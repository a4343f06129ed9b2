/**
 * Which process or thread wrote a line.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import { textStart } from "../../record/prefix.ts";
import { BEFORE_MESSAGE } from "../../source/elasticsearch/separators.ts";

/** Bytes of a name looked at, at the most. */
const LONGEST = 96;

/**
 * A number for the process or thread that wrote the record: a hash of the header's last word that names one in brackets
 * (`sshd[4242]`, `[worker-3]`), else of its last word in front of a colon (`kernel:`), else 0. Two chains may share a number.
 *
 * @param row A record with its template: only the header's bytes are read, from behind.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../../record/log_batch.ts";
 * import { chainOf } from "./chain.ts";
 *
 * const batch = new LogBatch();
 * const chain = (header: string) => {
 *   batch.contentStart[0] = new TextEncoder().encodeInto(header, batch.bytes).written;
 *   return chainOf(batch, 0);
 * };
 * assert.equal(chain("Mar 1 10:00:00 shop sshd[42]: "), chain("Mar 1 11:11:11 shop sshd[42]: "));
 * assert.notEqual(chain("Mar 1 10:00:00 shop sshd[42]: "), chain("Mar 1 10:00:00 shop sshd[43]: "));
 * assert.equal(chain("192.0.2.1 - - [01/Mar/2024:10:00:00 +0000] "), 0); // a time names nobody
 * ```
 */
export function chainOf(batch: LogBatch, row: number): number {
  const { bytes } = batch, start = textStart(batch, row);
  let end = batch.contentStart[row], colon = -1;
  while (end > start && end > batch.contentStart[row] - 4 * LONGEST) {
    while (end > start && isBlank(bytes[end - 1])) end--;
    const from = wordStart(bytes, start, end), last = bytes[end - 1] === COLON ? end - 1 : end;
    if (last > from && bytes[last - 1] === CLOSING && names(bytes, from, last)) {
      return hashOf(bytes, from, last);
    }
    if (colon < 0 && last < end && last > from && isName(bytes, from, last)) {
      colon = hashOf(bytes, from, last);
    }
    end = from;
  }
  return colon < 0 ? 0 : colon;
}

const COLON = 58, OPENING = 91, CLOSING = 93;

/** Blanks stand between words, and so does what some headers use instead. */
function isBlank(byte: number): boolean {
  return byte === 32 || byte === BEFORE_MESSAGE || byte === 9 || byte === 45 || byte === 124;
}

function wordStart(bytes: Uint8Array, start: number, end: number): number {
  while (end > start && bytes[end - 1] !== 32 && bytes[end - 1] !== 9) end--;
  return end;
}

/** Whether the word `bytes[from, last)` ends in brackets with a name in them, not a time or a level alone. */
function names(bytes: Uint8Array, from: number, last: number): boolean {
  let open = last - 2;
  while (open > from && bytes[open] !== OPENING) open--;
  return bytes[open] === OPENING && isName(bytes, open + 1, last - 1) &&
    (open > from || hasDigit(bytes, open, last));
}

/** Letters, digits and what joins them; colons and slashes are of times and paths. */
function isName(bytes: Uint8Array, from: number, to: number): boolean {
  if (to <= from || to - from > LONGEST) return false;
  for (let i = from; i < to; i++) {
    const byte = bytes[i];
    if (byte === COLON || byte === 47 || byte === OPENING || byte === CLOSING || byte < 33) return false;
  }
  return true;
}

function hasDigit(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] - 48 >>> 0 < 10) return true;
  return false;
}

/** FNV-1a (Fowler, Noll, Vo); never 0. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash === 0 ? 1 : hash;
}
