/**
 * `autoencoder`: a network that learned to compress normal rows reconstructs anomalous ones badly.
 *
 * @module
 */
import { type FeatureMatrix, rowOf } from "../feature/feature_matrix.ts";
import { HIDDEN_UNITS } from "./autoencoder_network.ts";
import { trainAutoencoder } from "./autoencoder_training.ts";
import { type DenseLayer, DenseNetwork } from "./dense_network.ts";
import type { Detector, DetectorKind, DetectorSnapshot, FitOptions } from "./detector.ts";
import { distinctRows } from "./distinct_rows.ts";
import { RowScaling, weightedMedian } from "./row_scaling.ts";
import * as snapshots from "./snapshot.ts";
import { TrainedColumns } from "./trained_columns.ts";

const NAME = "autoencoder";
const VERSION = 1;

/** What was learned. */
interface Fitted {
  columns: TrainedColumns;
  scaling: RowScaling;
  /** How much an error in each column counts, shape [columns], mean 1. */
  columnWeights: Float32Array;
  /** Count of a middling training row, shape [columns]: what occlusion puts in a count's place. */
  medians: number[];
  network: DenseNetwork;
}

/**
 * The brief's autoencoder: Dense 64-32-16-32-64 with ReLU, sigmoid output of the input's width, Adam, mean squared error,
 * batches of 32, a fifth for validation, up to 100 epochs with early stopping. See `autoencoder_training.ts` for how that
 * is carried over to distinct weighted rows.
 *
 * - The score is the mean squared reconstruction error of log1p counts scaled to 0–1, in which a column counts the more
 *   the fewer training windows have it (squared inverse document frequency).
 * - Contributions are by occlusion: how far the score falls when a count is replaced by its training median, negative
 *   falls clipped. (The usual share of the squared error names the right template in half as many windows.)
 * - Fitting loads TensorFlow.js with its WASM backend; scoring never does.
 *
 * @see Hinton and Salakhutdinov, "Reducing the Dimensionality of Data with Neural Networks", Science 313, 2006
 * @see Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (occlusion), ECCV 2014
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { autoencoder } from "./autoencoder.ts";
 *
 * const columns = ["T1", "T2"].map((id) => ({ kind: "template" as const, id, title: id }));
 * const matrix = (values: number[], weights: number[]) => ({
 *   columns,
 *   rows: weights.length,
 *   values: Float32Array.from(values),
 *   weights: Float64Array.from(weights),
 * });
 * const detector = await autoencoder.fit(matrix([3, 0, 2, 0], [40, 20]));
 * const [normal, anomalous] = detector.score(matrix([3, 0, 0, 9], [1, 1]));
 * assert(anomalous > 10 * normal);
 * ```
 */
export const autoencoder: DetectorKind = {
  name: NAME,
  title: "Combinations of counts that training never showed",
  source:
    'Hinton and Salakhutdinov, "Reducing the Dimensionality of Data with Neural Networks", Science 313, 2006',

  async fit(training: FeatureMatrix, options: FitOptions = {}): Promise<Detector> {
    const distinct = distinctRows(training);
    const scaling = RowScaling.fit(distinct, options.scaling ?? "count");
    const columnWeights = inverseFrequencies(distinct);
    const width = distinct.columns.length;
    const values = new Float32Array(distinct.values.length), scaled = new Float64Array(width);
    for (let row = 0; row < distinct.rows; row++) {
      values.set(scaling.apply(rowOf(distinct, row), scaled), row * width);
    }
    const { layers } = await trainAutoencoder(
      { values, width, weights: distinct.weights, columnWeights },
      { seed: options.seed, onProgress: options.onProgress },
    );
    const columns = TrainedColumns.of(NAME, distinct.columns);
    const network = new DenseNetwork(layers);
    return new Autoencoder({ columns, scaling, columnWeights, medians: columnMedians(distinct), network });
  },

  restore(snapshot: DetectorSnapshot): Promise<Detector> {
    return Promise.resolve().then(() => new Autoencoder(readFitted(snapshot)));
  },
};

class Autoencoder implements Detector {
  readonly kind = NAME;
  readonly #scaled: Float64Array;

  constructor(readonly fitted: Fitted) {
    this.#scaled = new Float64Array(fitted.columns.width);
  }

