/**
 * Two detectors of one kind, each fitted on half of the training.
 *
 * @module
 */
import type { FeatureMatrix } from "../feature/feature_matrix.ts";
import type { Detector, DetectorSnapshot } from "./detector.ts";
import { isObject } from "./snapshot.ts";

const NAME = "halves";
const VERSION = 1;

/**
 * The mean of what both say. Each half of the training has scores by the one that hasn't seen it: honest ones, that a line can
 * be drawn from, at no more cost than one fit on all.
 *
 * @see Stone, "Cross-Validatory Choice and Assessment of Statistical Predictions", JRSS B 36, 1974
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Halves } from "./halves.ts";
 * import { newTemplate } from "./new_template.ts";
 *
 * const columns = ["T1", "T2"].map((id) => ({ kind: "template" as const, id, title: id }));
 * const row = (...values: number[]) => ({ columns, rows: 1, values: Float32Array.from(values), weights: Float64Array.of(1) });
 * const halves = new Halves([await newTemplate.fit(row(1, 0)), await newTemplate.fit(row(1, 1))]);
 * assert.equal(halves.score(row(0, 3))[0], 1); // 2 for the first, 0 for the second
 * ```
 */
export class Halves implements Detector {
  readonly kind: string;
  readonly note: string;

  constructor(readonly halves: readonly [Detector, Detector]) {
    this.kind = halves[0].kind;
    this.note = [...new Set(halves.map(({ note = "" }) => note))].filter((note) => note !== "").join("; ");
  }

  score(matrix: FeatureMatrix): Float64Array {
    return this.#mean((detector) => detector.score(matrix));
  }

  contributions(matrix: FeatureMatrix, row: number): Float64Array {
    const mean = this.#mean((detector) => detector.contributions(matrix, row));
    const sum = mean.reduce((total, part) => total + part, 0);
    return sum > 0 ? mean.map((part) => part / sum) : mean;
  }

  expected(matrix: FeatureMatrix, row: number): Float64Array {
    return this.#mean((detector) => detector.expected(matrix, row));
  }

  toJSON(): DetectorSnapshot {
    return { kind: NAME, version: VERSION, halves: this.halves.map((half) => half.toJSON()) };
  }

  /**
   * The two of a snapshot; `null` where it is one of something else.
   *
   * @throws {TypeError} if a field is missing, of the wrong type or of an unknown version.
   */
  static read(snapshot: DetectorSnapshot): [DetectorSnapshot, DetectorSnapshot] | null {
    if (snapshot.kind !== NAME) return null;
    const { version, halves } = snapshot;
    if (version !== VERSION || !Array.isArray(halves) || halves.length !== 2 || !halves.every(isObject)) {
      throw new TypeError(
        `Cannot restore ${NAME}: it has version ${version}, expected ${VERSION} with two halves`,
      );
    }
    return halves as unknown as [DetectorSnapshot, DetectorSnapshot];
  }

  #mean(of: (detector: Detector) => Float64Array): Float64Array {
    const [a, b] = this.halves.map((half) => of(half).slice());
    return a.map((value, i) => (value + b[i]) / 2);
  }
}
