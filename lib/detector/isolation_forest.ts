/**
 * `isolation-forest`: rows that few random splits set apart from the others.
 *
 * @module
 */
import { type FeatureMatrix, rowOf } from "../feature/feature_matrix.ts";
import { columnMedians } from "./column_weights.ts";
import type { Detector, DetectorKind, DetectorSnapshot, FitOptions } from "./detector.ts";
import { distinctRows } from "./distinct_rows.ts";
import { type FittedForest, NAME, readFitted, saveFitted } from "./isolation_forest_snapshot.ts";
import { growTrees } from "./isolation_growth.ts";
import { meanPath, pathLength } from "./isolation_trees.ts";
import { occlusion } from "./occlusion.ts";
import { TrainedColumns } from "./trained_columns.ts";

/**
 * Twice the usual number: a score's spread over seeds falls with the square root of it, and growing the second hundred takes
 * some milliseconds.
 */
const TREES = 200;
/** Of the paper: more windows make trees deeper, not better. */
const SUBSAMPLE = 256;

/**
 * The isolation forest: 200 trees on 256 windows each, of log1p counts.
 *
 * - The score is 2^(−E / c), with E the mean path length of the row through the trees and c that of a window among those that
 *   a tree was grown on: ½ is usual, near 1 anomalous. With the same trees it equals scikit-learn's
 *   `-score_samples`.
 * - A split lies within what training showed, so no path gets shorter by a count beyond it, and a template that never occurred
 *   is never asked for. Here the path of such a row is divided by 1 + the doublings (log2 of (1 + count) / (1 + bound), summed
 *   over the columns) by which it leaves what training showed. Rows within it keep the paper's score.
 * - Contributions are by occlusion; see {@linkcode occlusion}.
 *
 * @see Liu, Ting and Zhou, "Isolation Forest", ICDM 2008
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isolationForest } from "./isolation_forest.ts";
 *
 * const columns = ["T1", "T2"].map((id) => ({ kind: "template" as const, id, title: id }));
 * const matrix = (values: number[], weights: number[]) => ({
 *   columns,
 *   rows: weights.length,
 *   values: Float32Array.from(values),
 *   weights: Float64Array.from(weights),
 * });
 * const detector = await isolationForest.fit(matrix([3, 0, 2, 0, 4, 1], [40, 20, 1]));
 * const [normal, rare, unseen] = detector.score(matrix([3, 0, 4, 1, 3, 9], [1, 1, 1]));
 * assert(normal < .5 && rare > .5 && unseen > .5);
 * ```
 */
export const isolationForest: DetectorKind = {
  name: NAME,
  title: "Windows that few questions about their counts set apart",

  fit(training: FeatureMatrix, { seed = 0 }: FitOptions = {}): Promise<Detector> {
    return Promise.resolve().then(() => {
      const distinct = distinctRows(training), width = distinct.columns.length;
      const values = distinct.values.map(Math.log1p), { weights } = distinct;
      const grown = growTrees({ values, width, weights }, { trees: TREES, subsample: SUBSAMPLE, seed });
      return new IsolationForest({
        columns: TrainedColumns.of(NAME, distinct.columns),
        ...grown,
        ...rangesOf(distinct),
        medians: columnMedians(distinct),
      });
    });
  },

  restore(snapshot: DetectorSnapshot): Promise<Detector> {
    return Promise.resolve().then(() => new IsolationForest(readFitted(snapshot)));
  },
};

class IsolationForest implements Detector {
  readonly kind = NAME;
  readonly #usual: number;

  constructor(readonly fitted: FittedForest) {
    this.#usual = meanPath(fitted.windows);
  }

  score(matrix: FeatureMatrix): Float64Array {
    this.fitted.columns.require(matrix);
    return Float64Array.from({ length: matrix.rows }, (_, row) => {
      const counts = rowOf(matrix, row);
      return 2 ** -(this.#relativePath(counts) / (1 + this.#doublings(counts)));
    });
  }

  contributions(matrix: FeatureMatrix, row: number): Float64Array {
    this.fitted.columns.require(matrix, row);
    const { medians } = this.fitted;
    return occlusion(matrix, row, {
      medians,
      score: (variants) => this.score(variants),
      otherwise: () =>
        rowOf(matrix, row).map((count, i) => Math.abs(Math.log1p(count) - Math.log1p(medians[i]))),
    });
  }

  expected(matrix: FeatureMatrix, row: number): Float64Array {
    this.fitted.columns.require(matrix, row);
    return Float64Array.from(this.fitted.medians);
  }

  toJSON(): DetectorSnapshot {
    return saveFitted(this.fitted);
  }

  /** Path length, 1 = that of a window among those a tree was grown on. A single window has nothing to be told apart from. */
  #relativePath(counts: Float32Array): number {
    if (this.#usual === 0) return 1;
    return pathLength(this.fitted.trees, counts.map(Math.log1p)) / this.#usual;
  }

  /** By how many doublings the counts leave what training showed, summed over the columns. */
  #doublings(counts: Float32Array): number {
    const { least, greatest } = this.fitted;
    let sum = 0;
    for (let column = 0; column < counts.length; column++) {
      const count = counts[column];
      if (count > greatest[column]) sum += Math.log2((1 + count) / (1 + greatest[column]));
      else if (count < least[column]) sum += Math.log2((1 + least[column]) / (1 + count));
    }
    return sum;
  }
}

/** Least and greatest count of each column. */
function rangesOf(matrix: FeatureMatrix): { least: number[]; greatest: number[] } {
  const width = matrix.columns.length;
  const least = new Array<number>(width).fill(Infinity), greatest = new Array<number>(width).fill(-Infinity);
  for (let row = 0; row < matrix.rows; row++) {
    rowOf(matrix, row).forEach((count, column) => {
      if (count < least[column]) least[column] = count;
      if (count > greatest[column]) greatest[column] = count;
    });
  }
  return { least, greatest };
}
