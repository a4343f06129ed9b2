/**
 * The autoencoder as a model of TensorFlow.js, and its training.
 *
 * @module
 */
import type { Tensor } from "@tensorflow/tfjs-core";
import { DenseGradients } from "./dense_gradients.ts";
import type { DenseLayer } from "./dense_network.ts";
import type { Tensorflow } from "./tensorflow.ts";

/** Units of the layers before the output. */
export const HIDDEN_UNITS: readonly number[] = [64, 32, 16, 32, 64];

/** Rows to learn, scaled to 0–1, every one distinct. */
export interface TrainingRows {
  /** Row-major, shape [rows, width]. */
  values: Float32Array;
  width: number;
  /** Windows that each row stands for, shape [rows]. */
  weights: Float64Array;
  /** How much an error in each column counts, shape [width], mean 1. */
  columnWeights: Float32Array;
}

/** What a network is made with. */
export interface NetworkOptions {
  /** Of the initial weights. */
  seed: number;
  /** Adam's step. */
  learningRate: number;
  /** Mean of each column, which the untrained output predicts, shape [width]. */
  means: ArrayLike<number>;
}

/**
 * The network in training: steps forward, tells its loss, gives and takes its weights. {@linkcode dispose} it.
 *
 * Dense 64-32-16-32-64 with ReLU, sigmoid output of the rows' width, Glorot's uniform initial weights, Adam. The model is
 * TensorFlow.js's; steps are made by hand ({@linkcode DenseGradients}, with the same slopes), because steps of so small a network
 * cost a fraction that way.
 *
 * @see Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { AutoencoderNetwork } from "./autoencoder_network.ts";
 * import { loadTensorflow } from "./tensorflow.ts";
 *
 * const rows = { values: Float32Array.of(0, 1), width: 2, weights: Float64Array.of(1), columnWeights: Float32Array.of(1, 1) };
 * const options = { seed: 0, learningRate: .01, means: [.5, .5] };
 * const network = new AutoencoderNetwork(await loadTensorflow(), rows, options);
 * const before = network.loss([0], [1]);
 * network.step([0], [1]);
 * assert(network.loss([0], [1]) < before);
 * network.assign(network.layers());
 * assert(Math.abs(network.modelLoss([0], [1]) - network.loss([0], [1])) < 1e-6);
 * network.dispose();
 * ```
 */
export class AutoencoderNetwork {
  readonly #core: Tensorflow["core"];
  readonly #model;
  readonly #gradients: DenseGradients;
  readonly #rate: number;

  constructor(tensorflow: Tensorflow, readonly rows: TrainingRows, options: NetworkOptions) {
    this.#core = tensorflow.core;
    this.#model = buildModel(tensorflow, rows.width, options);
    this.#rate = options.learningRate;
    const weights = this.#model.getWeights();
    let at = 0;
    this.#gradients = new DenseGradients(
      layersOf(rows.width, () => Float32Array.from(weights[at++].dataSync())),
      rows,
    );
  }

  /**
   * One step of the optimiser.
   *
   * @param batch Numbers of the rows to learn from.
   * @param shares How much each counts, shape [batch].
   * @returns Their {@linkcode loss} before it.
   */
  step(batch: ArrayLike<number>, shares: ArrayLike<number>): number {
    return this.#gradients.step(batch, { shares, rate: this.#rate });
  }

  /** Mean squared error over the columns, summed over the rows with these shares. */
  loss(batch: ArrayLike<number>, shares: ArrayLike<number>): number {
    return this.#gradients.loss(batch, shares);
  }

  /** Copies of the weights as plain layers. */
  layers(): DenseLayer[] {
    return this.#gradients.layers();
  }

  /** Gives the model the weights of `layers`, as {@linkcode layers} gave them; steps go on from where they were. */
  assign(layers: readonly DenseLayer[]): void {
    this.#core.tidy(() => {
      this.#model.setWeights(layers.flatMap(({ inputs, units, kernel, bias }) => [
        this.#core.tensor2d(kernel, [inputs, units]),
        this.#core.tensor1d(bias),
      ]));
    });
  }

  /** {@linkcode loss} as TensorFlow.js's model has it, with the weights that it was given last. */
  modelLoss(batch: ArrayLike<number>, shares: ArrayLike<number>): number {
    const { values, width, columnWeights } = this.rows, part = new Float32Array(batch.length * width);
    for (let i = 0; i < batch.length; i++) {
      part.set(values.subarray(batch[i] * width, (batch[i] + 1) * width), i * width);
    }
    const core = this.#core;
    return core.tidy(() => {
      const input = core.tensor2d(part, [batch.length, width]);
      const errors = core.squaredDifference(this.#model.apply(input) as Tensor, input); // [batch, width]
      const means = core.mean(core.mul(errors, core.tensor1d(columnWeights)), 1);
      return core.sum(core.mul(means, core.tensor1d(Float32Array.from(shares)))).dataSync()[0];
    });
  }

  /** Frees the memory of the backend. */
  dispose(): void {
    this.#model.dispose();
  }
}

function buildModel({ core, layers }: Tensorflow, width: number, { seed, means }: NetworkOptions) {
  const kernelInitializer = (layer: number) =>
    layers.initializers.glorotUniform({ seed: seed * 1009 + layer + 1 });
  const model = layers.sequential();
  HIDDEN_UNITS.forEach((units, i) => {
    const inputShape = i === 0 ? [width] : undefined;
    model.add(
      layers.layers.dense({
        units,
        activation: "relu",
        kernelInitializer: kernelInitializer(i),
        ...(inputShape && { inputShape }),
      }),
    );
  });
  const last = HIDDEN_UNITS.length;
  const output = layers.layers.dense({
    units: width,
    activation: "sigmoid",
    kernelInitializer: kernelInitializer(last),
  });
  model.add(output);
  core.tidy(() => {
    const bias = core.tensor1d(Float32Array.from(means, logit));
    output.setWeights([output.getWeights()[0], bias]);
  });
  return model;
}

/** Where a sigmoid gives `share`, kept off 0 and 1, which it never gives. */
function logit(share: number): number {
  const inside = Math.min(.999, Math.max(.001, share));
  return Math.log(inside / (1 - inside));
}

/**
 * The layers of a network for rows of `width`.
 *
 * @param take Gives the next weights, `length` of them: a layer's kernel, its bias, the next layer's kernel, …
 */
export function layersOf(width: number, take: (length: number) => Float32Array): DenseLayer[] {
  const sizes = [width, ...HIDDEN_UNITS, width];
  return sizes.slice(1).map((units, i) => ({
    inputs: sizes[i],
    units,
    activation: i < HIDDEN_UNITS.length ? "relu" : "sigmoid",
    kernel: take(sizes[i] * units),
    bias: take(units),
  }));
}
