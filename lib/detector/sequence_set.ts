/**
 * Sequences of events, every one distinct and weighted.
 *
 * @module
 */

/**
 * Distinct sequences with weights: real logs repeat, so sessions with equal order are one row, and no model reads a sequence
 * twice. A sequence is a session's events in order, or a chain: the events of one component or process in a span of time.
 */
export interface SequenceSet {
  /** Template ids; an event is an index into them. */
  readonly vocabulary: readonly string[];
  /** Distinct sequences. */
  readonly rows: number;
  /** Events of all sequences, one behind the other; −1 = a template that the vocabulary lacks. */
  readonly events: Int32Array;
  /** Where each sequence begins in {@linkcode events}, and last where the last one ends, shape [rows + 1]. */
  readonly starts: Int32Array;
  /** How many sequences each row stands for, shape [rows]. */
  readonly weights: Float64Array;
}

/** How {@linkcode sequenceSet} reads sequences. */
export interface SequenceSetOptions<Event> {
  /** Template id of an event; asked once for each distinct one. Default: the event as text. */
  idOf?: (event: Event) => string;
  /** Template ids that get a number; default: all that occur, in the order of first appearance. */
  vocabulary?: readonly string[];
  /** How many sequences each one given stands for; default 1. */
  weights?: ArrayLike<number>;
}

/**
 * Gathers sequences: equal ones become one row.
 *
 * @param sequences Events of each in order, as template ids or as what `idOf` makes ids of.
 * @returns The set, and the row of each sequence given.
 * @throws {RangeError} if a weight is negative or not finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sequenceSet } from "./sequence_set.ts";
 *
 * const { set, rows } = sequenceSet([["open", "close"], ["open", "read", "close"], ["open", "close"]]);
 * assert.deepEqual(set.vocabulary, ["open", "close", "read"]);
 * assert.deepEqual([...set.events], [0, 1, 0, 2, 1]);
 * assert.deepEqual([...set.weights], [2, 1]);
 * assert.deepEqual([...rows], [0, 1, 0]);
 * ```
 */
export function sequenceSet<Event = string>(
  sequences: Iterable<ArrayLike<Event>>,
  options: SequenceSetOptions<Event> = {},
): { set: SequenceSet; rows: Int32Array } {
  const numbers = new Numbers(options), distinct = new DistinctSequences(), rows: number[] = [];
  for (const sequence of sequences) {
    const weight = options.weights?.[rows.length] ?? 1;
    if (!(weight >= 0) || weight === Infinity) {
      throw new RangeError(`Cannot gather sequences: number ${rows.length} has weight ${weight}`);
    }
    const row = distinct.put(Int32Array.from(sequence, (event) => numbers.of(event)));
    distinct.weights[row] += weight;
    rows.push(row);
  }
  return { set: distinct.set(numbers.vocabulary), rows: Int32Array.from(rows) };
}

/** The events of row `row` as a view, shape [its length]. */
export function sequenceOf({ events, starts }: SequenceSet, row: number): Int32Array {
  return events.subarray(starts[row], starts[row + 1]);
}

/** Events by number. */
class Numbers<Event> {
  readonly vocabulary: string[];
  readonly #byEvent = new Map<Event, number>();
  readonly #byId: Map<string, number>;
  readonly #grows: boolean;
  readonly #idOf: (event: Event) => string;

  constructor({ vocabulary, idOf = String }: SequenceSetOptions<Event>) {
    this.vocabulary = [...vocabulary ?? []];
    this.#byId = new Map(this.vocabulary.map((id, number) => [id, number]));
    this.#grows = vocabulary === undefined;
    this.#idOf = idOf;
  }

  of(event: Event): number {
    let number = this.#byEvent.get(event);
    if (number === undefined) this.#byEvent.set(event, number = this.#find(this.#idOf(event)));
    return number;
  }

  #find(id: string): number {
    let number = this.#byId.get(id) ?? -1;
    if (number < 0 && this.#grows) this.#byId.set(id, number = this.vocabulary.push(id) - 1);
    return number;
  }
}

class DistinctSequences {
  readonly weights: number[] = [];
  readonly #sequences: Int32Array[] = [];
  readonly #byHash = new Map<number, number[]>();

  put(events: Int32Array): number {
    const hash = hashOf(events), same = this.#byHash.get(hash);
    const found = same?.find((row) => isEqual(this.#sequences[row], events));
    if (found !== undefined) return found;
    const row = this.#sequences.push(events) - 1;
    this.weights.push(0);
    if (same) same.push(row);
    else this.#byHash.set(hash, [row]);
    return row;
  }

  set(vocabulary: readonly string[]): SequenceSet {
    const rows = this.#sequences.length, starts = new Int32Array(rows + 1);
    this.#sequences.forEach(({ length }, row) => starts[row + 1] = starts[row] + length);
    const events = new Int32Array(starts[rows]);
    this.#sequences.forEach((sequence, row) => events.set(sequence, starts[row]));
    return { vocabulary, rows, events, starts, weights: Float64Array.from(this.weights) };
  }
}

function hashOf(events: Int32Array): number {
  let hash = events.length;
  for (let i = 0; i < events.length; i++) hash = Math.imul(hash ^ events[i] ^ (hash >>> 15), 0x85ebca6b);
  return hash;
}

function isEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
