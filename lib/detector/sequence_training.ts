/**
 * A training set of sequences, checked and numbered for those that learn from it.
 *
 * @module
 */
import { sequenceOf, type SequenceSet } from "./sequence_set.ts";

/** A sequence to learn from. */
export interface WeightedSequence {
  /** Indices into the vocabulary; −1 = an event that has none. */
  events: Int32Array;
  weight: number;
}

/** Template ids that a model keeps, the most frequent ones. */
const VOCABULARY = 20_000;

/**
 * The events that occur, the most frequent first, and the sequences in their numbers.
 *
 * @param detector Name of the detector, for its messages.
 * @throws {RangeError} if there is no sequence with a known event, or a weight is negative or not finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sequenceSet } from "./sequence_set.ts";
 * import { knownEvents } from "./sequence_training.ts";
 *
 * const { vocabulary, sequences } = knownEvents("ngram", sequenceSet([["open", "read", "read"]]).set);
 * assert.deepEqual(vocabulary, ["read", "open"]);
 * assert.deepEqual([...sequences[0].events], [1, 0, 0]);
 * ```
 */
export function knownEvents(
  detector: string,
  set: SequenceSet,
): { vocabulary: string[]; sequences: WeightedSequence[] } {
  const occurred = new Float64Array(set.vocabulary.length);
  for (let row = 0; row < set.rows; row++) {
    const weight = set.weights[row];
    if (!(weight >= 0) || weight === Infinity) {
      throw new RangeError(`Cannot fit ${detector}: sequence ${row} has weight ${weight}`);
    }
    for (const event of sequenceOf(set, row)) if (event >= 0) occurred[event] += weight;
  }
  const order = [...occurred.keys()].filter((event) => occurred[event] > 0)
    .sort((a, b) => occurred[b] - occurred[a] || (set.vocabulary[a] < set.vocabulary[b] ? -1 : 1))
    .slice(0, VOCABULARY);
  if (order.length === 0) throw new RangeError(`Cannot fit ${detector}: there is no sequence with an event`);
  const numbers = new Int32Array(set.vocabulary.length).fill(-1);
  order.forEach((event, number) => numbers[event] = number);
  const sequences: WeightedSequence[] = [];
  for (let row = 0; row < set.rows; row++) {
    if (set.weights[row] === 0) continue;
    const events = sequenceOf(set, row).map((event) => event < 0 ? -1 : numbers[event]);
    sequences.push({ events, weight: set.weights[row] });
  }
  return { vocabulary: order.map((event) => set.vocabulary[event]), sequences };
}
