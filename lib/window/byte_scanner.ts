/**
 * Searching bytes for a sequence of byte classes.
 *
 * @module
 */
import { type ByteSequence, parseSequence } from "./byte_sequence.ts";

const SEED = 0x9e3779b9 | 0, PRIME = 0x01000193; // of hashBytes
const UNBOUNDED = 0x7fffffff;

/**
 * Finds the matches of a simple pattern in bytes, from left to right, none overlapping the one before.
 *
 * A literal beginning of two bytes or more is searched with Horspool's shifts; otherwise every byte that can begin
 * a match is tried.
 *
 * Source: R. N. Horspool, *Practical fast searching in strings*, Software: Practice and Experience 10(6), 1980.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ByteScanner } from "./byte_scanner.ts";
 *
 * const scanner = ByteScanner.compile("order=(\\d+)")!;
 * const bytes = new TextEncoder().encode("paid order=17, order=18");
 * assert(scanner.next(bytes, 0, bytes.length));
 * assert(scanner.keyStart === 11 && scanner.keyEnd === 13);
 * assert(scanner.next(bytes, scanner.end, bytes.length));
 * assert(!scanner.next(bytes, scanner.end, bytes.length));
 * ```
 */
export class ByteScanner {
  /** Where the key of the last match begins. */
  keyStart = 0;
  /** Where it ends. */
  keyEnd = 0;
  /** The key's hash, as `hashBytes` makes it: found while walking over the key, which so is not read twice. */
  keyHash = 0;
  /** Where the last match ends. */
  end = 0;
  readonly #prefix: Uint8Array; // the literal bytes that every match begins with; empty where fewer than 2
  readonly #shift = new Uint8Array(256); // Horspool: how far to go on when the last byte looked at is this one
  readonly #inPrefix = new Uint8Array(256); // 1 for the bytes of the prefix
  readonly #sets: Uint8Array[]; // of the items that follow the prefix
  readonly #min: Int32Array;
  readonly #max: Int32Array;
  readonly #beginning: Uint8Array; // bytes that a match can begin with, where there is no prefix
  readonly #keyFrom: number; // first item of the key; negative: that many bytes of the prefix belong to it
  readonly #keyTo: number;
  readonly #hash: number; // over what of the key lies in the prefix, not folded

  private constructor({ items, keyFrom, keyTo }: ByteSequence) {
    const literals = items.findIndex(({ set, min, max }) =>
      min !== 1 || max !== 1 || set.indexOf(1) !== set.lastIndexOf(1)
    );
    const prefixed = Math.min(255, literals < 0 ? items.length - 1 : literals),
      length = prefixed < 2 ? 0 : prefixed;
    this.#prefix = Uint8Array.from(items.slice(0, length), ({ set }) => set.indexOf(1));
    this.#shift.fill(length);
    for (const byte of this.#prefix) this.#inPrefix[byte] = 1;
    for (let i = 0; i < length - 1; i++) this.#shift[this.#prefix[i]] = length - 1 - i;
    const rest = items.slice(length);
    this.#sets = rest.map(({ set }) => set);
    this.#min = Int32Array.from(rest, ({ min }) => min);
    this.#max = Int32Array.from(rest, ({ max }) => Math.min(max, UNBOUNDED));
    this.#keyFrom = keyFrom - length;
    this.#keyTo = keyTo - length;
    this.#hash = SEED;
    for (let i = keyFrom; i < Math.min(keyTo, length); i++) {
      this.#hash = Math.imul(this.#hash ^ this.#prefix[i], PRIME);
    }
    this.#beginning = new Uint8Array(256);
    for (const { set, min } of items) {
      set.forEach((flag, byte) => this.#beginning[byte] |= flag);
      if (min > 0) break;
    }
  }

  /** A scanner for `pattern`; null where it is not simple enough (see {@linkcode parseSequence}). */
  static compile(pattern: string): ByteScanner | null {
    const sequence = parseSequence(pattern);
    return sequence === null ? null : new ByteScanner(sequence);
  }

  /** Looks for the next match in `bytes[from, to)` and sets {@linkcode keyStart}, {@linkcode keyEnd}, {@linkcode end}. */
  next(bytes: Uint8Array, from: number, to: number): boolean {
    return this.#prefix.length > 0 ? this.#nextByPrefix(bytes, from, to) : this.#nextByClass(bytes, from, to);
  }

  #nextByPrefix(bytes: Uint8Array, from: number, to: number): boolean {
    // for (at = bytes.indexOf(prefix, from); at >= 0; at = bytes.indexOf(prefix, at + 1)) if (match at) return true
    const prefix = this.#prefix, shift = this.#shift, inPrefix = this.#inPrefix;
    const length = prefix.length, last = prefix[length - 1];
    for (let at = from + length - 1; at < to;) {
      const byte = bytes[at];
      if (inPrefix[byte] === 0) { // a branch, not a sum of table look-ups, so that the processor runs ahead
        at += length;
        continue;
      }
      if (byte === last) {
        let i = 1;
        while (i < length && bytes[at - i] === prefix[length - 1 - i]) i++;
        if (i === length && this.#matchRest(bytes, at + 1, to)) return true;
      }
      at += shift[byte];
    }
    return false;
  }

  #nextByClass(bytes: Uint8Array, from: number, to: number): boolean {
    const beginning = this.#beginning, set = this.#sets[0], unbounded = this.#max[0] === UNBOUNDED;
    for (let at = from; at < to;) {
      if (beginning[bytes[at]] === 1 && this.#matchRest(bytes, at, to)) return true;
      if (unbounded && set[bytes[at]] === 1) {
        while (at < to && set[bytes[at]] === 1) at++; // from further on in this run it would fail in the same place
      } else at++;
    }
    return false;
  }

  /** Matches the items behind the prefix at `at`. */
  #matchRest(bytes: Uint8Array, at: number, to: number): boolean {
    const sets = this.#sets, count = sets.length, keyFrom = this.#keyFrom, keyTo = this.#keyTo;
    let keyStart = at + keyFrom, keyEnd = at + keyTo; // right where they lie in the prefix
    let hash = this.#hash, keyHash = hash;
    for (let i = 0; i < count; i++) {
      const set = sets[i], max = this.#max[i], start = at, stop = max < to - at ? at + max : to;
      if (i === keyFrom) {
        keyStart = at;
        hash = SEED;
      }
      for (; at < stop; at++) {
        const byte = bytes[at];
        if (set[byte] === 0) break;
        hash = Math.imul(hash ^ byte, PRIME);
      }
      if (at - start < this.#min[i]) return false;
      if (i === keyTo - 1) {
        keyEnd = at;
        keyHash = hash;
      }
    }
    this.keyStart = keyStart;
    this.keyEnd = keyEnd;
    this.keyHash = keyHash ^ keyHash >>> 15;
    this.end = at;
    return true;
  }
}
