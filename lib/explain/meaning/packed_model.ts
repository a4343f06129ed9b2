/**
 * The model in a few hundred kilobytes of text.
 *
 * @module
 */
import { CATEGORY_NAMES } from "./category.ts";
import { BUCKETS } from "./features.ts";
import type { LinearModel } from "./linear_model.ts";

/** Raised with every change of what the numbers mean. */
const PACKED_VERSION = 2;

/** A model with a byte a weight. */
export interface PackedModel {
  version: number;
  /** In the order of the weights. */
  categories: readonly string[];
  temperature: number;
  least: number;
  /** What a byte of each category stands for, shape [categories]. */
  scales: readonly number[];
  /** Shape [categories]. */
  biases: readonly number[];
  /** Bytes −127 … 127 in Base64, shape [BUCKETS, categories]. */
  weights: string;
}

/** A model in short: each category's weights are whole multiples of its largest one's 127th. */
export function packModel({ weights, biases, temperature, least }: LinearModel): PackedModel {
  const count = biases.length, largest = new Float64Array(count);
  weights.forEach((weight, i) => largest[i % count] = Math.max(largest[i % count], Math.abs(weight)));
  const scales = Array.from(largest, (most) => Number((most / 127 || 1).toPrecision(6)));
  const bytes = Uint8Array.from(weights, (weight, i) => Math.round(weight / scales[i % count]));
  return {
    version: PACKED_VERSION,
    categories: CATEGORY_NAMES,
    temperature: Number(temperature.toFixed(4)),
    least: Number(least.toFixed(4)),
    scales,
    biases: Array.from(biases, (bias) => Number(bias.toFixed(4))),
    weights: bytes.toBase64(),
  };
}

/**
 * The model again.
 *
 * @throws {RangeError} if it is of another version, or for other categories or features than these.
 */
export function unpackModel(packed: PackedModel): LinearModel {
  const { version, categories, scales, biases, temperature, least } = packed, count = CATEGORY_NAMES.length;
  if (version !== PACKED_VERSION) {
    throw new RangeError(`Cannot read the model of meanings: version ${version} is not ${PACKED_VERSION}`);
  }
  if (categories.join() !== CATEGORY_NAMES.join() || scales.length !== count || biases.length !== count) {
    throw new RangeError(`Cannot read the model of meanings: its categories are ${categories.join()}`);
  }
  const bytes = new Int8Array(Uint8Array.fromBase64(packed.weights).buffer);
  if (bytes.length !== BUCKETS * count) {
    throw new RangeError(`Cannot read the model of meanings: it has ${bytes.length} weights`);
  }
  const weights = Float32Array.from(bytes, (byte, i) => byte * scales[i % count]);
  return { weights, biases: Float32Array.from(biases), temperature, least };
}
