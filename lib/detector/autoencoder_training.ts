/**
 * Training of the autoencoder on distinct weighted rows, seeded from end to end.
 *
 * TensorFlow.js's own `fit` takes no sample weights and shuffles without a seed, so the loop is ours. How it corresponds
 * to `fit(rows, { batchSize: 32, epochs: 100, validationSplit: 0.2 })` on all windows:
 *
 * - a *batch* is 32 distinct rows. A row that stands for n windows weighs √n: with n as the weight, little is learned but
 *   the few commonest rows; with 1, the rare ones count for too much. With more than 512 distinct rows a batch grows,
 *   so that an epoch has at most 16 steps;
 * - the *validation split* holds back a fifth of what was seen once, see `training_split.ts`;
 * - training stops when the validation loss has not fallen by 5 % in ten epochs (and 160 steps: with few rows an epoch is
 *   short), and the best weights are kept;
 * - an error counts the more in the loss the fewer training windows have its column (squared inverse document frequency).
 *
 * A ReLU network can *stick*: units die, and it predicts little but each column's mean for ever (with the plain recipe,
 * two seeds of six did on HDFS). That is recognised by a training loss that is not clearly below the loss of predicting
 * the means, and answered by starting again from another seed.
 *
 * @module
 */
import { AutoencoderNetwork, type TrainingRows } from "./autoencoder_network.ts";
import type { DenseLayer } from "./dense_network.ts";
import type { FitOptions } from "./detector.ts";
import { seededPermutation, seededRandom } from "./seeded_random.ts";
import { loadTensorflow } from "./tensorflow.ts";
import { lossOfMeans, splitRows, type TrainingSplit, type WeightedRows } from "./training_split.ts";

/** Settings of the loop; the defaults are the usual recipe's. */
export interface TrainingOptions extends FitOptions {
  /** Epochs at most. Default 100. */
  epochs?: number;
  /** Adam's step. Default 0.001. */
  learningRate?: number;
}

/** The network at its best validation loss, and how it came about. */
export interface Training {
  layers: DenseLayer[];
  /** Epochs run by the attempt that was kept. */
  epochs: number;
  /** Seeds tried. */
  attempts: number;
  /** Weighted mean squared error on the training rows. */
  loss: number;
  validationLoss: number;
  /** Loss of predicting each column's mean, on the training rows. */
  meanLoss: number;
  /** Whether every attempt stuck. */
  stuck: boolean;
}

const BATCH = 32;
/** Seeds tried at most while trainings stick. */
const ATTEMPTS = 4;
/** Epochs in which the validation loss must get better, or training stops. */
const PATIENCE = 10;
const STEPS_PER_EPOCH = 16;
/** A validation loss that has fallen by less is no better. */
const BETTER = .05;
/** Steps that a training is given to get better, however short its epochs. */
const PATIENT_STEPS = 160;

/**
 * Trains the network until its validation loss no longer falls, and again from another seed where it sticks. Equal rows
 * and options give equal weights, bit for bit, on one machine.
 *
 * @param options The seed of the first attempt; each new one takes the next.
 *
 * @throws {RangeError} if there are no rows.
 * @see Prechelt, "Early Stopping – But When?", in: Neural Networks: Tricks of the Trade, 1998
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { trainAutoencoder } from "./autoencoder_training.ts";
 *
 * const rows = { values: Float32Array.of(0, 1), width: 2, weights: Float64Array.of(5), columnWeights: Float32Array.of(1, 1) };
 * const { layers, epochs } = await trainAutoencoder(rows, { epochs: 3 });
 * assert.deepEqual(layers.map((layer) => layer.units), [64, 32, 16, 32, 64, 2]);
 * assert.equal(epochs, 3);
 * ```
 */
export async function trainAutoencoder(rows: TrainingRows, options: TrainingOptions = {}): Promise<Training> {
  if (rows.weights.length === 0) throw new RangeError("Cannot train an autoencoder: there are no rows");
  const { seed = 0, learningRate = 1e-3 } = options;
  const tensorflow = await loadTensorflow();
  const split = splitRows(rows);
  let kept: Training | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const start = { seed: seed + attempt, learningRate, means: split.means };
    const network = new AutoencoderNetwork(tensorflow, rows, start);
    const training = await trainOnce(network, split, { ...options, seed: start.seed })
      .finally(() => network.dispose());
    if (kept === null || !training.stuck || training.validationLoss < kept.validationLoss) kept = training;
    kept.attempts = attempt + 1;
    if (!training.stuck) break;
  }
  return kept!;
}

async function trainOnce(
  network: AutoencoderNetwork,
  split: TrainingSplit,
  options: TrainingOptions & { seed: number },
): Promise<Training> {
  const run = await runEpochs(network, split, options);
  network.assign(run.layers);
  const loss = network.modelLoss(split.training.rows, split.training.shares);
  const meanLoss = lossOfMeans(network.rows, split);
  return { ...run, attempts: 1, loss, meanLoss, stuck: isStuck(loss, meanLoss) };
}

async function runEpochs(
  network: AutoencoderNetwork,
  split: TrainingSplit,
  options: TrainingOptions & { seed: number },
): Promise<{ epochs: number; validationLoss: number; layers: DenseLayer[] }> {
  const { epochs = 100, seed, onProgress } = options;
  const steps = Math.ceil(split.training.rows.length / batchSize(split.training.rows.length));
  const patience = Math.max(PATIENCE, Math.ceil(PATIENT_STEPS / steps));
  const random = seededRandom(seed), { validation } = split;
  let layers = network.layers(), best = Infinity, mark = Infinity, waited = 0, epoch = 0;
  while (epoch < epochs && waited < patience) {
    epoch++;
    const trainingLoss = runEpoch(network, split.training, random);
    const loss = network.loss(validation.rows, validation.shares);
    await onProgress?.({ step: "autoencoder", done: epoch, total: epochs, loss, trainingLoss });
    waited++;
    if (loss < mark * (1 - BETTER)) [mark, waited] = [loss, 0];
    if (!(loss < best)) continue;
    best = loss;
    layers = network.layers();
  }
  return { epochs: epoch, validationLoss: best, layers };
}

/** @returns The loss of all rows, each as it was before the step that learned from it. */
function runEpoch(network: AutoencoderNetwork, { rows, shares }: WeightedRows, random: () => number): number {
  const order = seededPermutation(rows.length, random);
  const size = batchSize(rows.length);
  let loss = 0;
  for (let from = 0; from < order.length; from += size) {
    const batch = order.subarray(from, from + size);
    // As a mean over the batch of rows whose weights have mean 1 over all rows: steps of equal worth.
    const scale = rows.length / batch.length;
    loss += network.step(batch.map((i) => rows[i]), Float64Array.from(batch, (i) => shares[i] * scale)) /
      scale;
  }
  return loss;
}

function batchSize(rows: number): number {
  return Math.max(BATCH, Math.ceil(rows / STEPS_PER_EPOCH));
}

/**
 * Whether a training learned next to nothing beyond the columns' means: its loss is above nine tenths of theirs. Where
 * the means leave no loss (all rows equal) there is nothing to learn, and nothing sticks.
 *
 * @param loss Weighted mean squared error on the training rows.
 * @param meanLoss The same, of predicting each column's mean.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isStuck } from "./autoencoder_training.ts";
 *
 * assert.equal(isStuck(.031, .032), true);
 * assert.equal(isStuck(.002, .032), false);
 * ```
 */
export function isStuck(loss: number, meanLoss: number): boolean {
  return meanLoss > 1e-6 && !(loss < .9 * meanLoss);
}
