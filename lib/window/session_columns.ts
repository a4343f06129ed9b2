/**
 * The columns of session windows.
 *
 * @module
 */

import type { Facts } from "./facts.ts";

/** The number has a window. */
export const LIVE = 1;
/** The window has come out under its present identity. */
export const EMITTED = 2;
/** It has changed since. */
export const CHANGED = 4;
/** A further window of a key, reached by `next` from the key's own number. */
export const EXTRA = 8;

type Column = Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

function grown<C extends Column>(column: C, length: number): C {
  const larger = new (column.constructor as new (length: number) => C)(length);
  larger.set(column);
  return larger;
}

/**
 * What is known of each session window, by its number: 37 bytes a window, no object.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LIVE, SessionColumns } from "./session_columns.ts";
 *
 * const columns = new SessionColumns();
 * columns.makeRoom(2000);
 * columns.flags[1999] = LIVE;
 * columns.move(1999, 0);
 * assert(columns.flags[0] === LIVE && columns.flags[1999] === 0);
 * ```
 */
export class SessionColumns {
  /** {@linkcode LIVE}, {@linkcode EMITTED}, {@linkcode CHANGED}, {@linkcode EXTRA}; 0 = no window. */
  flags = new Uint8Array(0);
  /** Time of the first record, NaN where none has a time. */
  first = new Float64Array(0);
  /** Time of the last record. */
  last = new Float64Array(0);
  /** Number of the count vector; negative = in cells. Where a sequence is kept it stands for no more than what came out last. */
  vector = new Int32Array(0);
  /** Records. */
  lines = new Int32Array(0);
  /** Service of the first record; of equally early ones the first by name. */
  service = new Int32Array(0);
  /** Further window of the same key, -1 = none. */
  next = new Int32Array(0);
  /** Number of the sequence of its events; -1 = no order is kept. */
  sequence = new Int32Array(0);
  /** What collectors noted, by window; most have nothing. */
  readonly facts = new Map<number, Facts>();

  /** Makes room for numbers below `capacity`. */
  makeRoom(capacity: number): void {
    if (capacity <= this.flags.length) return;
    this.flags = grown(this.flags, capacity);
    this.first = grown(this.first, capacity);
    this.last = grown(this.last, capacity);
    this.vector = grown(this.vector, capacity);
    this.lines = grown(this.lines, capacity);
    this.service = grown(this.service, capacity);
    this.next = grown(this.next, capacity);
    this.sequence = grown(this.sequence, capacity);
  }

  /** Puts the window of one number, but for its being an extra one, under another; the first is free then. */
  move(from: number, to: number): void {
    const flags = (this.flags[from] & ~EXTRA) | (this.flags[to] & EXTRA);
    this.first[to] = this.first[from];
    this.last[to] = this.last[from];
    this.vector[to] = this.vector[from];
    this.lines[to] = this.lines[from];
    this.service[to] = this.service[from];
    this.next[to] = this.next[from];
    this.sequence[to] = this.sequence[from];
    const facts = this.facts.get(from);
    this.free(to);
    if (facts !== undefined) this.facts.set(to, facts);
    this.flags[to] = flags;
    this.free(from);
  }

  /** Forgets what stands under a number. */
  free(window: number): void {
    this.flags[window] = 0;
    if (this.facts.size > 0) this.facts.delete(window);
  }

  /** Forgets everything. */
  clear(): void {
    this.flags.fill(0);
    this.facts.clear();
  }
}