  score(matrix: FeatureMatrix): Float64Array {
    this.fitted.columns.require(matrix);
    return Float64Array.from({ length: matrix.rows }, (_, row) => this.#scoreRow(rowOf(matrix, row)));
  }

  contributions(matrix: FeatureMatrix, row: number): Float64Array {
    this.fitted.columns.require(matrix, row);
    const { medians } = this.fitted, counts = rowOf(matrix, row).slice();
    const score = this.#scoreRow(counts);
    if (score <= this.#scoreRow(medians)) return new Float64Array(counts.length);
    const falls = Float64Array.from(counts, (count, column) => {
      if (count === medians[column]) return 0;
      counts[column] = medians[column];
      const fall = score - this.#scoreRow(counts);
      counts[column] = count;
      return Math.max(0, fall);
    });
    return shares(falls) ?? shares(this.#errors(counts))!;
  }

  expected(matrix: FeatureMatrix, row: number): Float64Array {
    this.fitted.columns.require(matrix, row);
    const counts = rowOf(matrix, row), { scaling, network } = this.fitted;
    return scaling.invert(network.run(scaling.apply(counts, this.#scaled)), counts);
  }

  toJSON(): DetectorSnapshot {
    const { columns, scaling, columnWeights, medians, network } = this.fitted;
    const weights = network.layers.flatMap(({ kernel, bias }) => [...kernel, ...bias]);
    return {
      kind: NAME,
      version: VERSION,
      columns: [...columns.names],
      scaling: scaling.state.scaling,
      size: scaling.state.size,
      least: [...scaling.state.least],
      most: [...scaling.state.most],
      medians: [...medians],
      columnWeights: snapshots.encodeFloats(columnWeights),
      weights: snapshots.encodeFloats(Float32Array.from(weights)),
    };
  }

  #scoreRow(counts: ArrayLike<number>): number {
    const errors = this.#errors(counts);
    let sum = 0;
    for (let column = 0; column < errors.length; column++) sum += errors[column];
    return sum / errors.length;
  }

  /** Weighted squared error of each column; overwritten by the next call. */
  #errors(counts: ArrayLike<number>): Float64Array {
    const { scaling, network, columnWeights } = this.fitted;
    const scaled = scaling.apply(counts, this.#scaled), output = network.run(scaled);
    for (let column = 0; column < scaled.length; column++) {
      const error = scaled[column] - output[column];
      scaled[column] = error * error * columnWeights[column];
    }
    return scaled;
  }
}

/** Parts of their sum; `null` where it is 0. */
function shares(parts: Float64Array): Float64Array | null {
  const sum = parts.reduce((total, part) => total + part, 0);
  return sum > 0 ? parts.map((part) => part / sum) : null;
}

/** Squared inverse document frequency of each column, (1 + ln((N + 1) / (n + 1)))², brought to mean 1. */
function inverseFrequencies(training: FeatureMatrix): Float32Array {
  const width = training.columns.length, windows = training.weights.reduce((sum, weight) => sum + weight, 0);
  const having = new Float64Array(width);
  for (let row = 0; row < training.rows; row++) {
    rowOf(training, row).forEach((count, column) => {
      if (count > 0) having[column] += training.weights[row];
    });
  }
  const squares = having.map((count) => (1 + Math.log((windows + 1) / (count + 1))) ** 2);
  const mean = squares.reduce((sum, square) => sum + square, 0) / width;
  return Float32Array.from(squares, (square) => square / mean);
}

function columnMedians(training: FeatureMatrix): number[] {
  return training.columns.map((_, column) => {
    const counts = Array.from({ length: training.rows }, (_, row) => rowOf(training, row)[column]);
    return weightedMedian(counts, training.weights);
  });
}

function readFitted(snapshot: DetectorSnapshot): Fitted {
  const saved = snapshots.readSnapshot(snapshot, NAME, VERSION, {
    columns: snapshots.isColumnNames,
    scaling: snapshots.isScaling,
    size: snapshots.isNumber,
    least: snapshots.isNumbers,
    most: snapshots.isNumbers,
    medians: snapshots.isNumbers,
    columnWeights: snapshots.isFloats,
    weights: snapshots.isFloats,
  });
  const columns = new TrainedColumns(NAME, saved.columns), { scaling, size, least, most, medians } = saved;
  const columnWeights = snapshots.decodeFloats(saved.columnWeights);
  for (const [field, { length }] of Object.entries({ least, most, medians, columnWeights })) {
    if (length !== columns.width) {
      throw new TypeError(
        `Cannot restore ${NAME}: the field ${field} has ${length} numbers for ${columns.width} columns`,
      );
    }
  }
  if (!(size > 0)) throw new TypeError(`Cannot restore ${NAME}: the field size is ${size}`);
  const network = new DenseNetwork(readLayers(snapshots.decodeFloats(saved.weights), columns.width));
  const rowScaling = new RowScaling(columns.events(), { scaling, size, least, most });
  return { columns, scaling: rowScaling, columnWeights, medians, network };
}

function readLayers(weights: Float32Array, width: number): DenseLayer[] {
  const sizes = [width, ...HIDDEN_UNITS, width];
  let at = 0;
  const take = (length: number) => weights.subarray(at, at += length);
  const layers = sizes.slice(1).map((units, i): DenseLayer => ({
    inputs: sizes[i],
    units,
    activation: i < HIDDEN_UNITS.length ? "relu" : "sigmoid",
    kernel: take(sizes[i] * units),
    bias: take(units),
  }));
  if (at !== weights.length) {
    throw new TypeError(
      `Cannot restore ${NAME}: the field weights has ${weights.length} numbers instead of ${at}`,
    );
  }
  return layers;
}
