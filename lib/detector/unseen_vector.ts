/**
 * `unseen-vector`: count vectors that training never showed, by how far they are from the nearest that it did.
 *
 * @module
 */
import { type FeatureMatrix, rowOf } from "../feature/feature_matrix.ts";
import type { Detector, DetectorKind, DetectorSnapshot } from "./detector.ts";
import { distinctRows } from "./distinct_rows.ts";
import { KNOWN_LIMIT, KnownVectors, REFERENCE_LIMIT } from "./known_vectors.ts";
import { type FieldCheck, isAmount, isColumnNames, isCount, readSnapshot } from "./snapshot.ts";
import { TrainedColumns } from "./trained_columns.ts";

const NAME = "unseen-vector";
const VERSION = 2;

/**
 * Scores a row 0 where training had exactly its counts, else by the distance to the nearest training vector: the sum of
 * the differences divided by the greater of the two sums (a relative of the Bray–Curtis dissimilarity).
 *
 * @see Lin et al., "Log Clustering Based Problem Identification for Online Service Systems", ICSE 2016, which compares a
 * session with the nearest known one
 * @see Yu et al., "Deep Learning or Classical Machine Learning? An Empirical Study on Log-Based Anomaly Detection", ICSE
 * 2024, on how far looking up count vectors goes
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { unseenVector } from "./unseen_vector.ts";
 *
 * const columns = ["T1", "T2"].map((id) => ({ kind: "template" as const, id, title: id }));
 * const row = (...values: number[]) => ({
 *   columns,
 *   rows: 1,
 *   values: Float32Array.from(values),
 *   weights: Float64Array.of(1),
 * });
 * const detector = await unseenVector.fit(row(3, 1));
 * assert.equal(detector.score(row(3, 1))[0], 0);
 * assert.equal(detector.score(row(4, 0))[0], .5);
 * ```
 */
export const unseenVector: DetectorKind = {
  name: NAME,
  title: "Sets of counts that training never showed",
  refits: true,

  fit(training: FeatureMatrix): Promise<Detector> {
    return Promise.resolve().then(() => {
      const distinct = distinctRows(training);
      const vectors = KnownVectors.learn(distinct);
      return new UnseenVector(TrainedColumns.of(NAME, distinct.columns), vectors);
    });
  },

  restore(snapshot: DetectorSnapshot): Promise<Detector> {
    return Promise.resolve().then(() => {
      const { columns, ...state } = readSnapshot(snapshot, NAME, VERSION, {
        columns: isColumnNames,
        known: isHashes,
        reference: isReference,
        largest: isAmount,
      });
      const stray = state.reference.flatMap((pairs) => pairs.filter((_, i) => i % 2 === 0))
        .find((column) => !(column in columns));
      if (stray !== undefined) {
        throw new TypeError(`Cannot restore ${NAME}: the field reference names the column ${stray}`);
      }
      return new UnseenVector(new TrainedColumns(NAME, columns), new KnownVectors(state));
    });
  },
};

const isHashes: FieldCheck<number[]> = (value): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.length <= KNOWN_LIMIT && value.every(isCount);

const isReference: FieldCheck<number[][]> = (value): value is number[][] =>
  Array.isArray(value) && value.length > 0 && value.length <= REFERENCE_LIMIT && value.every(isPairs);

function isPairs(pairs: unknown): boolean {
  return Array.isArray(pairs) && pairs.length % 2 === 0 &&
    pairs.every((number, i) => i % 2 === 0 ? isCount(number) : Number.isFinite(number));
}

class UnseenVector implements Detector {
  readonly kind = NAME;
  readonly smallest: number;

  constructor(readonly columns: TrainedColumns, readonly vectors: KnownVectors) {
    // Whole counts differ by one event at least, and a row larger than all of training by what it is larger.
    this.smallest = 1 / (vectors.state.largest + 1);
  }

  score(matrix: FeatureMatrix): Float64Array {
    this.columns.require(matrix);
    return Float64Array.from({ length: matrix.rows }, (_, row) => {
      const counts = rowOf(matrix, row);
      return this.vectors.has(counts) ? 0 : this.vectors.nearest(counts).distance;
    });
  }

  contributions(matrix: FeatureMatrix, row: number): Float64Array {
    const expected = this.expected(matrix, row), counts = rowOf(matrix, row);
    const apart = expected.map((count, column) => Math.abs(counts[column] - count));
    const sum = apart.reduce((total, part) => total + part, 0);
    return sum > 0 ? apart.map((part) => part / sum) : apart;
  }

  expected(matrix: FeatureMatrix, row: number): Float64Array {
    this.columns.require(matrix, row);
    const counts = rowOf(matrix, row);
    return this.vectors.has(counts) ? Float64Array.from(counts) : this.vectors.nearest(counts).counts;
  }

  toJSON(): DetectorSnapshot {
    const { known, reference, largest } = this.vectors.state;
    const copy = reference.map((pairs) => [...pairs]);
    return {
      kind: NAME,
      version: VERSION,
      columns: [...this.columns.names],
      known: [...known],
      reference: copy,
      largest,
    };
  }
}
