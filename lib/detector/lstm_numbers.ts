/**
 * A number for each weight of an LSTM: the weights in training, their slopes, and what the optimiser keeps of these.
 *
 * @module
 */
import { lstmLengths, type LstmSizes, type LstmWeights } from "./lstm_network.ts";
import { seededRandom } from "./seeded_random.ts";

/** Numbers in double precision, shaped like the weights. */
export type LstmNumbers = Record<keyof LstmWeights, Float64Array>;

/** The same kinds of numbers, each made of what it was. */
export function mappedNumbers<From, To>(
  numbers: Record<keyof LstmWeights, From>,
  of: (values: From) => To,
): Record<keyof LstmWeights, To> {
  const { kernel, recurrent, bias, outKernel, outBias } = numbers;
  return {
    kernel: of(kernel),
    recurrent: of(recurrent),
    bias: of(bias),
    outKernel: of(outKernel),
    outBias: of(outBias),
  };
}

/** Zeros for a network of this size: slopes, means and squares before the first step. */
export function zeroNumbers(sizes: LstmSizes): LstmNumbers {
  return mappedNumbers(lstmLengths(sizes), (length) => new Float64Array(length));
}

/**
 * Weights to begin with: Glorot's uniform ones, a forget bias of 1.
 *
 * @see Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010
 * @see Jozefowicz, Zaremba and Sutskever, "An Empirical Exploration of Recurrent Network Architectures", ICML 2015 (forget bias)
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { initialNumbers } from "./lstm_numbers.ts";
 *
 * const { bias, kernel } = initialNumbers({ inputs: 3, units: 2, outputs: 4 }, 0);
 * assert.deepEqual([...bias], [0, 0, 1, 1, 0, 0, 0, 0]);
 * assert.equal(kernel.length, 3 * 4 * 2);
 * ```
 */
export function initialNumbers(sizes: LstmSizes, seed: number): LstmNumbers {
  const { inputs, units, outputs } = sizes, values = zeroNumbers(sizes), random = seededRandom(seed);
  const sides = { kernel: inputs + 4 * units, recurrent: 5 * units, outKernel: units + outputs };
  for (const [name, sum] of Object.entries(sides) as [keyof typeof sides, number][]) {
    values[name] = values[name].map(() => (2 * random() - 1) * Math.sqrt(6 / sum));
  }
  values.bias.fill(1, units, 2 * units);
  return values;
}
