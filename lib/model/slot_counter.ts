/**
 * Sums by slot of time and cell.
 *
 * @module
 */

/**
 * Counts by slot and cell: dense while records of a slot come, three numbers for each cell once others do. So a record costs an
 * increment, and what is kept is as large as what was counted, whatever times lines have.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SlotCounter } from "./slot_counter.ts";
 *
 * const counter = new SlotCounter(), counts = counter.room(7);
 * for (const cell of [7, 3, 7]) if (counts[cell]++ === 0) counter.touch(cell);
 * counter.leave(60_000);
 * assert.deepEqual([...counter.take()], [[60_000, 3, 1], [60_000, 7, 2]]);
 * ```
 */
export class SlotCounter {
  #dense = new Uint32Array(64);
  #touched: number[] = [];
  #starts = new Float64Array(64);
  #cells = new Int32Array(64);
  #counts = new Float64Array(64);
  /** Cells that are kept. */
  size = 0;

  /** Counts of the present slot by cell, with room for a cell; whoever counts in a loop holds them. */
  room(cell: number): Uint32Array {
    if (cell < this.#dense.length) return this.#dense;
    return this.#dense = grown(this.#dense, new Uint32Array(longer(cell, this.#dense)));
  }

  /** To be called when the count of a cell has become something. */
  touch(cell: number): void {
    this.#touched.push(cell);
  }

  /** Puts the counts of the present slot away, which begins at `start`. */
  leave(start: number): void {
    if (this.size + this.#touched.length > this.#starts.length) this.#grow(this.size + this.#touched.length);
    for (const cell of this.#touched.sort((a, b) => a - b)) {
      this.#starts[this.size] = start;
      this.#cells[this.size] = cell;
      this.#counts[this.size++] = this.#dense[cell];
      this.#dense[cell] = 0;
    }
    this.#touched = [];
  }

  /** What was put away by cell, over all slots. */
  sums(): Float64Array {
    const sums = new Float64Array(this.#dense.length);
    for (let i = 0; i < this.size; i++) sums[this.#cells[i]] += this.#counts[i];
    return sums;
  }

  /** What was put away, in that order; it is forgotten. */
  take(): Iterable<Cell> {
    const taken = cellsOf(this.#starts, this.#cells, this.#counts, this.size);
    [this.#starts, this.#cells, this.#counts] = [
      new Float64Array(64),
      new Int32Array(64),
      new Float64Array(64),
    ];
    this.size = 0;
    return taken;
  }

  #grow(size: number): void {
    const length = longer(size, this.#starts);
    this.#starts = grown(this.#starts, new Float64Array(length));
    this.#cells = grown(this.#cells, new Int32Array(length));
    this.#counts = grown(this.#counts, new Float64Array(length));
  }
}

/** What was counted in one cell of one slot. */
export type Cell = [start: number, cell: number, count: number];

function* cellsOf(
  starts: Float64Array,
  cells: Int32Array,
  counts: Float64Array,
  size: number,
): Generator<Cell> {
  for (let i = 0; i < size; i++) yield [starts[i], cells[i], counts[i]];
}

/** A length that has room for `index`, twice the present one at the least. */
export function longer(index: number, present: { length: number }): number {
  return Math.max(index + 1, 2 * present.length);
}

/** `larger`, which begins with all that `old` holds. */
export function grown<T extends Uint32Array | Int32Array | Float64Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
