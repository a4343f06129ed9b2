/**
 * The order of a session's events, as dense numbers.
 *
 * @module
 */
import { templateOf } from "./symbol.ts";

/** Number of a sequence that was too long, or came when there were too many: its order is not kept. */
export const NO_SEQUENCE = -1;

/** Settings of {@linkcode Sequences}. */
export interface SequencesOptions {
  /** Beginnings of sequences that are numbered at the most; past it no order is kept. Default 4,000,000. */
  limit?: number;
  /** Events of a sequence at the most. Default 10,000. */
  longest?: number;
}

/**
 * Numbers for sequences of events: an open session holds one integer, the number of the events that it has had so far.
 *
 * A trie: `step(sequence, symbol)` is the sequence with one more event, memoised. Real sessions repeat, so equal
 * beginnings are held once. Number 0 is the empty sequence. What a session has counted follows from it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Sequences } from "./sequences.ts";
 * import { symbolOf } from "./symbol.ts";
 *
 * const sequences = new Sequences(), [a, b] = [symbolOf(7, 9), symbolOf(3, 17)];
 * const two = sequences.step(sequences.step(0, a), b);
 * assert.deepEqual([...sequences.read(two)!], [7, 3]);
 * assert.deepEqual([...sequences.pairs(two)], [b, 1, a, 1]);
 * assert.equal(sequences.step(sequences.step(0, a), b), two);
 * ```
 */
export class Sequences {
  /** Sequences and their beginnings; they are 0 to `size` - 1. */
  size = 1;
  readonly #limit: number;
  readonly #longest: number;
  #nodes = new Int32Array(3 * 1024); // beginning, last event, length of each: together, as they are asked for together
  #slots = new Int32Array(2048); // numbers by what they are made of, open addressing; 0 = free
  #read = new Map<number, Int32Array>();

  constructor(options: SequencesOptions = {}) {
    this.#limit = options.limit ?? 4_000_000;
    this.#longest = options.longest ?? 10_000;
  }

  /** The sequence with one more event; {@linkcode NO_SEQUENCE} where no order is kept. */
  step(sequence: number, symbol: number): number {
    if (sequence < 0) return NO_SEQUENCE;
    const slots = this.#slots, nodes = this.#nodes, mask = slots.length - 1;
    let slot = slotOf(sequence, symbol) & mask;
    for (let next = slots[slot]; next > 0; next = slots[slot = (slot + 1) & mask]) {
      if (nodes[3 * next] === sequence && nodes[3 * next + 1] === symbol) return next;
    }
    return this.#create(sequence, symbol);
  }

  /** The events of `earlier`, then those of `later`. */
  merge(earlier: number, later: number): number {
    if (earlier < 0 || later < 0) return NO_SEQUENCE;
    return this.#symbols(later).reduce((sequence, symbol) => this.step(sequence, symbol), earlier);
  }

  /** Template indices in order, the same array each time; `null` where no order is kept. */
  read(sequence: number): Int32Array | null {
    if (sequence < 0) return null;
    let events = this.#read.get(sequence);
    if (events === undefined) {
      events = this.#symbols(sequence).map(templateOf);
      this.#read.set(sequence, events);
    }
    return events;
  }

  /** What a sequence counts, as `symbol, count, …`, sorted by symbol. */
  pairs(sequence: number): Int32Array {
    const sorted = this.#symbols(sequence).sort(), pairs = new Int32Array(sorted.length * 2);
    let length = 0;
    for (let i = 0; i < sorted.length; i++) {
      if (i === 0 || sorted[i] !== sorted[i - 1]) pairs[(length += 2) - 2] = sorted[i];
      pairs[length - 1]++;
    }
    return pairs.slice(0, length);
  }

  /**
   * Forgets what is not marked, and renames templates.
   *
   * @param used 1 for each sequence to keep, shape [size].
   * @param map New template index by old one; absent = the same.
   * @returns New number by old one, {@linkcode NO_SEQUENCE} where it was forgotten.
   */
  keep(used: Uint8Array, map?: Int32Array): Int32Array {
    const renumbered = new Int32Array(this.size).fill(NO_SEQUENCE), before = new Sequences();
    before.#nodes = this.#nodes;
    this.size = 1;
    this.#nodes = new Int32Array(3 * 1024);
    this.#slots = new Int32Array(2048);
    this.#read = new Map();
    for (let sequence = 0; sequence < used.length; sequence++) {
      if (used[sequence] !== 1 && sequence !== 0) continue;
      let number = 0;
      for (const symbol of before.#symbols(sequence)) {
        number = this.step(number, map === undefined ? symbol : map[templateOf(symbol)] << 3 | symbol & 7);
      }
      renumbered[sequence] = number;
    }
    return renumbered;
  }

  #symbols(sequence: number): Int32Array<ArrayBuffer> {
    const nodes = this.#nodes, symbols = new Int32Array(nodes[3 * sequence + 2]);
    for (let at = sequence, i = symbols.length; i > 0; at = nodes[3 * at]) symbols[--i] = nodes[3 * at + 1];
    return symbols;
  }

  #create(sequence: number, symbol: number): number {
    const length = this.#nodes[3 * sequence + 2];
    if (this.size >= this.#limit || length >= this.#longest) return NO_SEQUENCE;
    if (3 * this.size === this.#nodes.length) this.#grow();
    const next = this.size++, nodes = this.#nodes;
    nodes[3 * next] = sequence;
    nodes[3 * next + 1] = symbol;
    nodes[3 * next + 2] = length + 1;
    this.#place(next);
    return next;
  }

  #place(number: number): void {
    const slots = this.#slots, nodes = this.#nodes, mask = slots.length - 1;
    let slot = slotOf(nodes[3 * number], nodes[3 * number + 1]) & mask;
    while (slots[slot] > 0) slot = (slot + 1) & mask;
    slots[slot] = number;
  }

  #grow(): void {
    const nodes = new Int32Array(2 * this.#nodes.length);
    nodes.set(this.#nodes);
    this.#nodes = nodes;
    this.#slots = new Int32Array(4 * this.size);
    for (let number = 1; number < this.size; number++) this.#place(number);
  }
}

function slotOf(sequence: number, symbol: number): number {
  const hash = Math.imul(sequence ^ Math.imul(symbol, 0x85ebca6b), 0x9e3779b1);
  return hash ^ (hash >>> 15);
}
