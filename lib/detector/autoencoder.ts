/**
 * `autoencoder`: a network that learned to compress normal rows reconstructs anomalous ones badly.
 *
 * @module
 */
import { type FeatureMatrix, rowOf } from "../feature/feature_matrix.ts";
import { Scaler } from "../feature/scaler.ts";
import { HIDDEN_UNITS } from "./autoencoder_network.ts";
import { type FittedAutoencoder, NAME, readFitted, saveFitted } from "./autoencoder_snapshot.ts";
import { trainAutoencoder } from "./autoencoder_training.ts";
import { columnMedians, inverseErrors, inverseFrequencies } from "./column_weights.ts";
import { DenseNetwork } from "./dense_network.ts";
import type { Detector, DetectorKind, DetectorSnapshot, FitOptions } from "./detector.ts";
import { distinctRows } from "./distinct_rows.ts";
import { occlusion } from "./occlusion.ts";
import { TrainedColumns } from "./trained_columns.ts";

/** Number of the layer with the fewest units. */
const NARROWEST = HIDDEN_UNITS.indexOf(Math.min(...HIDDEN_UNITS));

/** What a person should know of a detector whose training stuck. */
const STUCK =
  "the autoencoder's training stuck with every seed: it learned little more than the mean of each count";

/**
 * The usual recipe for counts of events: Dense 64-32-16-32-64 with ReLU, sigmoid output of the input's width, Adam, mean
 * squared error, batches of 32, a fifth for validation, up to 100 epochs with early stopping. See `autoencoder_training.ts`
 * for how that is carried over to distinct weighted rows.
 *
 * - The score is the mean squared reconstruction error of log1p counts scaled to 0–1, each column's divided by what it
 *   usually is in training, so that noisy columns do not drown a small error in one that is always right.
 * - Contributions are by occlusion, see {@linkcode occlusion}. (The usual share of the squared error names the right template
 *   in half as many windows.)
 * - Fitting loads TensorFlow.js with its WASM backend; scoring never does.
 * - A training that stuck with every seed is kept, and the detector's note says so.
 *
 * @see Hinton and Salakhutdinov, "Reducing the Dimensionality of Data with Neural Networks", Science 313, 2006
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
export const autoencoder = {
  name: NAME,
  title: "Combinations of counts that training never showed",

  async fit(training: FeatureMatrix, options: FitOptions = {}): Promise<Autoencoder> {
    const distinct = distinctRows(training);
    const scaler = Scaler.fit(distinct);
    const rows = {
      values: scaler.transform(distinct),
      width: distinct.columns.length,
      weights: distinct.weights,
      columnWeights: inverseFrequencies(distinct),
    };
    const { layers, stuck } = await trainAutoencoder(rows, options);
    const network = new DenseNetwork(layers);
    return new Autoencoder({
      columns: TrainedColumns.of(NAME, distinct.columns),
      scaler,
      columnWeights: inverseErrors(rows, network),
      medians: columnMedians(distinct),
      network,
      stuck,
    });
  },

  restore(snapshot: DetectorSnapshot): Promise<Autoencoder> {
    return Promise.resolve().then(() => new Autoencoder(readFitted(snapshot)));
  },
} satisfies DetectorKind;

/**
 * A fitted network. Beside the scores it shows its inside: the few numbers that it squeezes a row into, and the row that it
 * makes of them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { autoencoder } from "./autoencoder.ts";
 *
 * const columns = ["T1", "T2"].map((id) => ({ kind: "template" as const, id, title: id }));
 * const rows = (...values: number[]) => ({
 *   columns,
 *   rows: values.length / 2,
 *   values: Float32Array.from(values),
 *   weights: new Float64Array(values.length / 2).fill(20),
 * });
 * const network = await autoencoder.fit(rows(3, 0, 2, 0));
 * assert.equal(network.encode(rows(3, 0, 0, 9)).length, 2 * 16);
 * const [, , first, second] = network.reconstruct(rows(3, 0, 0, 9));
 * assert(first > 1 && second < 1); // nothing that it learned has T2
 * ```
 */
