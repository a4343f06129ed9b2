/**
 * Distinct weighted rows, divided into those that a training learns from and those that tell it when to stop.
 *
 * @module
 */
import type { TrainingRows } from "./autoencoder_network.ts";

/** Rows with what each counts for. */
export interface WeightedRows {
  rows: Int32Array;
  /** Shape [rows], sum 1. */
  shares: Float64Array;
}

/** Rows to learn from, and rows to stop by. */
export interface TrainingSplit {
  training: WeightedRows;
  validation: WeightedRows;
  /** Mean of each column over the training rows. */
  means: Float64Array;
}

/**
 * Holds back the last fifth, by order, of the rows that were seen once. A row that stands for several windows would fall on
 * both sides of a split of all windows, so it does here: it trains, and it validates with a fifth of its weight.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { splitRows } from "./training_split.ts";
 *
 * const rows = { values: new Float32Array(6), width: 1, weights: Float64Array.of(1, 9, 1, 1, 1, 1), columnWeights: Float32Array.of(1) };
 * const { training, validation } = splitRows(rows);
 * assert.deepEqual([...training.rows], [0, 1, 2, 3, 4]);
 * assert.deepEqual([...validation.rows], [1, 5]);
 * ```
 */
export function splitRows(rows: TrainingRows): TrainingSplit {
  const all = Int32Array.from(rows.weights, (_, row) => row);
  const once = all.filter((row) => rows.weights[row] <= 1);
  const held = new Set(once.subarray(Math.ceil(once.length * .8)));
  const learned = all.filter((row) => !held.has(row));
  const validating = all.filter((row) => held.has(row) || rows.weights[row] > 1);
  const root = (row: number) => Math.sqrt(rows.weights[row]);
  const training = weighted(learned, root);
  return {
    training,
    validation: weighted(
      validating.length > 0 ? validating : all,
      (row) => held.has(row) ? root(row) : root(row) / 5,
    ),
    means: columnMeans(rows, training),
  };
}

function weighted(rows: Int32Array, weightOf: (row: number) => number): WeightedRows {
  const weights = Float64Array.from(rows, weightOf);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { rows, shares: weights.map((weight) => weight / sum) };
}

function columnMeans({ values, width }: TrainingRows, of: WeightedRows): Float64Array {
  const means = new Float64Array(width);
  of.rows.forEach((row, i) => {
    for (let column = 0; column < width; column++) {
      means[column] += of.shares[i] * values[row * width + column];
    }
  });
  return means;
}

/** Weighted mean squared error, on the training rows, of predicting each column's mean. */
export function lossOfMeans(
  { values, width, columnWeights }: TrainingRows,
  { training, means }: TrainingSplit,
): number {
  let loss = 0;
  training.rows.forEach((row, i) => {
    for (let column = 0; column < width; column++) {
      const error = values[row * width + column] - means[column];
      loss += training.shares[i] * columnWeights[column] * error * error / width;
    }
  });
  return loss;
}
