/**
 * A model of the next event as a detector of sequences: what n-grams and the LSTM have in common.
 *
 * @module
 */
import type { DetectorSnapshot } from "./detector.ts";
import type { SequenceDetector, SequenceMeasure } from "./sequence_detector.ts";
import { sequenceOf, type SequenceSet } from "./sequence_set.ts";
import { type FieldCheck, isObject } from "./snapshot.ts";

/** What a model says of one sequence, each of shape [events + 1]: the last is about its end. */
export interface ReadSequence {
  /** −ln p. */
  surprises: Float64Array;
  /** How many other events were likelier; Infinity for one that could not be expected at all. */
  outrankedBy: Float64Array;
  /** The likeliest event: an index into the vocabulary, its length for the end, −1 for nothing. */
  likeliest: Int32Array;
}

/** A model of the next event. */
export interface NextEventModel {
  /** What it says of a sequence of its own vocabulary's numbers; −1 = an event that training never showed. */
  read(events: Int32Array): ReadSequence;
}

/** What a {@linkcode NextEventDetector} is made of. */
export interface NextEventParts {
  kind: string;
  vocabulary: readonly string[];
  model: NextEventModel;
  measure: SequenceMeasure;
  note?: string;
  save(): DetectorSnapshot;
}

/** Where nothing is said. */
const USUAL: SequenceMeasure = { by: "surprise", largest: 1 };

/**
 * The measure, if it is one.
 *
 * @param measure Default: the largest surprise.
 * @throws {RangeError} if its number is not a whole one above 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkedMeasure } from "./next_event_detector.ts";
 *
 * assert.deepEqual(checkedMeasure(), { by: "surprise", largest: 1 });
 * assert.throws(() => checkedMeasure({ by: "rank", top: 0 }), RangeError);
 * ```
 */
export function checkedMeasure(measure: SequenceMeasure = USUAL): SequenceMeasure {
  if (isMeasure(measure)) return measure;
  throw new RangeError(`Cannot fit: the measure is ${JSON.stringify(measure)}`);
}

/** Whether a value read back is a measure. */
export const isMeasure: FieldCheck<SequenceMeasure> = (value): value is SequenceMeasure => {
  if (!isObject(value) || Object.keys(value).length !== 2) return false;
  const number = value.by === "surprise" ? value.largest : value.by === "rank" ? value.top : 0;
  return Number.isInteger(number) && (number as number) > 0;
};

/** Whether a value read back is a list of different template ids. */
export const isVocabulary: FieldCheck<string[]> = (value): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((id) => typeof id === "string") &&
  new Set(value).size === value.length;

/**
 * Scores, contributions and expectations from a {@linkcode NextEventModel}; see {@linkcode SequenceDetector}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { NextEventDetector } from "./next_event_detector.ts";
 * import { sequenceSet } from "./sequence_set.ts";
 *
 * // A model that is surprised by nothing but the events that it doesn't know.
 * const read = (events: Int32Array) => ({
 *   surprises: Float64Array.from([...events, 0], (event) => event < 0 ? 9 : 0),
 *   outrankedBy: new Float64Array(events.length + 1),
 *   likeliest: new Int32Array(events.length + 1),
 * });
 * const detector = new NextEventDetector({
 *   kind: "toy",
 *   vocabulary: ["open"],
 *   model: { read },
 *   measure: { by: "surprise", largest: 1 },
 *   save: () => ({ kind: "toy", version: 1 }),
 * });
 * const { set } = sequenceSet([["open", "open"], ["open", "fail"]]);
 * assert.deepEqual([...detector.score(set)], [0, 9]);
 * assert.deepEqual([...detector.contributions(set, 1)], [0, 1, 0]);
 * ```
 */
export class NextEventDetector implements SequenceDetector {
  readonly kind: string;
  readonly note: string;
  readonly vocabulary: readonly string[];
  readonly smallest?: number;
  readonly #parts: NextEventParts;
  readonly #numbers: VocabularyNumbers;

  constructor(parts: NextEventParts) {
    this.#parts = parts;
    this.kind = parts.kind;
    this.note = parts.note ?? "";
    this.vocabulary = parts.vocabulary;
    if (parts.measure.by === "rank") this.smallest = 1;
    this.#numbers = new VocabularyNumbers(parts.vocabulary);
  }

  score(set: SequenceSet): Float64Array {
    return Float64Array.from({ length: set.rows }, (_, row) => {
      const told = this.#tell(this.#read(set, row));
      let sum = 0;
      for (let i = 0; i < told.positions.length; i++) sum += told.amounts[told.positions[i]];
      return sum / told.divisor;
    });
  }

  surprises(set: SequenceSet, row: number): Float64Array {
    return this.#read(set, row).surprises;
  }

  contributions(set: SequenceSet, row: number): Float64Array {
    const { positions, amounts } = this.#tell(this.#read(set, row)), parts = new Float64Array(amounts.length);
    const sum = positions.reduce((total, at) => total + amounts[at], 0);
    if (sum > 0) { for (const at of positions) parts[at] = amounts[at] / sum; }
    return parts;
  }

  expected(set: SequenceSet, row: number): (string | null)[] {
    return Array.from(this.#read(set, row).likeliest, (event) => this.vocabulary[event] ?? null);
  }

  toJSON(): DetectorSnapshot {
    return this.#parts.save();
  }

  #read(set: SequenceSet, row: number): ReadSequence {
    if (!(Number.isInteger(row) && row >= 0 && row < set.rows)) {
      throw new RangeError(
        `Cannot read a sequence for ${this.kind}: the set has ${set.rows} rows and no ${row}`,
      );
    }
    const numbers = this.#numbers.of(set.vocabulary);
    return this.#parts.model.read(sequenceOf(set, row).map((event) => event < 0 ? -1 : numbers[event]));
  }

  /** The places that make the score, what each adds, and what the sum is divided by. */
  #tell({ surprises, outrankedBy }: ReadSequence) {
    const { measure } = this.#parts;
    if (measure.by === "rank") {
      const amounts = outrankedBy.map((others) => others >= measure.top ? 1 : 0);
      return { positions: [...amounts.keys()].filter((at) => amounts[at] > 0), amounts, divisor: 1 };
    }
    const positions = largest(surprises, measure.largest);
    return { positions, amounts: surprises, divisor: positions.length };
  }
}

/** Indices of the `count` largest values, largest first; of equal ones the earlier. */
function largest(values: Float64Array, count: number): number[] {
  if (count > 1) return [...values.keys()].sort((a, b) => values[b] - values[a] || a - b).slice(0, count);
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return [best];
}

/** Another vocabulary's numbers as the model's. */
class VocabularyNumbers {
  readonly #byId: Map<string, number>;
  #last: { vocabulary: readonly string[]; numbers: Int32Array } | null = null;

  constructor(vocabulary: readonly string[]) {
    this.#byId = new Map(vocabulary.map((id, number) => [id, number]));
  }

  of(vocabulary: readonly string[]): Int32Array {
    if (this.#last?.vocabulary !== vocabulary || this.#last.numbers.length !== vocabulary.length) {
      this.#last = { vocabulary, numbers: Int32Array.from(vocabulary, (id) => this.#byId.get(id) ?? -1) };
    }
    return this.#last.numbers;
  }
}
