/**
 * Counts of long windows as dense rows.
 *
 * @module
 */

/**
 * Numbers the symbols that occur, so that a row of counts has one place for each of them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SymbolColumns } from "./dense_counts.ts";
 *
 * const columns = new SymbolColumns();
 * assert(columns.of(800) === 0 && columns.of(16) === 1 && columns.of(800) === 0);
 * let row = columns.add(new Int32Array(0), 800, 2);
 * row = columns.add(row, 16, 1);
 * assert(columns.pairs(row).join() === "16,1,800,2");
 * ```
 */
export class SymbolColumns {
  #column = new Int32Array(256); // by symbol: its column + 1, 0 = none yet
  #symbol: number[] = []; // by column

  /** The column of a symbol; a new one where it has none. */
  of(symbol: number): number {
    if (symbol < this.#column.length && this.#column[symbol] > 0) return this.#column[symbol] - 1;
    if (symbol >= this.#column.length) {
      const column = new Int32Array(Math.max(symbol + 1, this.#column.length * 2));
      column.set(this.#column);
      this.#column = column;
    }
    this.#column[symbol] = this.#symbol.push(symbol);
    return this.#symbol.length - 1;
  }

  /** Adds `count` of `symbol` to a row; the row, or a longer one that takes its place. */
  add(row: Int32Array, symbol: number, count: number): Int32Array {
    const column = this.of(symbol);
    if (column >= row.length) {
      const longer = new Int32Array(Math.max(16, this.#symbol.length, Math.min(row.length * 2, column * 2)));
      longer.set(row);
      row = longer;
    }
    row[column] += count;
    return row;
  }

  /** The row's counts as `symbol, count, …`, sorted by symbol, without zeros. */
  pairs(row: Int32Array): Int32Array {
    const columns: number[] = [];
    for (let column = 0; column < row.length; column++) if (row[column] !== 0) columns.push(column);
    columns.sort((a, b) => this.#symbol[a] - this.#symbol[b]);
    const pairs = new Int32Array(columns.length * 2);
    columns.forEach((column, i) => {
      pairs[2 * i] = this.#symbol[column];
      pairs[2 * i + 1] = row[column];
    });
    return pairs;
  }
}
