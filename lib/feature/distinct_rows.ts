/**
 * Rows of numbers, each kept once.
 *
 * @module
 */
import type { FeatureColumn, FeatureMatrix } from "./feature_matrix.ts";

/**
 * Gathers rows and gives equal ones the same number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DistinctRows } from "./distinct_rows.ts";
 *
 * const rows = new DistinctRows(2);
 * assert.equal(rows.put(Float32Array.of(1, 2)), 0);
 * assert.equal(rows.put(Float32Array.of(3, 0)), 1);
 * assert.equal(rows.put(Float32Array.of(1, 2)), 0);
 * ```
 */
export class DistinctRows {
  readonly #width: number;
  #values: Float32Array<ArrayBuffer>;
  #weights: number[] = [];
  readonly #byHash = new Map<number, number[]>();

  /** @param width Numbers in a row. */
  constructor(width: number) {
    this.#width = width;
    this.#values = new Float32Array(width * 16);
  }

  /** The number of a row, which is copied when it is new. */
  put(values: Float32Array): number {
    const hash = hashOf(values), same = this.#byHash.get(hash);
    const found = same?.find((row) => this.#equals(row, values));
    if (found !== undefined) return found;
    const row = this.#weights.push(0) - 1;
    if ((row + 1) * this.#width > this.#values.length) {
      const larger = new Float32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values.set(values, row * this.#width);
    if (same) same.push(row);
    else this.#byHash.set(hash, [row]);
    return row;
  }

  /** Adds to the weight of a row, which is 0 at first. */
  weigh(row: number, weight: number): void {
    this.#weights[row] += weight;
  }

  /** All rows as a matrix. */
  matrix(columns: readonly FeatureColumn[]): FeatureMatrix {
    const rows = this.#weights.length;
    return {
      columns,
      rows,
      values: this.#values.slice(0, rows * this.#width),
      weights: Float64Array.from(this.#weights),
    };
  }

  #equals(row: number, values: Float32Array): boolean {
    const from = row * this.#width;
    for (let i = 0; i < this.#width; i++) if (this.#values[from + i] !== values[i]) return false;
    return true;
  }
}

function hashOf(values: Float32Array): number {
  let hash = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== 0) hash = Math.imul(hash ^ Math.imul(i + 1, 0x9e3779b1) ^ values[i], 0x85ebca6b);
  }
  return hash ^ (hash >>> 15);
}
