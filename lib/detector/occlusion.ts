/**
 * What made a score, by asking what it would be without: contributions for any detector.
 *
 * @module
 */
import { type FeatureMatrix, rowOf } from "../feature/feature_matrix.ts";

/** What occlusion asks of a detector. */
export interface Occluded {
  /** Count of a middling training row, shape [columns]: what is put in a count's place. */
  medians: ArrayLike<number>;
  /** Scores of rows, shape [matrix.rows]. */
  score(matrix: FeatureMatrix): Float64Array;
  /** How unusual each column of the row is by itself, shape [columns]: decides where no single count makes the score. */
  otherwise(): ArrayLike<number>;
}

/**
 * How much each column contributed to the score of one row: how far the score falls when its count is replaced by the training
 * median, negative falls clipped. (Taking also how far the median row rises with that count alone – the first term of
 * the Shapley value beside its last – names two planted templates less often, and costs twice as much.)
 *
 * @returns Shape [columns]; sums to 1, or is all 0 where the row scores no higher than the median row.
 * @see Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (occlusion), ECCV 2014
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { occlusion } from "./occlusion.ts";
 *
 * const columns = ["T1", "T2"].map((id) => ({ kind: "template" as const, id, title: id }));
 * const matrix = { columns, rows: 1, values: Float32Array.of(1, 4), weights: Float64Array.of(1) };
 * const contributions = occlusion(matrix, 0, {
 *   medians: [1, 1],
 *   score: ({ rows, values }) => Float64Array.from({ length: rows }, (_, row) => values[2 * row + 1]),
 *   otherwise: () => [0, 0],
 * });
 * assert.deepEqual([...contributions], [0, 1]);
 * ```
 */
export function occlusion(matrix: FeatureMatrix, row: number, detector: Occluded): Float64Array {
  const { medians } = detector, counts = rowOf(matrix, row), width = counts.length;
  const unusual = [...counts.keys()].filter((column) => counts[column] !== medians[column]);
  const [score, middling, ...occluded] = detector.score(variantsOf(matrix, counts, { medians, unusual }));
  if (score <= middling) return new Float64Array(width);
  const falls = new Float64Array(width);
  unusual.forEach((column, i) => falls[column] = Math.max(0, score - occluded[i]));
  return shares(falls) ?? shares(Float64Array.from(detector.otherwise())) ?? falls;
}

/** Row 0 is the row itself, row 1 the medians, row 2 + i the row with its i-th unusual count at the column's median. */
function variantsOf(
  { columns }: FeatureMatrix,
  counts: Float32Array,
  { medians, unusual }: { medians: ArrayLike<number>; unusual: number[] },
): FeatureMatrix {
  const width = counts.length, rows = 2 + unusual.length, values = new Float32Array(rows * width);
  for (let variant = 0; variant < rows; variant++) {
    values.set(variant === 1 ? medians : counts, variant * width);
    if (variant > 1) values[variant * width + unusual[variant - 2]] = medians[unusual[variant - 2]];
  }
  return { columns, rows, values, weights: new Float64Array(rows) };
}

/** Parts of their sum; `null` where it is 0. */
function shares(parts: Float64Array): Float64Array | null {
  const sum = parts.reduce((total, part) => total + part, 0);
  return sum > 0 ? parts.map((part) => part / sum) : null;
}
