/**
 * The columns that a detector was fitted on, and the check that a matrix has the same.
 *
 * @module
 */
import type { FeatureColumn, FeatureMatrix } from "../feature/feature_matrix.ts";

/**
 * Columns by kind and id; a title is for people and may differ.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { TrainedColumns } from "./trained_columns.ts";
 *
 * const columns = new TrainedColumns("autoencoder", ["template:T1"]);
 * const other = [{ kind: "template" as const, id: "T2", title: "stopped" }];
 * const matrix = { columns: other, rows: 0, values: new Float32Array(0), weights: new Float64Array(0) };
 * assert.throws(() => columns.require(matrix), TypeError);
 * ```
 */
export class TrainedColumns {
  #accepted: readonly FeatureColumn[] | null = null;

  /**
   * @param detector Name of the detector, for its messages.
   * @param names `kind:id` of each column, as {@linkcode columnName} writes it.
   */
  constructor(readonly detector: string, readonly names: readonly string[]) {}

  /** The columns of a training matrix. */
  static of(detector: string, columns: readonly FeatureColumn[]): TrainedColumns {
    return new TrainedColumns(detector, columns.map(columnName));
  }

  /** How many. */
  get width(): number {
    return this.names.length;
  }

  /**
   * Refuses a matrix of other columns, or a row that it doesn't have.
   *
   * @throws {TypeError} if a column differs, is missing or is too many.
   * @throws {RangeError} if `row` is given and is none of the matrix.
   */
  require(matrix: FeatureMatrix, row?: number): void {
    if (matrix.columns !== this.#accepted) this.#compare(matrix.columns);
    if (row !== undefined && !(Number.isInteger(row) && row >= 0 && row < matrix.rows)) {
      throw new RangeError(
        `Cannot read a row for ${this.detector}: the matrix has ${matrix.rows} rows and no ${row}`,
      );
    }
  }

  #compare(columns: readonly FeatureColumn[]): void {
    const { detector, names } = this;
    if (columns.length !== names.length) {
      throw new TypeError(
        `Cannot score with ${detector}: it knows ${names.length} columns and got ${columns.length}`,
      );
    }
    const at = columns.findIndex((column, i) => columnName(column) !== names[i]);
    if (at >= 0) {
      throw new TypeError(
        `Cannot score with ${detector}: column ${at} is ${columnName(columns[at])} instead of ${names[at]}`,
      );
    }
    this.#accepted = columns;
  }
}

/**
 * `kind:id` of a column.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { columnName } from "./trained_columns.ts";
 *
 * assert.equal(columnName({ kind: "level", id: "warn", title: "WARN" }), "level:warn");
 * ```
 */
export function columnName(column: FeatureColumn): string {
  return `${column.kind}:${column.id}`;
}