export class Autoencoder implements Detector {
  /** Always `autoencoder`. */
  readonly kind: string = NAME;
  /** That its training stuck with every seed, where it did. */
  readonly note: string;
  readonly #encoder: DenseNetwork;

  /** @param fitted What was learned. */
  constructor(readonly fitted: FittedAutoencoder) {
    this.note = fitted.stuck ? STUCK : "";
    this.#encoder = new DenseNetwork(fitted.network.layers.slice(0, NARROWEST + 1));
  }

  score(matrix: FeatureMatrix): Float64Array {
    this.fitted.columns.require(matrix);
    return this.#score(matrix);
  }

  contributions(matrix: FeatureMatrix, row: number): Float64Array {
    this.fitted.columns.require(matrix, row);
    const { medians, scaler } = this.fitted, alone = { ...matrix, rows: 1, values: rowOf(matrix, row) };
    return occlusion(matrix, row, {
      medians,
      score: (variants) => this.#score(variants),
      otherwise: () => this.#errors(scaler.transform(alone)),
    });
  }

  expected(matrix: FeatureMatrix, row: number): Float64Array {
    this.fitted.columns.require(matrix, row);
    const { scaler, network } = this.fitted, counts = rowOf(matrix, row);
    const scaled = scaler.transform({ ...matrix, rows: 1, values: counts });
    return network.run(scaled).map((value, column) => scaler.invert(column, value));
  }

  /**
   * The counts that the network makes of each row's: equal to them where the row is like those of training.
   *
   * @returns Row-major, shape [matrix.rows, columns]; counts, not scaled, and not whole.
   * @throws {TypeError} if the columns are not the training matrix's.
   */
  reconstruct(matrix: FeatureMatrix): Float64Array {
    this.fitted.columns.require(matrix);
    const { scaler, network } = this.fitted, width = matrix.columns.length;
    const rebuilt = this.#rowByRow(matrix, network);
    return rebuilt.map((value, i) => scaler.invert(i % width, value));
  }

  /**
   * The numbers in the narrowest layer, all that the network has of a row to make it anew.
   *
   * @returns Row-major, shape [matrix.rows, 16], none below 0.
   * @throws {TypeError} if the columns are not the training matrix's.
   */
  encode(matrix: FeatureMatrix): Float64Array {
    this.fitted.columns.require(matrix);
    return this.#rowByRow(matrix, this.#encoder);
  }

  toJSON(): DetectorSnapshot {
    return saveFitted(this.fitted);
  }

  /** What a network gives for each row, scaled; row-major. */
  #rowByRow(matrix: FeatureMatrix, network: DenseNetwork): Float64Array {
    const scaled = this.fitted.scaler.transform(matrix), width = matrix.columns.length;
    const { units } = network.layers[network.layers.length - 1],
      given = new Float64Array(matrix.rows * units);
    for (let row = 0; row < matrix.rows; row++) {
      given.set(network.run(scaled.subarray(row * width, (row + 1) * width)), row * units);
    }
    return given;
  }

  #score(matrix: FeatureMatrix): Float64Array {
    const scaled = this.fitted.scaler.transform(matrix), width = matrix.columns.length;
    return Float64Array.from({ length: matrix.rows }, (_, row) => {
      const errors = this.#errors(scaled.subarray(row * width, (row + 1) * width));
      let sum = 0;
      for (let column = 0; column < width; column++) sum += errors[column];
      return sum / width;
    });
  }

  /** Weighted squared error of each column of a scaled row; overwritten by the next call. */
  #errors(scaled: Float32Array): Float64Array {
    const { network, columnWeights } = this.fitted, output = network.run(scaled);
    for (let column = 0; column < scaled.length; column++) {
      const error = scaled[column] - output[column];
      output[column] = error * error * columnWeights[column];
    }
    return output;
  }
}
