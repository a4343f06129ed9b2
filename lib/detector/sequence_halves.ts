/**
 * Two detectors of sequences of one kind, each fitted on half of the training.
 *
 * @module
 */
import type { DetectorSnapshot } from "./detector.ts";
import type { SequenceDetector } from "./sequence_detector.ts";
import type { SequenceSet } from "./sequence_set.ts";
import { isObject } from "./snapshot.ts";

const NAME = "sequence-halves";
const VERSION = 1;

/**
 * The mean of what both say; see `Halves`. What is likeliest at a place is what the second one, fitted on the later half, says.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ngram } from "./ngram.ts";
 * import { SequenceHalves } from "./sequence_halves.ts";
 * import { sequenceSet } from "./sequence_set.ts";
 *
 * const of = (...sequences: string[][]) => sequenceSet(sequences).set;
 * const [first, second] = [await ngram.fit(of(["open", "close"])), await ngram.fit(of(["open", "read", "close"]))];
 * const tested = of(["open", "close"]);
 * const [score] = new SequenceHalves([first, second]).score(tested);
 * assert.equal(score, (first.score(tested)[0] + second.score(tested)[0]) / 2);
 * ```
 */
export class SequenceHalves implements SequenceDetector {
  readonly kind: string;
  readonly note: string;
  readonly vocabulary: readonly string[];

  constructor(readonly halves: readonly [SequenceDetector, SequenceDetector]) {
    this.kind = halves[0].kind;
    this.note = [...new Set(halves.map(({ note = "" }) => note))].filter((note) => note !== "").join("; ");
    this.vocabulary = [...new Set(halves.flatMap(({ vocabulary }) => vocabulary))];
  }

  score(set: SequenceSet): Float64Array {
    return this.#mean((half) => half.score(set));
  }

  surprises(set: SequenceSet, row: number): Float64Array {
    return this.#mean((half) => half.surprises(set, row));
  }

  contributions(set: SequenceSet, row: number): Float64Array {
    const mean = this.#mean((half) => half.contributions(set, row));
    const sum = mean.reduce((total, part) => total + part, 0);
    return sum > 0 ? mean.map((part) => part / sum) : mean;
  }

  expected(set: SequenceSet, row: number): (string | null)[] {
    return this.halves[1].expected(set, row);
  }

  toJSON(): DetectorSnapshot {
    return { kind: NAME, version: VERSION, halves: this.halves.map((half) => half.toJSON()) };
  }

  /**
   * The two of a snapshot.
   *
   * @throws {TypeError} if it is one of something else, a field is missing, of the wrong type or of an unknown version.
   */
  static read({ kind, version, halves }: DetectorSnapshot): [DetectorSnapshot, DetectorSnapshot] {
    const isPair = Array.isArray(halves) && halves.length === 2 && halves.every(isObject);
    if (kind !== NAME || version !== VERSION || !isPair) {
      throw new TypeError(
        `Cannot restore ${NAME}: it is ${kind} of version ${version}, expected ${VERSION} with two halves`,
      );
    }
    return halves as unknown as [DetectorSnapshot, DetectorSnapshot];
  }

  #mean(of: (detector: SequenceDetector) => Float64Array): Float64Array {
    const [a, b] = this.halves.map((half) => of(half).slice());
    return a.map((value, i) => (value + b[i]) / 2);
  }
}
