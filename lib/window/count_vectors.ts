/**
 * Count vectors as dense numbers.
 *
 * @module
 */
import { CountCells } from "./count_cells.ts";
import { StepMemo } from "./step_memo.ts";
import { LARGEST_TEMPLATE } from "./symbol.ts";
import { VectorStore } from "./vector_store.ts";

/** What {@linkcode CountVectors.counts} gives: counts by symbol, both arrays of one length, sorted by symbol. */
export interface Counts {
  symbols: Int32Array;
  counts: Int32Array;
}

/** Settings of {@linkcode CountVectors}. */
export interface CountVectorsOptions {
  /** Vectors that {@linkcode CountVectors.step} may make; past it, windows continue in cells. Default 65,536. */
  limit?: number;
}

/**
 * Numbers for count vectors: an open window holds one integer, the number of what it has counted so far.
 *
 * `step(vector, symbol)` is the vector with one more event. It is memoised, so on logs that repeat an event costs one
 * look-up. Vectors are canonical: however their events were ordered, equal counts have equal numbers; a hash finds the
 * candidate and the counts themselves are compared before a number is given. Number 0 is the empty vector.
 *
 * Where nothing repeats there would be as many vectors as lines. Past `limit` a window whose next vector has no number
 * continues in cells of its own; its number is then negative until {@linkcode settle} numbers its final counts.
 *
 * @example The order of events doesn't matter
 * ```ts
 * import assert from "node:assert/strict";
 * import { CountVectors } from "./count_vectors.ts";
 *
 * const vectors = new CountVectors();
 * const a = vectors.step(vectors.step(0, 8), 16);
 * const b = vectors.step(vectors.step(0, 16), 8);
 * assert(a === b);
 * assert(vectors.counts(a).symbols.join() === "8,16");
 * ```
 */
export class CountVectors {
  /** Windows that continued in cells so far. */
  spilled = 0;
  readonly #limit: number;
  #store = new VectorStore();
  #memo = new StepMemo();
  #cells = new CountCells();

  /** @throws {RangeError} if `limit` is not a positive integer. */
  constructor(options: CountVectorsOptions = {}) {
    this.#limit = options.limit ?? 65_536;
    if (!Number.isInteger(this.#limit) || this.#limit < 1) {
      throw new RangeError(
        `Cannot create count vectors: limit must be a positive integer, current value is ${this.#limit}`,
      );
    }
  }

  /** How many vectors have numbers; they are 0 to `size` - 1. */
  get size(): number {
    return this.#store.size;
  }

  /**
   * The vector with one more event of `symbol`.
   *
   * @param vector A number from here; a negative one (in cells) is counted into where it is, and stays the same.
   */
  step(vector: number, symbol: number): number {
    if (vector < 0) {
      this.#cells.add(~vector, symbol, 1);
      return vector;
    }
    const next = this.#memo.get(vector, symbol);
    return next >= 0 ? next : this.#miss(vector, symbol);
  }

  /**
   * The number of the vector with these counts, which need not be sorted; a symbol may come several times.
   * It is not held back by the limit.
   *
   * @throws {TypeError} if the arrays differ in length.
   * @throws {RangeError} if a symbol is out of range or a count is not a positive integer.
   */
  intern(symbols: ArrayLike<number>, counts: ArrayLike<number>): number {
    if (symbols.length !== counts.length) {
      throw new TypeError(
        `Cannot number a count vector: ${symbols.length} symbols but ${counts.length} counts`,
      );
    }
    const sums = new Map<number, number>();
    for (let i = 0; i < symbols.length; i++) {
      checkPair(symbols[i], counts[i]);
      sums.set(symbols[i], (sums.get(symbols[i]) ?? 0) + counts[i]);
    }
    return this.internPairs(Int32Array.from([...sums].sort((a, b) => a[0] - b[0]).flat()));
  }

  /** {@linkcode intern} for `symbol, count, …` already sorted by symbol, each symbol once, counts positive. */
  internPairs(pairs: Int32Array): number {
    return this.#store.intern(pairs);
  }

  /** A final number, not negative, for a window's counts; cells are given back. */
  settle(vector: number): number {
    if (vector >= 0) return vector;
    const settled = this.internPairs(this.#cells.read(~vector));
    this.#cells.drop(~vector);
    return settled;
  }

  /** The vector with the events of both; neither may be used afterwards if it was negative. */
  merge(a: number, b: number): number {
    if (a === 0) return this.settle(b);
    if (b === 0) return this.settle(a);
    const left = this.counts(a), right = this.counts(b);
    for (const vector of [a, b]) if (vector < 0) this.#cells.drop(~vector);
    return this.intern([...left.symbols, ...right.symbols], [...left.counts, ...right.counts]);
  }

  /** Counts of a vector by symbol, sorted by symbol; a copy. */
  counts(vector: number): Counts {
    const pairs = this.pairs(vector);
    const symbols = new Int32Array(pairs.length / 2), counts = new Int32Array(pairs.length / 2);
    for (let i = 0; i < symbols.length; i++) {
      symbols[i] = pairs[2 * i];
      counts[i] = pairs[2 * i + 1];
    }
    return { symbols, counts };
  }

  /** The same as `symbol, count, symbol, count, …`; a view that holds until the next vector is made. */
  pairs(vector: number): Int32Array {
    if (vector < 0) return this.#cells.read(~vector);
    return this.#store.pairs(vector);
  }

  /**
   * Renames templates in every vector, e.g. after templates have merged. Negative numbers must have been settled.
   *
   * @param map New template index by old one.
   * @returns New vector number by old one, shape [old size].
   * @throws {RangeError} if a counted template has no new index; nothing has changed then.
   */
  rekey(map: Int32Array): Int32Array {
    this.#checkMap(map);
    return this.#rebuild((pairs) => {
      const symbols = [], counts = [];
      for (let i = 0; i < pairs.length; i += 2) {
        symbols.push((map[pairs[i] >>> 3] << 3) | (pairs[i] & 7));
        counts.push(pairs[i + 1]);
      }
      return this.intern(symbols, counts);
    });
  }

