/**
 * What training tells about single columns: how common they are, how well they are reconstructed, their middle.
 *
 * @module
 */
import { type FeatureMatrix, rowOf } from "../feature/feature_matrix.ts";
import type { TrainingRows } from "./autoencoder_network.ts";
import type { DenseNetwork } from "./dense_network.ts";

/**
 * Squared inverse document frequency of each column, (1 + ln((N + 1) / (n + 1)))², brought to mean 1: what an error counts
 * in training.
 *
 * @see Spärck Jones, "A statistical interpretation of term specificity", Journal of Documentation 28, 1972
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inverseFrequencies } from "./column_weights.ts";
 *
 * const columns = ["T1", "T2"].map((id) => ({ kind: "template" as const, id, title: id }));
 * const [common, rare] = inverseFrequencies({
 *   columns,
 *   rows: 2,
 *   values: Float32Array.of(1, 0, 1, 1),
 *   weights: Float64Array.of(9, 1),
 * });
 * assert(rare > common);
 * ```
 */
export function inverseFrequencies({ columns, rows, values, weights }: FeatureMatrix): Float32Array {
  const width = columns.length, having = new Float64Array(width);
  let windows = 0;
  for (let row = 0; row < rows; row++) {
    windows += weights[row];
    for (let column = 0; column < width; column++) {
      if (values[row * width + column] > 0) having[column] += weights[row];
    }
  }
  return meanOne(having.map((count) => (1 + Math.log((windows + 1) / (count + 1))) ** 2));
}

/**
 * 1 / (mean squared error of each column in training + a tenth of that of all columns), brought to mean 1: what an error
 * counts in a score.
 *
 * @param rows What was trained on.
 * @param network The network after training.
 * @returns Shape [width].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inverseErrors } from "./column_weights.ts";
 * import { DenseNetwork } from "./dense_network.ts";
 *
 * const silent = { inputs: 2, units: 2, activation: "relu" as const, kernel: new Float32Array(4), bias: new Float32Array(2) };
 * const rows = { values: Float32Array.of(1, 0), width: 2, weights: Float64Array.of(1), columnWeights: Float32Array.of(1, 1) };
 * const [wrong, right] = inverseErrors(rows, new DenseNetwork([silent]));
 * assert(right > wrong);
 * ```
 */
export function inverseErrors({ values, width, weights }: TrainingRows, network: DenseNetwork): Float32Array {
  const errors = new Float64Array(width);
  let windows = 0, mean = 0;
  for (let row = 0; row < weights.length; row++) {
    const scaled = values.subarray(row * width, (row + 1) * width), output = network.run(scaled);
    windows += weights[row];
    for (let column = 0; column < width; column++) {
      errors[column] += weights[row] * (scaled[column] - output[column]) ** 2;
    }
  }
  for (const error of errors) mean += error / windows / width;
  return meanOne(errors.map((error) => 1 / (error / windows + mean / 10)));
}

/** Weights with the same proportions and mean 1. */
function meanOne(weights: Float64Array): Float32Array {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return Float32Array.from(weights, (weight) => weight / mean);
}

/**
 * Weighted median of each column's counts, shape [columns].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { columnMedians } from "./column_weights.ts";
 *
 * const columns = [{ kind: "template" as const, id: "T1", title: "started" }];
 * const training = { columns, rows: 3, values: Float32Array.of(5, 1, 9), weights: Float64Array.of(1, 1, 5) };
 * assert.deepEqual(columnMedians(training), [9]);
 * ```
 */
export function columnMedians(training: FeatureMatrix): number[] {
  return training.columns.map((_, column) => {
    const counts = Array.from({ length: training.rows }, (_, row) => rowOf(training, row)[column]);
    return weightedMedian(counts, training.weights);
  });
}

/** The least value that at least half of the weight does not exceed. */
function weightedMedian(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const half = order.reduce((sum, i) => sum + weights[i], 0) / 2;
  let passed = 0;
  return values[order.find((i) => (passed += weights[i]) >= half)!];
}
