/**
 * Fitting the linear model.
 *
 * @module
 */
import { seededPermutation, seededRandom } from "../../detector/seeded_random.ts";
import type { MessageFeatures } from "./features.ts";
import { emptyModel, type LinearModel, scoresOf, softmax } from "./linear_model.ts";

/** A message to learn from. */
export interface Taught extends MessageFeatures {
  /** Numbers of its categories; the first is what it means, a second what it could as well mean. */
  categories: readonly number[];
}

/** How the model is fitted. */
export interface FitOptions {
  /** How many categories there are. */
  categories: number;
  seed?: number;
  /** Passes over the messages. */
  epochs?: number;
  /** Step of a weight that was never changed. */
  rate?: number;
  /** Pull of a weight towards 0 at each step that uses it. */
  decay?: number;
}

/** Slope of a category's score below which a message changes none of its weights: most are that near to right soon. */
const LEAST_SLOPE = 0.001;

/** Part of a message that its first category gets where it has two. */
const FIRST_PART = 0.65;

/**
 * Multinomial logistic regression by AdaGrad (J. Duchi, E. Hazan, Y. Singer, *Adaptive Subgradient Methods*, JMLR 2011): the
 * same messages and seed give the same model.
 */
export function fitLinear(messages: readonly Taught[], options: FitOptions): LinearModel {
  const { categories, seed = 1, epochs = 12, rate = 0.3, decay = 5e-4 } = options;
  const model = emptyModel(categories), random = seededRandom(seed);
  const steps = { ...emptyModel(categories), rate, decay };
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const i of seededPermutation(messages.length, random)) step(model, steps, messages[i]);
  }
  return model;
}

/** Squared gradients so far, in the shape of the model. */
interface Steps extends LinearModel {
  rate: number;
  decay: number;
}

function step(model: LinearModel, steps: Steps, message: Taught): void {
  const gradient = softmax(scoresOf(model, message)), { categories, ids, values } = message;
  categories.forEach((category, i) => {
    gradient[category] -= categories.length === 1 ? 1 : i === 0 ? FIRST_PART : 1 - FIRST_PART;
  });
  const count = model.biases.length, { weights } = model, past = steps.weights;
  for (let i = 0; i < ids.length; i++) {
    const start = ids[i] * count, value = values[i];
    for (let k = 0; k < count; k++) {
      if (Math.abs(gradient[k]) < LEAST_SLOPE) continue;
      const at = start + k, slope = gradient[k] * value + steps.decay * weights[at];
      past[at] += slope * slope;
      weights[at] -= steps.rate * slope / (Math.sqrt(past[at]) + 1e-8);
    }
  }
  for (let k = 0; k < count; k++) {
    steps.biases[k] += gradient[k] * gradient[k];
    model.biases[k] -= steps.rate * gradient[k] / (Math.sqrt(steps.biases[k]) + 1e-8);
  }
}
