/**
 * Searching a batch for a literal.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";

/** Bytes that are common in log lines, the commonest first; all others are rarer. */
const COMMON = " etaoinsr0123456789.lcdu:-/mpfhgbkw_v,ETAOINSRLCD=yjxqz";

/**
 * Finds every place of a literal in the bytes of a batch.
 *
 * Eight bytes at a time are searched for the rarest byte of the literal; the rest is compared where it stands. Both loops
 * advance their count by a sum instead of a branch, because a processor can't foresee where the byte will be.
 *
 * Source of the test for a zero byte: H. S. Warren, *Hacker's Delight*, 6-1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { PrefixSearch } from "./prefix_search.ts";
 *
 * const batch = new LogBatch(), encoder = new TextEncoder();
 * const { written } = encoder.encodeInto("order=17 order=18", batch.bytes);
 * const search = new PrefixSearch(encoder.encode("order="));
 * assert(search.find(batch, 0, written) === 2);
 * assert(search.places[0] === 0 && search.places[1] === 9);
 * ```
 */
export class PrefixSearch {
  /** The literal. */
  readonly bytes: Uint8Array;
  /** Where it was found, in ascending order. */
  places = new Int32Array(0);
  readonly #rarest: number; // place of its rarest byte
  readonly #repeated: number; // that byte four times
  #pairs = new Int32Array(0); // first word of each two words that have this byte

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    const ranks = Array.from(bytes, (byte) => (COMMON.indexOf(String.fromCharCode(byte)) + 256) % 256);
    this.#rarest = ranks.indexOf(Math.max(...ranks));
    this.#repeated = Math.imul(bytes[this.#rarest], 0x01010101);
  }

  /** Fills {@linkcode places} with those that begin in `[from, to)` or a few bytes around it; how many there are. */
  find({ bytes, words }: LogBatch, from: number, to: number): number {
    // for (let at = from; at < to; at++) if (the literal is at `at`) places[count++] = at;
    const found = this.#findPairs(words, from >> 2, to + 3 >> 2), pairs = this.#pairs;
    if (this.places.length < found * 8) this.places = new Int32Array(found * 16); // at most 8 a pair
    const literal = this.bytes, length = literal.length, rarest = this.#rarest, repeated = this.#repeated;
    const places = this.places;
    let count = 0;
    for (let k = 0; k < found; k++) {
      const w = pairs[k], low = words[w] ^ repeated, high = words[w + 1] ^ repeated;
      // the highest bits of the eight bytes, gathered into one
      let hits = Math.imul((low - 0x01010101 & ~low) >>> 7 & 0x01010101, 0x10204080) >>> 28 |
        Math.imul((high - 0x01010101 & ~high) >>> 7 & 0x01010101, 0x10204080) >>> 28 << 4;
      for (; hits !== 0; hits &= hits - 1) {
        const at = (w << 2) + 31 - Math.clz32(hits & -hits) - rarest;
        let different = 0;
        for (let i = 0; i < length; i++) different |= bytes[at + i] ^ literal[i];
        places[count] = at;
        count += different === 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** Finds the pairs of words that have the byte: a byte is 0 where subtracting 1 borrows from a highest bit that was 0. */
  #findPairs(words: Int32Array, from: number, to: number): number {
    const most = (to - from >> 1) + 2; // one more than there are, because each is written before it counts
    if (this.#pairs.length < most) this.#pairs = new Int32Array(most);
    const pairs = this.#pairs, repeated = this.#repeated;
    let count = 0;
    for (let w = from; w < to; w += 2) {
      const low = words[w] ^ repeated, high = words[w + 1] ^ repeated; // the one behind the end is not 0
      const hits = (low - 0x01010101 & ~low | high - 0x01010101 & ~high) & 0x80808080;
      pairs[count] = w;
      count += (hits | -hits) >>> 31; // 1 unless hits are 0
    }
    return count;
  }
}
