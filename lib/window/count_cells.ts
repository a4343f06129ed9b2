/**
 * Counts of windows that no numbered vector fits, as linked cells.
 *
 * @module
 */

/**
 * Lists of (symbol, count) cells in three parallel columns with a free list: what a window's counts live in
 * once there are too many distinct count vectors to number them all.
 *
 * A list is named by its first cell, which stays the first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CountCells } from "./count_cells.ts";
 *
 * const cells = new CountCells();
 * const list = cells.start(8, 1);
 * cells.add(list, 16, 1);
 * cells.add(list, 8, 2);
 * assert(cells.read(list).join() === "8,3,16,1");
 * ```
 */
export class CountCells {
  /** Cells in use. */
  used = 0;
  #symbol = new Int32Array(64);
  #count = new Int32Array(64);
  #next = new Int32Array(64); // next cell of the list, or of the free list; -1 = none
  #free = -1;
  #end = 0; // cells from here on were never used

  /** A new list that holds `count` of one symbol. */
  start(symbol: number, count: number): number {
    const cell = this.#take();
    this.#symbol[cell] = symbol;
    this.#count[cell] = count;
    this.#next[cell] = -1;
    return cell;
  }

  /** Adds `count` of `symbol` to a list. */
  add(list: number, symbol: number, count: number): void {
    for (let cell = list; cell >= 0; cell = this.#next[cell]) {
      if (this.#symbol[cell] === symbol) {
        this.#count[cell] += count;
        return;
      }
    }
    const cell = this.start(symbol, count);
    this.#next[cell] = this.#next[list];
    this.#next[list] = cell;
  }

  /** The list as `symbol, count, symbol, count, …`, sorted by symbol. */
  read(list: number): Int32Array {
    const cells: number[] = [];
    for (let cell = list; cell >= 0; cell = this.#next[cell]) cells.push(cell);
    cells.sort((a, b) => this.#symbol[a] - this.#symbol[b]);
    const pairs = new Int32Array(cells.length * 2);
    cells.forEach((cell, i) => {
      pairs[2 * i] = this.#symbol[cell];
      pairs[2 * i + 1] = this.#count[cell];
    });
    return pairs;
  }

  /** Gives the cells of a list back. */
  drop(list: number): void {
    let last = list;
    this.used--;
    for (; this.#next[last] >= 0; last = this.#next[last]) this.used--;
    this.#next[last] = this.#free;
    this.#free = list;
  }

  #take(): number {
    this.used++;
    if (this.#free >= 0) {
      const cell = this.#free;
      this.#free = this.#next[cell];
      return cell;
    }
    if (this.#end === this.#symbol.length) this.#grow();
    return this.#end++;
  }

  #grow(): void {
    const larger = (column: Int32Array) => {
      const grown = new Int32Array(column.length * 2);
      grown.set(column);
      return grown;
    };
    this.#symbol = larger(this.#symbol);
    this.#count = larger(this.#count);
    this.#next = larger(this.#next);
  }
}
