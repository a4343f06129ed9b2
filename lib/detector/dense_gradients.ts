/**
 * Dense layers in training: loss, gradients by hand, and the optimiser, in plain typed arrays.
 *
 * TensorFlow.js on WASM needs several times as long for a step of the autoencoder on 32 rows: some hundred small operations,
 * each with tensors to make and to free. Here what is zero costs nothing, and most counts are, as are half of the units.
 *
 * @module
 */
import type { DenseLayer } from "./dense_network.ts";

/** Rows that a network learns to reproduce, scaled to 0–1. */
export interface ReproducedRows {
  /** Row-major, shape [rows, width]. */
  readonly values: Float32Array;
  readonly width: number;
  /** How much an error in each column counts, shape [width]. */
  readonly columnWeights: Float32Array;
}

/** A layer's numbers: weights, or their slopes. */
export interface DenseNumbers {
  /** Row-major, shape [inputs, units]. */
  readonly kernel: Float64Array;
  /** Shape [units]. */
  readonly bias: Float64Array;
}

/** Adam's decay of the mean slope and of the mean square, and what keeps it from dividing by 0: TensorFlow.js's own. */
const MEAN = .9, SQUARE = .999, EPSILON = 1e-7;

/**
 * Weights in training: {@linkcode step} moves them down the slope of the loss, which is the mean over the columns of the
 * squared error of reproducing a row, summed over rows with their shares.
 *
 * @see Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", Nature 323, 1986
 * @see Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DenseGradients } from "./dense_gradients.ts";
 *
 * const rows = { values: Float32Array.of(0, 1), width: 2, columnWeights: Float32Array.of(1, 1) };
 * const layer = { inputs: 2, units: 2, activation: "sigmoid" as const, kernel: new Float32Array(4), bias: new Float32Array(2) };
 * const network = new DenseGradients([layer], rows);
 * assert.equal(network.loss([0], [1]), .25); // ½ everywhere
 * network.step([0], { shares: [1], rate: .1 });
 * assert(network.loss([0], [1]) < .25);
 * ```
 */
export class DenseGradients {
  readonly #layers: readonly DenseLayer[];
  readonly #values: DenseNumbers[];
  readonly #slopes: DenseNumbers[];
  readonly #means: DenseNumbers[];
  readonly #squares: DenseNumbers[];
  /** The input, then what each layer made of it. */
  readonly #outputs: Float64Array[];
  /** Slope of the loss in what each layer sums, and in the input. */
  readonly #deltas: Float64Array[];
  #steps = 0;
  #lossBefore = 0; // of the rows that the slopes are of

