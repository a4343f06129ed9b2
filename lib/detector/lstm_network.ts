/**
 * A small LSTM with a softmax behind it, run forward in plain typed arrays.
 *
 * As with the dense network: loading a tensor library would cost more than the arithmetic of a scheduled run. Weights are
 * Float32 as they were trained, sums are Float64.
 *
 * @module
 */

/** Sizes of an LSTM. */
export interface LstmSizes {
  /** Width of the one-hot input. */
  readonly inputs: number;
  readonly units: number;
  /** Classes of the softmax. */
  readonly outputs: number;
}

/** Weights as Keras and tfjs keep them, row-major; gates in the order input, forget, cell, output. */
export interface LstmWeights {
  /** Shape [inputs, 4 · units]. */
  readonly kernel: Float32Array;
  /** Shape [units, 4 · units]. */
  readonly recurrent: Float32Array;
  /** Shape [4 · units]. */
  readonly bias: Float32Array;
  /** Shape [units, outputs]. */
  readonly outKernel: Float32Array;
  /** Shape [outputs]. */
  readonly outBias: Float32Array;
}

/**
 * How many numbers each of the weights has.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lstmLengths } from "./lstm_network.ts";
 *
 * assert.equal(lstmLengths({ inputs: 3, units: 2, outputs: 4 }).kernel, 24);
 * ```
 */
export function lstmLengths({ inputs, units, outputs }: LstmSizes): Record<keyof LstmWeights, number> {
  return {
    kernel: inputs * 4 * units,
    recurrent: units * 4 * units,
    bias: 4 * units,
    outKernel: units * outputs,
    outBias: outputs,
  };
}

/**
 * An LSTM layer and a softmax over its last state.
 *
 * @see Hochreiter and Schmidhuber, "Long Short-Term Memory", Neural Computation 9, 1997
 * @see Gers, Schmidhuber and Cummins, "Learning to Forget", Neural Computation 12, 2000
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LstmNetwork, lstmLengths } from "./lstm_network.ts";
 *
 * const sizes = { inputs: 2, units: 1, outputs: 4 }, lengths = lstmLengths(sizes);
 * const zeros = Object.fromEntries(Object.entries(lengths).map(([name, length]) => [name, new Float32Array(length)]));
 * const network = new LstmNetwork(sizes, zeros as never);
 * assert.equal(network.logProbabilities([-1, 0, 1])[0], Math.log(1 / 4)); // it has learned nothing
 * ```
 */
export class LstmNetwork {
  readonly #gates: Float64Array;
  readonly #state: Float64Array;
  readonly #cell: Float64Array;

  /** @throws {RangeError} if the weights don't have the sizes. */
  constructor(readonly sizes: LstmSizes, readonly weights: LstmWeights) {
    for (const [name, length] of Object.entries(lstmLengths(sizes)) as [keyof LstmWeights, number][]) {
      if (weights[name].length !== length) {
        throw new RangeError(
          `Cannot build a network: ${name} has ${weights[name].length} weights instead of ${length}`,
        );
      }
    }
    this.#gates = new Float64Array(4 * sizes.units);
    this.#state = new Float64Array(sizes.units);
    this.#cell = new Float64Array(sizes.units);
  }

  /**
   * ln p of each class after a history.
   *
   * @param history Inputs in order; −1 = none, and passed over.
   * @returns Shape [outputs].
   */
  logProbabilities(history: ArrayLike<number>): Float64Array {
    this.#state.fill(0);
    this.#cell.fill(0);
    for (let i = 0; i < history.length; i++) if (history[i] >= 0) this.#step(history[i]);
    return this.#softmax();
  }

  // In the readable form: gates = kernel[input] + state · recurrent + bias; cell = σ(forget) · cell + σ(input) · tanh(new);
  // state = σ(output) · tanh(cell).
  #step(input: number): void {
    const { kernel, recurrent, bias } = this.weights, { units } = this.sizes, width = 4 * units;
    const gates = this.#gates, state = this.#state, cell = this.#cell;
    gates.set(bias);
    if (input >= 0) { for (let i = 0, from = input * width; i < width; i++) gates[i] += kernel[from + i]; }
    for (let unit = 0; unit < units; unit++) {
      const value = state[unit];
      if (value === 0) continue;
      for (let i = 0, from = unit * width; i < width; i++) gates[i] += value * recurrent[from + i];
    }
    for (let unit = 0; unit < units; unit++) {
      const kept = sigmoid(gates[units + unit]) * cell[unit];
      cell[unit] = kept + sigmoid(gates[unit]) * Math.tanh(gates[2 * units + unit]);
      state[unit] = sigmoid(gates[3 * units + unit]) * Math.tanh(cell[unit]);
    }
  }

  #softmax(): Float64Array {
    const { outKernel, outBias } = this.weights, { units, outputs } = this.sizes;
    const logits = Float64Array.from(outBias);
    for (let unit = 0; unit < units; unit++) {
      const value = this.#state[unit];
      for (let i = 0, from = unit * outputs; i < outputs; i++) logits[i] += value * outKernel[from + i];
    }
    const most = logits.reduce((a, b) => Math.max(a, b));
    const sum = Math.log(logits.reduce((total, logit) => total + Math.exp(logit - most), 0)) + most;
    return logits.map((logit) => logit - sum);
  }
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
