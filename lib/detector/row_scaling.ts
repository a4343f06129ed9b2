/**
 * Counts → numbers that a network likes: log1p, then each column from 0 (its least in training) to 1 (its most).
 *
 * @module
 */
import { type FeatureMatrix, rowOf } from "../feature/feature_matrix.ts";

/** What {@linkcode RowScaling} learned, as plain data. */
export interface RowScalingState {
  scaling: "count" | "share";
  /** Events of a middling training window; what shares are expressed in. */
  size: number;
  /** Least and most log1p value of each column in training, shape [columns]. */
  least: number[];
  most: number[];
}

/**
 * log1p and min-max, fitted on training rows only. A column that was constant in training is scaled by 1, so that a
 * column of zeros rises as soon as it counts something; nothing is clipped, so that a count beyond training stays beyond 1.
 *
 * With `share`, counts are first brought to the size of a middling window, halfway: multiplied by
 * 2·size / (size + events of the row), so that a busy hour keeps its shape and a handful of lines is not blown up.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { RowScaling } from "./row_scaling.ts";
 *
 * const columns = [{ kind: "template" as const, id: "T1", title: "started" }];
 * const training = { columns, rows: 2, values: Float32Array.of(0, 3), weights: Float64Array.of(1, 1) };
 * const scaling = RowScaling.fit(training, "count");
 * assert.deepEqual([...scaling.apply(Float32Array.of(3), new Float64Array(1))], [1]);
 * ```
 */
export class RowScaling {
  /**
   * @param eventColumns 1 where a column counts events, 0 where it counts them again by level; shape [columns].
   * @param state What an earlier fit learned.
   */
  constructor(readonly eventColumns: Uint8Array, readonly state: RowScalingState) {}

  /** Learns size and ranges from the rows of `training`. */
  static fit(training: FeatureMatrix, scaling: "count" | "share"): RowScaling {
    const width = training.columns.length;
    const least = new Array<number>(width).fill(Infinity), most = new Array<number>(width).fill(-Infinity);
    const events = Uint8Array.from(training.columns, (column) => column.kind === "level" ? 0 : 1);
    const draft = new RowScaling(events, { scaling, size: 0, least, most });
    draft.state.size = middleSize(training, (row) => draft.#events(row));
    for (let row = 0; row < training.rows; row++) {
      const counts = rowOf(training, row), factor = draft.#factor(counts);
      for (let column = 0; column < width; column++) {
        const value = Math.log1p(counts[column] * factor);
        if (value < least[column]) least[column] = value;
        if (value > most[column]) most[column] = value;
      }
    }
    return draft;
  }

  /**
   * Scaled values of one row.
   *
   * @param counts Shape [columns].
   * @param into Filled and returned, shape [columns].
   */
  apply(counts: ArrayLike<number>, into: Float64Array): Float64Array {
    const { least } = this.state, factor = this.#factor(counts);
    for (let column = 0; column < into.length; column++) {
      into[column] = (Math.log1p(counts[column] * factor) - least[column]) / this.#range(column);
    }
    return into;
  }

  /**
   * Counts that would have been scaled to `scaled` in a row of the size of `counts`; not negative.
   *
   * @param scaled Shape [columns].
   * @param counts The row whose size is meant, shape [columns].
   */
  invert(scaled: ArrayLike<number>, counts: ArrayLike<number>): Float64Array {
    const factor = this.#factor(counts);
    return Float64Array.from(this.state.least, (least, column) => {
      return Math.max(0, Math.expm1(scaled[column] * this.#range(column) + least) / factor);
    });
  }

  #range(column: number): number {
    return this.state.most[column] - this.state.least[column] || 1;
  }

  #factor(counts: ArrayLike<number>): number {
    const { scaling, size } = this.state;
    return scaling === "count" ? 1 : 2 * size / (size + this.#events(counts));
  }

  #events(counts: ArrayLike<number>): number {
    let events = 0;
    for (let column = 0; column < counts.length; column++) {
      events += counts[column] * this.eventColumns[column];
    }
    return events;
  }
}

/** Weighted median of the rows' sizes, at least 1. */
function middleSize(training: FeatureMatrix, events: (row: Float32Array) => number): number {
  const sizes = Array.from({ length: training.rows }, (_, row) => events(rowOf(training, row)));
  return Math.max(1, weightedMedian(sizes, training.weights));
}

/**
 * The least value that at least half of the weight does not exceed.
 *
 * @param values Shape [n].
 * @param weights Shape [n].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { weightedMedian } from "./row_scaling.ts";
 *
 * assert.equal(weightedMedian([5, 1, 9], [1, 1, 5]), 9);
 * ```
 */
export function weightedMedian(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const half = order.reduce((sum, i) => sum + weights[i], 0) / 2;
  let passed = 0;
  for (const i of order) {
    passed += weights[i];
    if (passed >= half) return values[i];
  }
  return NaN;
}
