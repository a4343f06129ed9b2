/**
 * Count vectors, each stored once.
 *
 * @module
 */

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
 * Count vectors as `symbol, count, …` sorted by symbol, one after the other, with a hash table over them.
 *
 * Equal vectors have equal numbers: a hash finds the candidate, then the counts themselves are compared.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { VectorStore } from "./vector_store.ts";
 *
 * const store = new VectorStore();
 * const vector = store.intern(Int32Array.of(8, 1, 16, 1));
 * assert.equal(store.create(store.intern(Int32Array.of(16, 1)), 8), store.size - 1);
 * assert.equal(store.findStep(store.intern(Int32Array.of(8, 1)), 16), vector);
 * ```
 */
export class VectorStore {
  /** How many vectors there are; number 0 is the empty one. */
  size = 1;
  #pairs = new Int32Array(1024);
  #offset = new Int32Array(257); // vector v is pairs[offset[v], offset[v + 1])
  #hash = new Int32Array(256);
  #slots = new Int32Array(512).fill(-1); // vector numbers by hash, open addressing

  constructor() {
    this.#place(0);
  }

  /** Numbers stored in all: twice the distinct symbols of every vector. */
  get used(): number {
    return this.#offset[this.size];
  }

  /** The vector as `symbol, count, …`; a view that holds until the next vector is made. */
  pairs(vector: number): Int32Array {
    return this.#pairs.subarray(this.#offset[vector], this.#offset[vector + 1]);
  }

  /** The number of the vector with these pairs, sorted by symbol, each symbol once, counts positive. */
  intern(pairs: Int32Array): number {
    let hash = 0;
    for (let i = 0; i < pairs.length; i += 2) hash = (hash + Math.imul(hashOf(pairs[i]), pairs[i + 1])) | 0;
    const found = this.#find(hash, (vector) => this.#equals(vector, pairs));
    if (found >= 0) return found;
    this.#reserve(pairs.length);
    const offset = this.#offset[this.size];
    this.#pairs.set(pairs, offset);
    return this.#append(hash, offset + pairs.length);
  }

  /** The vector with one more event of `symbol`, -1 where it has no number. */
  findStep(vector: number, symbol: number): number {
    const hash = (this.#hash[vector] + hashOf(symbol)) | 0;
    return this.#find(hash, (candidate) => this.#isStep(candidate, vector, symbol));
  }

  /** Stores the vector with one more event of `symbol`, which has no number yet. */
  create(vector: number, symbol: number): number {
    const hash = (this.#hash[vector] + hashOf(symbol)) | 0;
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