  /**
   * @param layers To start from, first to last; the last one's units are the rows' width.
   * @throws {RangeError} if the first layer doesn't read the rows, or the last doesn't reproduce them.
   */
  constructor(layers: readonly DenseLayer[], readonly rows: ReproducedRows) {
    const { width } = rows, [first, last] = [layers[0], layers[layers.length - 1]];
    if (first?.inputs !== width || last.units !== width) {
      throw new RangeError(
        `Cannot train a network: it reads ${first?.inputs} numbers and gives ${last?.units}, rows have ${width}`,
      );
    }
    const zeros = () => layers.map(({ inputs, units }) => numbersOf(inputs, units));
    this.#layers = layers;
    this.#values = layers.map(({ kernel, bias }) => ({
      kernel: Float64Array.from(kernel),
      bias: Float64Array.from(bias),
    }));
    [this.#slopes, this.#means, this.#squares] = [zeros(), zeros(), zeros()];
    const sizes = [width, ...layers.map(({ units }) => units)];
    [this.#outputs, this.#deltas] = [0, 0].map(() => sizes.map((size) => new Float64Array(size)));
  }

  /** Copies of the weights. */
  layers(): DenseLayer[] {
    return this.#layers.map((layer, i) => ({
      ...layer,
      kernel: Float32Array.from(this.#values[i].kernel),
      bias: Float32Array.from(this.#values[i].bias),
    }));
  }

  /**
   * Mean squared error over the columns, summed over the rows with these shares.
   *
   * @param batch Numbers of rows.
   * @param shares How much each counts, shape [batch].
   */
  loss(batch: ArrayLike<number>, shares: ArrayLike<number>): number {
    const { width, columnWeights } = this.rows, [input, output] = this.#ends();
    let loss = 0;
    for (let i = 0; i < batch.length; i++) {
      this.#forward(batch[i]);
      let sum = 0;
      for (let column = 0; column < width; column++) {
        sum += columnWeights[column] * (output[column] - input[column]) ** 2;
      }
      loss += shares[i] * sum / width;
    }
    return loss;
  }

  /** The slope of {@linkcode loss} in each weight, by layer; overwritten by the next call. */
  gradients(batch: ArrayLike<number>, shares: ArrayLike<number>): readonly DenseNumbers[] {
    for (const { kernel, bias } of this.#slopes) kernel.fill(0), bias.fill(0);
    this.#lossBefore = 0;
    for (let i = 0; i < batch.length; i++) {
      this.#forward(batch[i]);
      this.#backward(shares[i]);
    }
    return this.#slopes;
  }

  /**
   * One step of Adam.
   *
   * @param batch Numbers of the rows to learn from.
   * @param options How much each counts, shape [batch]; and the size of the step.
   * @returns The {@linkcode loss} of these rows before the step.
   */
  step(batch: ArrayLike<number>, { shares, rate }: { shares: ArrayLike<number>; rate: number }): number {
    this.gradients(batch, shares);
    this.#steps++;
    const scales = { rate, mean: 1 - MEAN ** this.#steps, square: 1 - SQUARE ** this.#steps };
    for (let i = 0; i < this.#values.length; i++) {
      for (const part of ["kernel", "bias"] as const) {
        adam(this.#values[i][part], this.#slopes[i][part], {
          ...scales,
          means: this.#means[i][part],
          squares: this.#squares[i][part],
        });
      }
    }
    return this.#lossBefore;
  }

  #ends(): [Float64Array, Float64Array] {
    return [this.#outputs[0], this.#outputs[this.#outputs.length - 1]];
  }

  #forward(row: number): void {
    const { values, width } = this.rows, outputs = this.#outputs;
    outputs[0].set(values.subarray(row * width, (row + 1) * width));
    for (let i = 0; i < this.#layers.length; i++) {
      pass(this.#values[i], outputs[i], outputs[i + 1]);
      bend(outputs[i + 1], this.#layers[i].activation);
    }
  }

  /** Adds the loss of the row that went forward last, and its slopes. */
  #backward(share: number): void {
    const { width, columnWeights } = this.rows, [input, output] = this.#ends(), deltas = this.#deltas;
    const last = this.#layers.length, delta = deltas[last];
    for (let column = 0; column < width; column++) {
      const error = output[column] - input[column], weighted = share * columnWeights[column] * error / width;
      this.#lossBefore += weighted * error;
      delta[column] = 2 * weighted;
    }
    for (let i = last - 1; i >= 0; i--) {
      unbend(deltas[i + 1], this.#outputs[i + 1], this.#layers[i].activation);
      passBack(
        { weights: this.#values[i], slopes: this.#slopes[i] },
        this.#outputs[i],
        deltas[i + 1],
        deltas[i],
      );
    }
  }
}

function numbersOf(inputs: number, units: number): DenseNumbers {
  return { kernel: new Float64Array(inputs * units), bias: new Float64Array(units) };
}

// In the readable form: output = bias + input · kernel.
function pass({ kernel, bias }: DenseNumbers, input: Float64Array, output: Float64Array): void {
  const units = output.length;
  output.set(bias);
  for (let i = 0; i < input.length; i++) {
    const value = input[i];
    if (value === 0) continue;
    for (let o = 0, at = i * units; o < units; o++, at++) output[o] += value * kernel[at];
  }
}

function bend(values: Float64Array, activation: DenseLayer["activation"]): void {
  if (activation === "relu") {
    for (let i = 0; i < values.length; i++) if (!(values[i] > 0)) values[i] = 0;
  } else {
    for (let i = 0; i < values.length; i++) values[i] = 1 / (1 + Math.exp(-values[i]));
  }
}

/** From the slope in what a layer gave to the slope in what it summed. */
function unbend(delta: Float64Array, output: Float64Array, activation: DenseLayer["activation"]): void {
  if (activation === "relu") {
    for (let i = 0; i < delta.length; i++) if (output[i] === 0) delta[i] = 0;
  } else {
    for (let i = 0; i < delta.length; i++) delta[i] *= output[i] * (1 - output[i]);
  }
}

// In the readable form: slopes.bias += delta; slopes.kernel += inputᵀ · delta; before = delta · kernelᵀ. An input of 0 has no
// part in the kernel's slope; and behind a ReLU no slope of its own, in the first layer none is asked for: it is passed over.
function passBack(
  { weights: { kernel }, slopes }: { weights: DenseNumbers; slopes: DenseNumbers },
  input: Float64Array,
  delta: Float64Array,
  before: Float64Array,
): void {
  const units = delta.length, { kernel: kernelSlopes, bias: biasSlopes } = slopes, even = units & ~1;
  for (let o = 0; o < units; o++) biasSlopes[o] += delta[o];
  for (let i = 0; i < input.length; i++) {
    const value = input[i];
    if (value === 0) continue;
    let a = 0, b = 0, at = i * units;
    for (let o = 0; o < even; o += 2, at += 2) {
      const x = delta[o], y = delta[o + 1];
      a += x * kernel[at];
      b += y * kernel[at + 1];
      kernelSlopes[at] += value * x;
      kernelSlopes[at + 1] += value * y;
    }
    if (even < units) {
      a += delta[even] * kernel[at];
      kernelSlopes[at] += value * delta[even];
    }
    before[i] = a + b;
  }
}

function adam(
  values: Float64Array,
  slopes: Float64Array,
  { rate, mean, square, means, squares }: {
    rate: number;
    mean: number;
    square: number;
    means: Float64Array;
    squares: Float64Array;
  },
): void {
  for (let i = 0; i < values.length; i++) {
    const slope = slopes[i];
    means[i] += (1 - MEAN) * (slope - means[i]);
    squares[i] += (1 - SQUARE) * (slope * slope - squares[i]);
    values[i] -= rate * means[i] / mean / (Math.sqrt(squares[i] / square) + EPSILON);
  }
}
