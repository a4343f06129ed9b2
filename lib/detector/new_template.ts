/**
 * `new-template`: events that the model has never seen.
 *
 * @module
 */
import { type FeatureMatrix, rowOf } from "../feature/feature_matrix.ts";
import type { Detector, DetectorKind, DetectorSnapshot } from "./detector.ts";
import { distinctRows } from "./distinct_rows.ts";
import { isColumnNames, isNumbers, readSnapshot } from "./snapshot.ts";
import { TrainedColumns } from "./trained_columns.ts";

const NAME = "new-template";
const VERSION = 1;

/**
 * Scores a row by what training never showed: the sum of log2(1 + count) over the `unseen` column and every column of
 * events that was 0 in all training rows. One new event scores 1, three of one template 2, one each of two templates 2;
 * a row of known templates scores 0. How much of it is normal *here* is for the threshold to say: where one session in ten
 * has a new event, one new event is nothing.
 *
 * @see Du et al., "DeepLog: Anomaly Detection and Diagnosis from System Logs through Deep Learning", CCS 2017, which
 * treats a log key outside its vocabulary as anomalous
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newTemplate } from "./new_template.ts";
 *
 * const columns = [
 *   { kind: "template" as const, id: "T1", title: "started" },
 *   { kind: "unseen" as const, id: "unseen", title: "unseen templates" },
 * ];
 * const row = (...values: number[]) => ({
 *   columns,
 *   rows: 1,
 *   values: Float32Array.from(values),
 *   weights: Float64Array.of(1),
 * });
 * const detector = await newTemplate.fit(row(4, 0));
 * assert.equal(detector.score(row(4, 0))[0], 0);
 * assert.equal(detector.score(row(4, 3))[0], 2);
 * ```
 */
export const newTemplate: DetectorKind = {
  name: NAME,
  title: "Events that training never showed",
  refits: true,

  fit(training: FeatureMatrix): Promise<Detector> {
    return Promise.resolve().then(() => {
      const distinct = distinctRows(training);
      const seen = new Uint8Array(distinct.columns.length);
      for (let row = 0; row < distinct.rows; row++) {
        rowOf(distinct, row).forEach((count, column) => seen[column] ||= count > 0 ? 1 : 0);
      }
      const unknown = [...seen.keys()].filter((column) => {
        const { kind } = distinct.columns[column];
        return kind === "unseen" || (kind !== "level" && seen[column] === 0);
      });
      return new NewTemplate(TrainedColumns.of(NAME, distinct.columns), unknown);
    });
  },

  restore(snapshot: DetectorSnapshot): Promise<Detector> {
    return Promise.resolve().then(() => {
      const { columns, unknown } = readSnapshot(snapshot, NAME, VERSION, {
        columns: isColumnNames,
        unknown: isNumbers,
      });
      const stray = unknown.find((column) => !Number.isInteger(column) || !(column in columns));
      if (stray !== undefined) {
        throw new TypeError(`Cannot restore ${NAME}: the field unknown names the column ${stray}`);
      }
      return new NewTemplate(new TrainedColumns(NAME, columns), unknown);
    });
  },
};

class NewTemplate implements Detector {
  readonly kind = NAME;
  /** One event. */
  readonly smallest = 1;

  /** @param unknown Columns that were 0 in training. */
  constructor(readonly columns: TrainedColumns, readonly unknown: readonly number[]) {}

  score(matrix: FeatureMatrix): Float64Array {
    this.columns.require(matrix);
    return Float64Array.from({ length: matrix.rows }, (_, row) => this.#scoreRow(rowOf(matrix, row)));
  }

  contributions(matrix: FeatureMatrix, row: number): Float64Array {
    this.columns.require(matrix, row);
    const counts = rowOf(matrix, row),
      score = this.#scoreRow(counts),
      parts = new Float64Array(counts.length);
    if (score > 0) {
      for (const column of this.unknown) {
        parts[column] = Math.log2(1 + counts[column]) / score;
      }
    }
    return parts;
  }

  expected(matrix: FeatureMatrix, row: number): Float64Array {
    this.columns.require(matrix, row);
    const counts = Float64Array.from(rowOf(matrix, row));
    for (const column of this.unknown) counts[column] = 0;
    return counts;
  }

  toJSON(): DetectorSnapshot {
    return { kind: NAME, version: VERSION, columns: [...this.columns.names], unknown: [...this.unknown] };
  }

  #scoreRow(counts: Float32Array): number {
    let score = 0;
    for (const column of this.unknown) score += Math.log2(1 + counts[column]);
    return score;
  }
}
