/**
 * The smallest of many, and the next one.
 *
 * @module
 */

/**
 * A binary heap: the first of `n` is at hand, and putting another in its place costs at most `2 log2 n` comparisons.
 *
 * Source: J. W. J. Williams, *Algorithm 232: Heapsort*, Communications of the ACM 7(6), 1964.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { BinaryHeap } from "./binary_heap.ts";
 *
 * const heap = new BinaryHeap<number>((a, b) => a < b);
 * for (const number of [3, 1, 2]) heap.add(number);
 * assert.deepEqual([heap.first, heap.second], [1, 2]);
 * heap.removeFirst();
 * assert.deepEqual([heap.first, heap.second], [2, 3]);
 * ```
 */
export class BinaryHeap<T> {
  readonly #items: T[] = []; // item i comes before items 2i + 1 and 2i + 2
  readonly #precedes: (a: T, b: T) => boolean;

  /** @param precedes Whether `a` comes before `b`: a total order. */
  constructor(precedes: (a: T, b: T) => boolean) {
    this.#precedes = precedes;
  }

  /** How many there are. */
  get size(): number {
    return this.#items.length;
  }

  /** The first; `null` where there is none. */
  get first(): T | null {
    return this.#items[0] ?? null;
  }

  /** The one behind the first; `null` where there is none. */
  get second(): T | null {
    const [, a, b] = this.#items;
    return b !== undefined && this.#precedes(b, a) ? b : a ?? null;
  }

  /** Adds an item. */
  add(item: T): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    for (let up = at - 1 >> 1; at > 0 && this.#precedes(item, items[up]); up = at - 1 >> 1) {
      items[at] = items[up];
      at = up;
    }
    items[at] = item;
  }

  /** Takes the first away. */
  removeFirst(): void {
    const last = this.#items.pop();
    if (last === undefined || this.#items.length === 0) return;
    this.#items[0] = last;
    this.moveFirst();
  }

  /** To be called when the first has changed, and may have to go behind others. */
  moveFirst(): void {
    const items = this.#items, item = items[0];
    let at = 0;
    for (let down = 1; down < items.length; down = 2 * at + 1) {
      if (down + 1 < items.length && this.#precedes(items[down + 1], items[down])) down++;
      if (!this.#precedes(items[down], item)) break;
      items[at] = items[down];
      at = down;
    }
    if (items.length > 0) items[at] = item;
  }
}
