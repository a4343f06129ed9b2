/**
 * Answers for lines that have been seen before.
 *
 * @module
 */

/** Slots; the cache is emptied when half of them are taken. */
const SLOTS = 1 << 16;

/** Maps the two hashes of a masked line to a number. Open addressing; look-ups allocate nothing. */
export class LineCache {
  readonly #first = new Int32Array(SLOTS);
  readonly #second = new Int32Array(SLOTS);
  readonly #values = new Int32Array(SLOTS).fill(-1);
  #used = 0;

  /** The number kept for the two hashes, or -1. */
  get(first: number, second: number): number {
    const values = this.#values;
    let slot = (first ^ (second >>> 7)) & (SLOTS - 1);
    for (let value = values[slot]; value >= 0; value = values[slot = (slot + 1) & (SLOTS - 1)]) {
      if (this.#first[slot] === first && this.#second[slot] === second) return value;
    }
    return -1;
  }

  /** Keeps a number for two hashes that have none yet. */
  set(first: number, second: number, value: number): void {
    if (this.#used * 2 >= SLOTS) this.clear();
    let slot = (first ^ (second >>> 7)) & (SLOTS - 1);
    while (this.#values[slot] >= 0) slot = (slot + 1) & (SLOTS - 1);
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#values[slot] = value;
    this.#used++;
  }

  /** Forgets everything. */
  clear(): void {
    this.#values.fill(-1);
    this.#used = 0;
  }
}
