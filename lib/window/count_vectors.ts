/**
 * Count vectors as dense numbers.
 *
 * @module
 */
import { CountCells } from "./count_cells.ts";
import { LARGEST_TEMPLATE } from "./symbol.ts";

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

/** A hash for one event of `symbol`; a vector's hash is the sum over its events, so order of arrival can't matter. */
function hashOf(symbol: number): number {
  let hash = Math.imul(symbol + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function larger(column: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.max(length, column.length * 2));
  grown.set(column);
  return grown;
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
  /** How many vectors have numbers; they are 0 to `size` - 1. */
  size = 1;
  /** Windows that continued in cells so far. */
  spilled = 0;
  readonly #limit: number;
  #pairs = new Int32Array(1024); // symbol, count, symbol, count, … of all vectors, one after the other
  #offset = new Int32Array(257); // vector v is pairs[offset[v], offset[v + 1])
  #hash = new Int32Array(256);
  #slots = new Int32Array(512).fill(-1); // vector numbers by hash, open addressing
  #memoVector = new Int32Array(1024).fill(-1); // (vector, symbol) -> next vector, open addressing
  #memoSymbol = new Int32Array(1024);
  #memoNext = new Int32Array(1024);
  #memoised = 0;
  #cells = new CountCells();

  /** @throws {RangeError} if `limit` is not a positive integer. */
  constructor(options: CountVectorsOptions = {}) {
    this.#limit = options.limit ?? 65_536;
    if (!Number.isInteger(this.#limit) || this.#limit < 1) {
      throw new RangeError(
        `Cannot create count vectors: limit must be a positive integer, current value is ${this.#limit}`,
      );
    }
    this.#place(0);
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
    // next = memo.get(vector, symbol) ?? this.#miss(vector, symbol)
    const vectors = this.#memoVector, mask = vectors.length - 1;
    let slot = this.#memoSlot(vector, symbol) & mask;
    for (let found = vectors[slot]; found >= 0; found = vectors[slot = (slot + 1) & mask]) {
      if (found === vector && this.#memoSymbol[slot] === symbol) return this.#memoNext[slot];
    }
    return this.#miss(vector, symbol);
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
    let hash = 0;
    for (let i = 0; i < pairs.length; i += 2) hash = (hash + Math.imul(hashOf(pairs[i]), pairs[i + 1])) | 0;
    const found = this.#find(hash, (vector) => this.#equals(vector, pairs));
    if (found >= 0) return found;
    this.#reserve(pairs.length);
    const offset = this.#offset[this.size];
    this.#pairs.set(pairs, offset);
    return this.#append(hash, offset + pairs.length);
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
    return this.#pairs.subarray(this.#offset[vector], this.#offset[vector + 1]);
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
    const pairs = this.#pairs, offset = this.#offset, map = new Int32Array(this.size);
    this.size = 1;
    this.#pairs = new Int32Array(1024);
    this.#offset = new Int32Array(257);
    this.#hash = new Int32Array(256);
    this.#slots = new Int32Array(512).fill(-1);
    this.#memoVector = new Int32Array(1024).fill(-1);
    this.#memoSymbol = new Int32Array(1024);
    this.#memoNext = new Int32Array(1024);
    this.#memoised = 0;
    this.#place(0);
    for (let vector = 0; vector < map.length; vector++) {
      map[vector] = number(pairs.subarray(offset[vector], offset[vector + 1]), vector);
    }
    return map;
  }

  #checkMap(map: Int32Array): void {
    for (let i = 0; i < this.#offset[this.size]; i += 2) {
      const template = this.#pairs[i] >>> 3;
      if (!(map[template] >= 0 && map[template] <= LARGEST_TEMPLATE)) {
        throw new RangeError(
          `Cannot rekey count vectors: template ${template} has no new index, current value is ${
            map[template]
          }`,
        );
      }
    }
  }

  #memoSlot(vector: number, symbol: number): number {
    const hash = Math.imul(vector ^ Math.imul(symbol, 0x85ebca6b), 0x9e3779b1);
    return hash ^ (hash >>> 15);
  }

  #miss(vector: number, symbol: number): number {
    const hash = (this.#hash[vector] + hashOf(symbol)) | 0;
    let next = this.#find(hash, (candidate) => this.#isStep(candidate, vector, symbol));
    if (next < 0) {
      const roomy = this.size < this.#limit && this.#offset[this.size] < this.#limit * 32;
      if (!roomy) return this.#spill(vector, symbol);
      next = this.#create(vector, symbol, hash);
    }
    if (this.#memoised < this.#limit * 8) this.#memoise(vector, symbol, next);
    return next;
  }

  #spill(vector: number, symbol: number): number {
    this.spilled++;
    const list = this.#cells.start(symbol, 1);
    for (let i = this.#offset[vector]; i < this.#offset[vector + 1]; i += 2) {
      this.#cells.add(list, this.#pairs[i], this.#pairs[i + 1]);
    }
    return ~list;
  }

  #memoise(vector: number, symbol: number, next: number): void {
    if (this.#memoised * 2 >= this.#memoVector.length) this.#growMemo();
    const mask = this.#memoVector.length - 1;
    let slot = this.#memoSlot(vector, symbol) & mask;
    while (this.#memoVector[slot] >= 0) slot = (slot + 1) & mask;
    this.#memoVector[slot] = vector;
    this.#memoSymbol[slot] = symbol;
    this.#memoNext[slot] = next;
    this.#memoised++;
  }

  #growMemo(): void {
    const vectors = this.#memoVector, symbols = this.#memoSymbol, next = this.#memoNext;
    const length = vectors.length * 2;
    this.#memoVector = new Int32Array(length).fill(-1);
    this.#memoSymbol = new Int32Array(length);
    this.#memoNext = new Int32Array(length);
    this.#memoised = 0;
    for (let i = 0; i < vectors.length; i++) {
      if (vectors[i] >= 0) this.#memoise(vectors[i], symbols[i], next[i]);
    }
  }

  #find(hash: number, same: (vector: number) => boolean): number {
    const mask = this.#slots.length - 1;
    for (let slot = (hash ^ (hash >>> 11)) & mask; this.#slots[slot] >= 0; slot = (slot + 1) & mask) {
      if (this.#hash[this.#slots[slot]] === hash && same(this.#slots[slot])) return this.#slots[slot];
    }
    return -1;
  }

  #equals(vector: number, pairs: Int32Array): boolean {
    const from = this.#offset[vector];
    if (this.#offset[vector + 1] - from !== pairs.length) return false;
    for (let i = 0; i < pairs.length; i++) if (this.#pairs[from + i] !== pairs[i]) return false;
    return true;
  }

  /** Whether `candidate` counts what `vector` counts and one more `symbol`. */
  #isStep(candidate: number, vector: number, symbol: number): boolean {
    const pairs = this.#pairs, end = this.#offset[candidate + 1], vectorEnd = this.#offset[vector + 1];
    let i = this.#offset[vector], stepped = false;
    for (let j = this.#offset[candidate]; j < end; j += 2) {
      const shared = i < vectorEnd && pairs[i] === pairs[j], more = pairs[j] === symbol;
      if (pairs[j + 1] !== (shared ? pairs[i + 1] : 0) + (more ? 1 : 0)) return false;
      if (more) stepped = true;
      if (shared) i += 2;
    }
    return stepped && i === vectorEnd;
  }

  #create(vector: number, symbol: number, hash: number): number {
    const start = this.#offset[vector], end = this.#offset[vector + 1];
    this.#reserve(end - start + 2);
    const pairs = this.#pairs;
    let i = start, to = this.#offset[this.size];
    for (; i < end && pairs[i] < symbol; i += 2) {
      pairs[to++] = pairs[i];
      pairs[to++] = pairs[i + 1];
    }
    const counted = i < end && pairs[i] === symbol;
    pairs[to++] = symbol;
    pairs[to++] = counted ? pairs[i + 1] + 1 : 1;
    for (i += counted ? 2 : 0; i < end; i++) pairs[to++] = pairs[i];
    return this.#append(hash, to);
  }

  #reserve(length: number): void {
    const needed = this.#offset[this.size] + length;
    if (needed > this.#pairs.length) this.#pairs = larger(this.#pairs, needed);
  }

  #append(hash: number, end: number): number {
    if (this.size === this.#hash.length) {
      this.#hash = larger(this.#hash, 0);
      this.#offset = larger(this.#offset, this.#hash.length + 1);
    }
    const vector = this.size++;
    this.#offset[vector + 1] = end;
    this.#hash[vector] = hash;
    if (this.size * 2 > this.#slots.length) {
      this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
      for (let v = 0; v < this.size; v++) this.#place(v);
    } else this.#place(vector);
    return vector;
  }

  #place(vector: number): void {
    const hash = this.#hash[vector], mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 11)) & mask;
    while (this.#slots[slot] >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = vector;
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
