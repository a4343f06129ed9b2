/**
 * Windows as rows of numbers.
 *
 * @module
 */

/** What a column of a {@linkcode FeatureMatrix} counts. */
export interface FeatureColumn {
  /**
   * `template` = events of one template, `other` = events of known templates too rare for a column of their own,
   * `unseen` = events of templates that the model doesn't know, `level` = events of one severity class.
   */
  kind: "template" | "other" | "unseen" | "level";
  /** Template id, `other`, `unseen`, or the level's name (`warn`, `error`, …). */
  id: string;
  /** For people: the template's text or the level's name. */
  title: string;
}

/**
 * Distinct rows with weights. Real logs repeat, so windows with equal counts are one row, and no model scores a row twice.
 */
export interface FeatureMatrix {
  readonly columns: readonly FeatureColumn[];
  /** Distinct rows. */
  readonly rows: number;
  /** Counts, row-major, shape [rows, columns.length]. */
  readonly values: Float32Array;
  /** How many windows each row stands for, shape [rows]. */
  readonly weights: Float64Array;
}

/** Row `row` of `matrix` as a view of its values, shape [columns]. */
export function rowOf(matrix: FeatureMatrix, row: number): Float32Array {
  const width = matrix.columns.length;
  return matrix.values.subarray(row * width, (row + 1) * width);
}
