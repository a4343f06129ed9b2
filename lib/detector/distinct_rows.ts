/**
 * Equal rows as one row with their weights summed, so that a fit cannot depend on how its repeats were written.
 *
 * @module
 */
import { DistinctRows } from "../feature/distinct_rows.ts";
import { type FeatureMatrix, rowOf } from "../feature/feature_matrix.ts";

/**
 * The same windows with every row distinct, in the order of first appearance. Rows of weight 0 stand for no window and
 * are dropped.
 *
 * @throws {RangeError} if there is no row or no column, or a weight is negative or not finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { distinctRows } from "./distinct_rows.ts";
 *
 * const columns = [{ kind: "template" as const, id: "T1", title: "started" }];
 * const repeated = { columns, rows: 3, values: Float32Array.of(2, 2, 5), weights: Float64Array.of(1, 3, 1) };
 * const { values, weights } = distinctRows(repeated);
 * assert.deepEqual([...values], [2, 5]);
 * assert.deepEqual([...weights], [4, 1]);
 * ```
 */
export function distinctRows(matrix: FeatureMatrix): FeatureMatrix {
  const width = matrix.columns.length;
  if (width === 0) throw new RangeError("Cannot fit: the training matrix has no columns");
  const distinct = new DistinctRows(width);
  let any = false;
  for (let row = 0; row < matrix.rows; row++) {
    const weight = matrix.weights[row];
    if (!(weight >= 0) || weight === Infinity) {
      throw new RangeError(`Cannot fit: row ${row} has weight ${weight}`);
    }
    if (weight === 0) continue;
    any = true;
    distinct.weigh(distinct.put(rowOf(matrix, row)), weight);
  }
  if (!any) throw new RangeError("Cannot fit: the training matrix has no rows");
  return distinct.matrix(matrix.columns);
}

/**
 * A row as a short text: equal for equal rows only.
 *
 * @param row Counts, shape [columns].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rowKey } from "./distinct_rows.ts";
 *
 * assert.equal(rowKey([0, 3, 0, 1]), "1:3,3:1");
 * ```
 */
export function rowKey(row: ArrayLike<number>): string {
  let key = "";
  for (let column = 0; column < row.length; column++) {
    if (row[column] !== 0) key += `${key ? "," : ""}${column}:${row[column]}`;
  }
  return key;
}
