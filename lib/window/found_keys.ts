/**
 * Keys on their way from a search to their numbers.
 *
 * @module
 */

/**
 * Keys that were found in a batch, in the order of their lines, as three numbers each: row, start, end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { FoundKeys } from "./found_keys.ts";
 *
 * const found = new FoundKeys();
 * found.makeRoom(1000);
 * found.numbers.set([0, 5, 10], 0);
 * found.length = 3;
 * assert(found.numbers.length >= 3000);
 * ```
 */
export class FoundKeys {
  /** Numbers in use: three times the keys. */
  length = 0;
  numbers = new Int32Array(1024);

  /** Makes room for so many more keys. */
  makeRoom(keys: number): void {
    const needed = this.length + keys * 3;
    if (needed <= this.numbers.length) return;
    const numbers = new Int32Array(needed * 2);
    numbers.set(this.numbers.subarray(0, this.length));
    this.numbers = numbers;
  }
}
