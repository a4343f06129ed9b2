/**
 * A memory for the steps between count vectors.
 *
 * @module
 */

/**
 * (vector, symbol) → next vector, in three parallel columns with open addressing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { StepMemo } from "./step_memo.ts";
 *
 * const memo = new StepMemo();
 * memo.put(3, 8, 5);
 * assert.equal(memo.get(3, 8), 5);
 * assert.equal(memo.get(5, 8), -1);
 * ```
 */
export class StepMemo {
  /** Steps remembered. */
  size = 0;
  #vector = new Int32Array(1024).fill(-1);
  #symbol = new Int32Array(1024);
  #next = new Int32Array(1024);

  /** The next vector, -1 where it isn't known. */
  get(vector: number, symbol: number): number {
    const vectors = this.#vector, mask = vectors.length - 1;
    let slot = slotOf(vector, symbol) & mask;
    for (let found = vectors[slot]; found >= 0; found = vectors[slot = (slot + 1) & mask]) {
      if (found === vector && this.#symbol[slot] === symbol) return this.#next[slot];
    }
    return -1;
  }

  /** Remembers a step that isn't known yet. */
  put(vector: number, symbol: number, next: number): void {
    if (this.size * 2 >= this.#vector.length) this.#grow();
    const mask = this.#vector.length - 1;
    let slot = slotOf(vector, symbol) & mask;
    while (this.#vector[slot] >= 0) slot = (slot + 1) & mask;
    this.#vector[slot] = vector;
    this.#symbol[slot] = symbol;
    this.#next[slot] = next;
    this.size++;
  }

  #grow(): void {
    const vectors = this.#vector, symbols = this.#symbol, next = this.#next, length = vectors.length * 2;
    this.#vector = new Int32Array(length).fill(-1);
    this.#symbol = new Int32Array(length);
    this.#next = new Int32Array(length);
    this.size = 0;
    for (let i = 0; i < vectors.length; i++) if (vectors[i] >= 0) this.put(vectors[i], symbols[i], next[i]);
  }
}

function slotOf(vector: number, symbol: number): number {
  const hash = Math.imul(vector ^ Math.imul(symbol, 0x85ebca6b), 0x9e3779b1);
  return hash ^ (hash >>> 15);
}
