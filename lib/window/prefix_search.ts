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
 * Sixteen bytes at a time are searched for the rarest byte of the literal; the rest is compared where it stands. Both loops
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
  #groups = new Int32Array(0); // first word of each four words that may have this byte

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    const ranks = Array.from(bytes, (byte) => (COMMON.indexOf(String.fromCharCode(byte)) + 256) % 256);
    this.#rarest = ranks.indexOf(Math.max(...ranks));
    this.#repeated = Math.imul(bytes[this.#rarest], 0x01010101);
  }

  /** Fills {@linkcode places} with those that begin in `[from, to)` or a few bytes around it; how many there are. */
  find({ bytes, words }: LogBatch, from: number, to: number): number {
    // for (let at = from; at < to; at++) if (the literal is at `at`) places[count++] = at;
    const found = this.#findGroups(words, from >> 4 << 2, to + 3 >> 2), groups = this.#groups;
    if (this.places.length < found * 16) this.places = new Int32Array(found * 24); // at most 16 a group
    const literal = this.bytes, length = literal.length, rarest = this.#rarest, repeated = this.#repeated;
    const places = this.places;
    let count = 0;
    for (let k = 0; k < found; k++) {
      const w = groups[k];
      let hits = zeros(words[w] ^ repeated) | zeros(words[w + 1] ^ repeated) << 4 |
        zeros(words[w + 2] ^ repeated) << 8 | zeros(words[w + 3] ^ repeated) << 12;
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

  /**
   * Finds the groups of four words that may have the byte: where subtracting 1 from a byte that is 0 borrows from its highest
   * bit, which is 0 in ASCII. Groups with other bytes than ASCII are looked at for nothing.
   */
  #findGroups(words: Int32Array, from: number, to: number): number {
    const most = (to - from >> 2) + 2; // one more than there are, because each is written before it counts
    if (this.#groups.length < most) this.#groups = new Int32Array(most);
    const groups = this.#groups, repeated = this.#repeated;
    let count = 0;
    for (let w = from; w < to; w += 4) {
      const one = (words[w] ^ repeated) - 0x01010101, two = (words[w + 1] ^ repeated) - 0x01010101;
      const three = (words[w + 2] ^ repeated) - 0x01010101, four = (words[w + 3] ^ repeated) - 0x01010101;
      const hits = (one | two | three | four) & 0x80808080;
      groups[count] = w;
      count += (hits | -hits) >>> 31; // 1 unless hits are 0
    }
    return count;
  }
}

/** Which of a word's four bytes are 0, as four bits: the highest bits of bytes that borrowed, gathered into one place. */
function zeros(word: number): number {
  return Math.imul((word - 0x01010101 & ~word) >>> 7 & 0x01010101, 0x10204080) >>> 28;
}
