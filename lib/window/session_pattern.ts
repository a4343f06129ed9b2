/**
 * Which sessions a line belongs to.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { RE2JS } from "re2js";
import type { LogBatch } from "../record/log_batch.ts";
import { ByteScanner, firstLineEnd } from "./byte_scanner.ts";
import type { FoundKeys } from "./found_keys.ts";

/** Whatever gives byte strings numbers: `Dictionary`, `SessionKeys`. */
export interface KeyTable {
  intern(bytes: Uint8Array, start: number, end: number): number;
}

/**
 * A pattern that finds session keys in lines: capture group 1 where the pattern has one, else the whole match.
 *
 * Simple patterns (see `parseSequence`) are searched in the bytes themselves. Everything else runs line by line through a
 * linear-time engine, so that no pattern and no line can stall the program. A pattern works on bytes: `.{3}` is three
 * bytes; only where it names characters beyond ASCII is a line decoded first.
 *
 * Source of syntax and engine: RE2 (R. Cox, *Regular Expression Matching Can Be Simple And Fast*, 2007).
 *
 * @example A line may name several sessions
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { SessionPattern } from "./session_pattern.ts";
 *
 * const batch = new LogBatch();
 * const text = new TextEncoder().encode("delete blk_1 blk_-2 blk_1");
 * batch.bytes.set(text);
 * batch.length = 1;
 * batch.lines[0] = 1;
 * batch.recordEnd[0] = text.length;
 *
 * const keys = new Dictionary();
 * SessionPattern.compile("blk_-?\\d+").find(batch, 0, 1, keys);
 * assert(batch.sessionStart[1] === 2); // each session once
 * assert(keys.text(batch.session[1]) === "blk_-2");
 * ```
 */
export class SessionPattern {
  /** The pattern as it was given. */
  readonly source: string;
  readonly #scanner: ByteScanner | null;
  readonly #engine: RE2JS | null;
  readonly #decodes: boolean;
  readonly #group: number;

  private constructor(source: string, scanner: ByteScanner | null, engine: RE2JS | null) {
    this.source = source;
    this.#scanner = scanner;
    this.#engine = engine;
    this.#decodes = /[\u0080-\uffff]|\\[pP]|\\x\{/.test(source);
    this.#group = engine !== null && engine.groupCount() > 0 ? 1 : 0;
  }

  /**
   * A pattern in RE2's syntax (no look-around, no back-references).
   *
   * @throws {SyntaxError} if it is not a valid pattern, or is empty.
   */
  static compile(pattern: string): SessionPattern {
    if (pattern === "") throw new SyntaxError("Cannot read the session pattern: it is empty");
    const scanner = ByteScanner.compile(pattern);
    if (scanner !== null) return new SessionPattern(pattern, scanner, null);
    try {
      return new SessionPattern(pattern, null, RE2JS.compile(pattern));
    } catch (error) {
      const reason = (error as Error).message.replace(/^error parsing regexp: /, "");
      throw new SyntaxError(`Cannot read the session pattern: ${reason}, current value is ${pattern}`, {
        cause: error,
      });
    }
  }

  /** Whether lines are searched as bytes, without the general engine. */
  get isSimple(): boolean {
    return this.#scanner !== null;
  }

  /**
   * Fills the session column of the records `[from, to)`: the distinct keys of each record's first line, in order.
   * Lines that continue a record are left out, because they may arrive in a later batch.
   *
   * @param keys Gives keys their numbers; a `Dictionary` for example.
   */
  find(batch: LogBatch, from: number, to: number, keys: KeyTable): void {
    if (from === 0) batch.sessionStart[0] = 0;
    if (this.#scanner !== null) return number(this.#scanner.find(batch, from, to), batch, from, to, keys);
    let used = batch.sessionStart[from];
    for (let i = from; i < to; i++) {
      used = this.#findByEngine(batch, batch.start[i], firstLineEnd(batch, i), keys, used);
      batch.sessionStart[i + 1] = used;
    }
  }

  #findByEngine(batch: LogBatch, start: number, end: number, keys: KeyTable, used: number): number {
    const engine = this.#engine!,
      line = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset + start, end - start);
    const text = line.toString(this.#decodes ? "utf8" : "latin1");
    if (!engine.test(text)) return used; // an automaton says no much faster than a match is found
    const matcher = engine.matcher(text), first = used;
    while (matcher.find()) {
      const key = matcher.group(this.#group);
      if (!key) continue;
      const bytes = Buffer.from(key, this.#decodes ? "utf8" : "latin1");
      const number = keys.intern(bytes, 0, bytes.length);
      used = putDistinct(batch, first, used, number);
    }
    return used;
  }
}

/** Fills the session column of the records `[from, to)` with the numbers of the keys that were found. */
function number(found: FoundKeys, batch: LogBatch, from: number, to: number, keys: KeyTable): void {
  const { bytes, sessionStart } = batch, { length, numbers } = found;
  let used = sessionStart[from], k = 0;
  for (let i = from; i < to; i++) {
    const first = used;
    for (; k < length && numbers[k] === i; k += 3) {
      const number = keys.intern(bytes, numbers[k + 1], numbers[k + 2]);
      if (used === first && used < batch.session.length) batch.session[used++] = number;
      else used = putDistinct(batch, first, used, number);
    }
    sessionStart[i + 1] = used;
  }
}

/** Appends a number to the ragged column unless it is in `[first, used)` already; the new end. */
function putDistinct(batch: LogBatch, first: number, used: number, number: number): number {
  if (used - first < 16) {
    for (let k = first; k < used; k++) if (batch.session[k] === number) return used;
  } else if (batch.session.subarray(first, used).includes(number)) return used;
  if (used === batch.session.length) {
    const session = new Int32Array(used * 2);
    session.set(batch.session);
    batch.session = session;
  }
  batch.session[used] = number;
  return used + 1;
}
