/**
 * A small network of dense layers, run forward in plain typed arrays.
 *
 * A scheduled run scores a few thousand rows; loading a tensor library would cost more than the arithmetic
 * (about 12,000 multiply-adds a row). Weights are Float32 as they were trained, sums are Float64.
 *
 * @module
 */

/** One dense layer: `activation(input · kernel + bias)`. */
export interface DenseLayer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: "relu" | "sigmoid";
  /** Row-major, shape [inputs, units], as Keras and tfjs keep it. */
  readonly kernel: Float32Array;
  /** Shape [units]. */
  readonly bias: Float32Array;
}

/**
 * Layers in a row; `run` feeds one vector through them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DenseNetwork } from "./dense_network.ts";
 *
 * const layer = { inputs: 2, units: 1, activation: "relu" as const, kernel: Float32Array.of(1, -1), bias: Float32Array.of(1) };
 * assert.deepEqual([...new DenseNetwork([layer]).run(Float64Array.of(3, 1))], [3]);
 * ```
 */
export class DenseNetwork {
  readonly #outputs: readonly Float64Array[];

  /**
   * @param layers First to last; each one's inputs are the units of the one before.
   * @throws {RangeError} if there are none, or their sizes don't fit.
   */
  constructor(readonly layers: readonly DenseLayer[]) {
    if (layers.length === 0) throw new RangeError("Cannot build a network: it has no layers");
    layers.forEach((layer, i) => {
      const { inputs, units, kernel, bias } = layer;
      if (kernel.length !== inputs * units || bias.length !== units) {
        throw new RangeError(
          `Cannot build a network: layer ${i} of [${inputs}, ${units}] has ${kernel.length} weights and ${bias.length} biases`,
        );
      }
      if (i > 0 && layers[i - 1].units !== inputs) {
        throw new RangeError(
          `Cannot build a network: layer ${i} reads ${inputs} numbers of ${layers[i - 1].units}`,
        );
      }
    });
    this.#outputs = layers.map((layer) => new Float64Array(layer.units));
  }

  /**
   * The last layer's output for one input.
   *
   * @param input Shape [inputs].
   * @returns Shape [units of the last layer]; the same array each time, overwritten by the next call.
   */
  run(input: Float32Array | Float64Array): Float64Array {
    const { layers } = this, outputs = this.#outputs;
    for (let i = 0; i < layers.length; i++) runLayer(layers[i], i === 0 ? input : outputs[i - 1], outputs[i]);
    return outputs[outputs.length - 1];
  }
}

// In the readable form: output[o] = activation(bias[o] + sum over i of input[i] * kernel[i][o]).
// Zeros are skipped: most counts are 0, and after relu about half of the units are.
function runLayer(layer: DenseLayer, input: Float32Array | Float64Array, output: Float64Array): void {
  const { units, kernel } = layer;
  output.set(layer.bias);
  for (let i = 0; i < layer.inputs; i++) {
    const value = input[i];
    if (value === 0) continue;
    const from = i * units;
    for (let o = 0; o < units; o++) output[o] += value * kernel[from + o];
  }
  if (layer.activation === "relu") {
    for (let o = 0; o < units; o++) if (output[o] < 0) output[o] = 0;
  } else {
    for (let o = 0; o < units; o++) output[o] = 1 / (1 + Math.exp(-output[o]));
  }
}
