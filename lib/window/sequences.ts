/**
 * The order of a session's events, as dense numbers.
 *
 * @module
 */
import { StepMemo } from "./step_memo.ts";

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
 * Numbers for sequences of templates: an open session holds one integer, the number of the events that it has had so far.
 *
 * A trie: `step(sequence, template)` is the sequence with one more event, memoised. Real sessions repeat, so equal
 * beginnings are held once. Number 0 is the empty sequence.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Sequences } from "./sequences.ts";
 *
 * const sequences = new Sequences();
 * const two = sequences.step(sequences.step(0, 7), 3);
 * assert.deepEqual([...sequences.read(two)!], [7, 3]);
 * assert.equal(sequences.step(sequences.step(0, 7), 3), two);
 * ```
 */
export class Sequences {
  /** Sequences and their beginnings; they are 0 to `size` - 1. */
  size = 1;
  readonly #limit: number;
  readonly #longest: number;
  #before = new Int32Array(1024);
  #last = new Int32Array(1024);
  #length = new Int32Array(1024);
  #memo = new StepMemo();
  #read = new Map<number, Int32Array>();

  constructor(options: SequencesOptions = {}) {
    this.#limit = options.limit ?? 4_000_000;
    this.#longest = options.longest ?? 10_000;
  }

  /** The sequence with one more event; {@linkcode NO_SEQUENCE} where no order is kept. */
  step(sequence: number, template: number): number {
    if (sequence < 0) return NO_SEQUENCE;
    const next = this.#memo.get(sequence, template);
    return next >= 0 ? next : this.#create(sequence, template);
  }

  /** The events of `earlier`, then those of `later`. */
  merge(earlier: number, later: number): number {
    const events = this.read(later);
    if (earlier < 0 || events === null) return NO_SEQUENCE;
    return events.reduce((sequence, template) => this.step(sequence, template), earlier);
  }

  /** Template indices in order, the same array each time; `null` where no order is kept. */
  read(sequence: number): Int32Array | null {
    if (sequence < 0) return null;
    let events = this.#read.get(sequence);
    if (events === undefined) {
      events = new Int32Array(this.#length[sequence]);
      for (let at = sequence, i = events.length; i > 0; at = this.#before[at]) events[--i] = this.#last[at];
      this.#read.set(sequence, events);
    }
    return events;
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
    [before.size, before.#before, before.#last, before.#length] = [
      this.size,
      this.#before,
      this.#last,
      this.#length,
    ];
    this.size = 1;
    [this.#before, this.#last, this.#length] = [
      new Int32Array(1024),
      new Int32Array(1024),
      new Int32Array(1024),
    ];
    this.#memo = new StepMemo();
    this.#read = new Map();
    for (let sequence = 0; sequence < used.length; sequence++) {
      if (used[sequence] !== 1 && sequence !== 0) continue;
      let number = 0;
      for (const template of before.read(sequence)!) {
        number = this.step(number, map === undefined ? template : map[template]);
      }
      renumbered[sequence] = number;
    }
    return renumbered;
  }

  #create(sequence: number, template: number): number {
    if (this.size >= this.#limit || this.#length[sequence] >= this.#longest) return NO_SEQUENCE;
    if (this.size === this.#before.length) this.#grow();
    const next = this.size++;
    this.#before[next] = sequence;
    this.#last[next] = template;
    this.#length[next] = this.#length[sequence] + 1;
    this.#memo.put(sequence, template, next);
    return next;
  }

  #grow(): void {
    const larger = (column: Int32Array<ArrayBuffer>) => {
      const grown = new Int32Array(column.length * 2);
      grown.set(column);
      return grown;
    };
    [this.#before, this.#last, this.#length] = [
      larger(this.#before),
      larger(this.#last),
      larger(this.#length),
    ];
  }
}