  /**
   * Forgets every vector that is not marked and numbers the rest anew, so that a long run stays small.
   * Negative numbers must have been settled. The empty vector always stays.
   *
   * @param used 1 for each vector to keep, shape [size].
   * @returns New vector number by old one, -1 where it was forgotten.
   */
  keep(used: Uint8Array): Int32Array {
    return this.#rebuild((pairs, vector) =>
      vector === 0 || used[vector] === 1 ? this.internPairs(pairs.slice()) : -1
    );
  }

  #rebuild(number: (pairs: Int32Array, vector: number) => number): Int32Array {
    const store = this.#store;
    this.#store = new VectorStore();
    this.#memo = new StepMemo();
    return Int32Array.from({ length: store.size }, (_, vector) => number(store.pairs(vector), vector));
  }

  #checkMap(map: Int32Array): void {
    for (let vector = 0; vector < this.size; vector++) {
      const pairs = this.#store.pairs(vector);
      for (let i = 0; i < pairs.length; i += 2) {
        const template = pairs[i] >>> 3;
        if (map[template] >= 0 && map[template] <= LARGEST_TEMPLATE) continue;
        throw new RangeError(
          `Cannot rekey count vectors: template ${template} has no new index, current value is ${
            map[template]
          }`,
        );
      }
    }
  }

  #miss(vector: number, symbol: number): number {
    const store = this.#store;
    let next = store.findStep(vector, symbol);
    if (next < 0) {
      if (store.size >= this.#limit || store.used >= this.#limit * 32) return this.#spill(vector, symbol);
      next = store.create(vector, symbol);
    }
    if (this.#memo.size < this.#limit * 8) this.#memo.put(vector, symbol, next);
    return next;
  }

  #spill(vector: number, symbol: number): number {
    this.spilled++;
    const list = this.#cells.start(symbol, 1), pairs = this.#store.pairs(vector);
    for (let i = 0; i < pairs.length; i += 2) this.#cells.add(list, pairs[i], pairs[i + 1]);
    return ~list;
  }
}

function checkPair(symbol: number, count: number): void {
  if (!Number.isInteger(symbol) || symbol < 0 || symbol > 0x7fffffff) {
    throw new RangeError(
      `Cannot number a count vector: symbol must be an integer from 0 to 2147483647, current value is ${symbol}`,
    );
  }
  if (!Number.isInteger(count) || count < 1 || count > 0x7fffffff) {
    throw new RangeError(
      `Cannot number a count vector: count must be a positive 32-bit integer, current value is ${count}`,
    );
  }
}
