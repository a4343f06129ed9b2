/**
 * The lines that a header is learned from.
 *
 * @module
 */
import type { LogBatch } from "../log_batch.ts";
import type { Field } from "./field.ts";
import { Layout } from "./layout.ts";

/** Lines looked at: 95 % of 256 is told from 90 % with certainty; half or twice as many change nothing but the time it takes. */
const LINES = 256;
/** Bytes of a line looked at: headers are shorter. */
const LINE_BYTES = 512;

/** Where reading stands in each line of a sample; -1 in lines that have gone another way. */
export type Cursors = Int32Array;

/**
 * Lines spread evenly over the first ones of an input: those that can begin a record, which are neither blank nor indented (unless
 * most are).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { findLines } from "../lines.ts";
 * import { LogBatch } from "../log_batch.ts";
 * import { Sample } from "./sample.ts";
 *
 * const batch = new LogBatch();
 * const { written } = new TextEncoder().encodeInto("[1] up\n  indented\n[2] down\n", batch.bytes);
 * findLines(batch, written);
 * const sample = Sample.of(batch, 0, batch.length), at = sample.begin();
 * assert(sample.length === 2);
 * assert(sample.advance([{ kind: "text", text: "[" }], at).every((cursor, i) => cursor === sample.start[i] + 1));
 * ```
 */
export class Sample {
  readonly bytes: Uint8Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly #texts: string[] = []; // by line, once it was asked for

  constructor(bytes: Uint8Array, start: Int32Array, end: Int32Array) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** The sample of a batch's rows `[from, to)`, whose `start` and `recordEnd` are filled in. */
  static of(batch: LogBatch, from: number, to: number): Sample {
    const filled: number[] = [], beginning: number[] = [];
    for (let i = from; i < to; i++) {
      const byte = batch.bytes[batch.start[i]];
      if (batch.start[i] >= batch.recordEnd[i]) continue;
      filled.push(i);
      if (byte !== 32 && byte !== 9) beginning.push(i);
    }
    const rows = 2 * beginning.length >= filled.length ? beginning : filled;
    const count = Math.min(LINES, rows.length), taken: number[] = [];
    for (let k = 0; k < count; k++) taken.push(rows[Math.floor(k * rows.length / count)]);
    return new Sample(
      batch.bytes,
      Int32Array.from(taken, (i) => batch.start[i]),
      Int32Array.from(taken, (i) => Math.min(batch.recordEnd[i], batch.start[i] + LINE_BYTES)),
    );
  }

  /** The sample of these lines, all of them. */
  static ofLines(lines: readonly string[]): Sample {
    const bytes = new TextEncoder().encode(lines.join("\n")), start: number[] = [], end: number[] = [];
    let at = 0;
    for (const line of lines) {
      start.push(at);
      end.push(at += new TextEncoder().encode(line).length);
      at++;
    }
    return new Sample(bytes, Int32Array.from(start), Int32Array.from(end));
  }

  /** How many lines there are. */
  get length(): number {
    return this.start.length;
  }

  /** The lines of this one whose cursor is (`open`) or is not (not `open`) still there. */
  part(at: Cursors, open: boolean): Sample {
    const rows = [...at.keys()].filter((i) => at[i] >= 0 === open);
    return new Sample(
      this.bytes,
      Int32Array.from(rows, (i) => this.start[i]),
      Int32Array.from(rows, (i) => this.end[i]),
    );
  }

  /** The lines that begin as the most do: with a digit, with a letter, or with the same other byte. */
  alike(): Sample {
    const kinds = Int32Array.from(this.start, (at, i) => at < this.end[i] ? kindOf(this.bytes[at]) : -1);
    const counts = new Map<number, number>();
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    let usual = -1;
    for (const [kind, count] of counts) if (count > (counts.get(usual) ?? 0)) usual = kind;
    return this.part(kinds.map((kind) => kind === usual ? 0 : -1), true);
  }

  /** The lines that are not in another sample of the same bytes. */
  without(other: Sample): Sample {
    const starts = new Set(other.start);
    return this.part(this.start.map((at) => starts.has(at) ? -1 : at), true);
  }

  /** Cursors at the lines' beginnings. */
  begin(): Cursors {
    return this.start.slice();
  }

  /** The cursors behind `fields`. */
  advance(fields: readonly Field[], at: Cursors): Cursors {
    const layout = new Layout(fields);
    return at.map((cursor, i) => cursor < 0 ? -1 : layout.read(this.bytes, cursor, this.end[i]));
  }

  /** The byte at a cursor; -1 at a line's end. */
  byteAt(at: Cursors, i: number): number {
    return at[i] < this.end[i] ? this.bytes[at[i]] : -1;
  }

  /** Line `i` from `from` to `to` (default: its end) as text, a character a byte. */
  text(i: number, from: number, to = this.end[i]): string {
    const start = this.start[i];
    const text = this.#texts[i] ??= LATIN1.decode(this.bytes.subarray(start, this.end[i]));
    return text.slice(from - start, to - start);
  }

  /** At most `count` of the lines, spread evenly. */
  few(count: number): Sample {
    const step = Math.max(1, Math.ceil(this.length / count));
    return this.part(this.start.map((at, i) => i % step === 0 ? at : -1), true);
  }
}

/** Digits are alike, and letters. */
function kindOf(byte: number): number {
  if (byte - 48 >>> 0 < 10) return 48;
  return (byte | 32) >= 97 && (byte | 32) <= 122 || byte > 127 ? 97 : byte;
}

const LATIN1 = new TextDecoder("latin1");

/**
 * How many cursors are still there.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { open } from "./sample.ts";
 *
 * assert(open(Int32Array.of(7, -1, 0)) === 2);
 * ```
 */
export function open(at: Cursors): number {
  let count = 0;
  for (const cursor of at) if (cursor >= 0) count++;
  return count;
}
