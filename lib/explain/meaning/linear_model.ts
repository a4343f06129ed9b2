/**
 * A linear model of what messages mean: features → how likely each category is.
 *
 * @module
 */
import { BUCKETS, type MessageFeatures } from "./features.ts";

/** A fitted model; row-major weights so that a feature's categories lie together. */
export interface LinearModel {
  /** Shape [BUCKETS, categories]. */
  weights: Float32Array;
  /** Shape [categories]. */
  biases: Float32Array;
  /** Divides the scores before they become probabilities: above 1 where the model is surer than it is right. */
  temperature: number;
  /** Confidence below which there is no answer. */
  least: number;
}

/** What the model gives each category before it becomes a probability, shape [categories]. */
export function scoresOf({ weights, biases }: LinearModel, { ids, values }: MessageFeatures): Float64Array {
  const count = biases.length, scores = Float64Array.from(biases);
  for (let i = 0; i < ids.length; i++) {
    const start = ids[i] * count, value = values[i];
    for (let k = 0; k < count; k++) scores[k] += weights[start + k] * value;
  }
  return scores;
}

/** Scores → probabilities that sum to 1, in place. */
export function softmax(scores: Float64Array, temperature = 1): Float64Array {
  let most = -Infinity, sum = 0;
  for (const score of scores) if (score > most) most = score;
  for (let k = 0; k < scores.length; k++) sum += scores[k] = Math.exp((scores[k] - most) / temperature);
  for (let k = 0; k < scores.length; k++) scores[k] /= sum;
  return scores;
}

/** A model that knows nothing. */
export function emptyModel(categories: number): LinearModel {
  return {
    weights: new Float32Array(BUCKETS * categories),
    biases: new Float32Array(categories),
    temperature: 1,
    least: 0,
  };
}
