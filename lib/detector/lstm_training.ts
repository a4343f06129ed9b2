/**
 * Training of the LSTM on distinct weighted histories, seeded from end to end.
 *
 * How it corresponds to a `fit` on all windows: histories that are equal are one row, which weighs the square root of how often
 * it occurred (with the number itself little is learned but the commonest), and whose target is the exact distribution of
 * what came next, so that probabilities stay what they are. A fifth of the sequences that were seen once validates; training
 * stops when the validation loss no longer falls, and the best weights are kept. A training that *stuck* – it learned less
 * than half of what the last event alone tells of the next – starts again from another seed.
 *
 * @module
 */
import type { FitOptions } from "./detector.ts";
import { LstmGradients } from "./lstm_gradients.ts";
import type { LstmSizes, LstmWeights } from "./lstm_network.ts";
import { type EventClasses, HISTORY, type HistoryRows, historyRows, outputsOf } from "./lstm_windows.ts";
import { seededPermutation, seededRandom } from "./seeded_random.ts";
import type { WeightedSequence } from "./sequence_training.ts";

/** Settings of the loop. */
export interface LstmTrainingOptions extends FitOptions {
  /** Epochs at most. Default 30, more where that makes less than 600 steps. */
  epochs?: number;
  /** Adam's step at the beginning; it falls evenly to nearly 0 in the last epoch. Default 0.01. */
  learningRate?: number;
  /** Units of the LSTM. Default 32. */
  units?: number;
}

/** The network at its best validation loss, and how it came about. */
export interface LstmTraining {
  sizes: LstmSizes;
  weights: LstmWeights;
  /** Distinct histories that were learned. */
  histories: number;
  /** Epochs run by the attempt that was kept. */
  epochs: number;
  /** Seeds tried. */
  attempts: number;
  /** Cross-entropy in nats on the histories that trained, and on those that validated. */
  loss: number;
  validationLoss: number;
  /** Whether every attempt stuck. */
  stuck: boolean;
}

/** Histories of a step, fewer where there are less than a thousand. */
const BATCH = 64;
const ATTEMPTS = 3;
/** Epochs in which the validation loss must get better, or training stops. */
const PATIENCE = 5;
/** Steps that a training is given in all and to get better, however short its epochs. */
const LEAST_STEPS = 600, PATIENT_STEPS = 100;
/** A validation loss that has fallen by less is no better. */
const BETTER = .01;

/**
 * Trains the network; equal sequences and options give equal weights, bit for bit, on one machine.
 *
 * @param sequences As `knownEvents` gives them.
 * @throws {RangeError} if no place of any sequence is predicted.
 * @see Du et al., "DeepLog: Anomaly Detection and Diagnosis from System Logs through Deep Learning", CCS 2017
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { trainLstm } from "./lstm_training.ts";
 *
 * const sequences = [{ events: Int32Array.of(0, 1, 0, 1, 0), weight: 9 }];
 * const { weights, sizes } = await trainLstm(sequences, { own: 2, whole: true }, { epochs: 2, units: 4 });
 * assert.deepEqual(sizes, { inputs: 3, units: 4, outputs: 4 });
 * assert.equal(weights.outBias.length, 4);
 * ```
 */
export async function trainLstm(
  sequences: readonly WeightedSequence[],
  classes: EventClasses,
  options: LstmTrainingOptions = {},
): Promise<LstmTraining> {
  const { seed = 0, units = 32 } = options, split = splitSequences(sequences);
  const training = historyRows(split.training, classes, seed);
  const validation = historyRows(split.validation, classes, seed);
  if (training.weights.length === 0) {
    throw new RangeError("Cannot train an LSTM: no event has another one before it");
  }
  const sizes = { inputs: classes.own + 1, units, outputs: outputsOf(classes) };
  const entropies = entropiesOf(training);
  let kept: LstmTraining | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const data = { training, validation: validation.weights.length > 0 ? validation : training };
    const run = await trainOnce(data, { ...options, seed: seed + attempt, sizes });
    const stuck = isStuck(run.loss, entropies);
    const better = kept === null || !stuck || run.validationLoss < kept.validationLoss;
    if (better) kept = { ...run, sizes, histories: training.weights.length, stuck, attempts: 0 };
    kept!.attempts = attempt + 1;
    if (!stuck) break;
  }
  return kept!;
}

/** The last fifth, by order, of the sequences that were seen once validates, and all others with a fifth of their weight. */
function splitSequences(sequences: readonly WeightedSequence[]) {
  const once = sequences.filter(({ weight }) => weight <= 1),
    held = new Set(once.slice(Math.ceil(once.length * .8)));
  return {
    training: sequences.filter((sequence) => !held.has(sequence)),
    validation: sequences.filter((sequence) => held.has(sequence) || sequence.weight > 1)
      .map((sequence) => held.has(sequence) ? sequence : { ...sequence, weight: sequence.weight / 5 }),
  };
}

interface RunOptions extends LstmTrainingOptions {
  seed: number;
  sizes: LstmSizes;
}

async function trainOnce(
  { training, validation }: { training: HistoryRows; validation: HistoryRows },
  { learningRate = .01, onProgress, seed, sizes, ...options }: RunOptions,
) {
  const steps = Math.ceil(training.weights.length / batchSize(training.weights.length));
  const { epochs = Math.max(30, Math.ceil(LEAST_STEPS / steps)) } = options;
  const patience = Math.max(PATIENCE, Math.ceil(PATIENT_STEPS / steps));
  const network = new LstmGradients({ sizes, seed }), random = seededRandom(seed);
  const shares = sharesOf(training),
    validationShares = sharesOf(validation),
    every = range(validationShares.length);
  let weights = network.weights(), best = Infinity, mark = Infinity, waited = 0, epoch = 0;
  while (epoch < epochs && waited < patience) {
    epoch++;
    const rate = learningRate * (1 - (epoch - 1) / epochs);
    const trainingLoss = runEpoch(network, training, { shares, random, rate });
    const current = network.loss(validation, every, validationShares);
    await onProgress?.({ step: "lstm", done: epoch, total: epochs, loss: current, trainingLoss });
    waited++;
    if (current < mark * (1 - BETTER)) [mark, waited] = [current, 0];
    if (!(current < best)) continue;
    best = current;
    weights = network.weights();
  }
  const loss = new LstmGradients({ sizes, seed, weights }).loss(training, range(shares.length), shares);
  return { weights, epochs: epoch, loss, validationLoss: best };
}

/** @returns The loss of all histories, each as it was before the step that learned from it. */
function runEpoch(
  network: LstmGradients,
  rows: HistoryRows,
  { shares, random, rate }: { shares: Float64Array; random: () => number; rate: number },
): number {
  const order = seededPermutation(shares.length, random), size = batchSize(shares.length);
  let loss = 0;
  for (let from = 0; from < order.length; from += size) {
    const batch = order.subarray(from, from + size), scale = shares.length / batch.length;
    const scaled = Float64Array.from(batch, (row) => shares[row] * scale);
    loss += network.step(rows, batch, { shares: scaled, rate }) / scale;
  }
  return loss;
}

function batchSize(histories: number): number {
  return Math.min(BATCH, Math.max(4, Math.ceil(histories / 16)));
}

function range(length: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => i);
}

/** Square roots of the weights, sum 1. */
function sharesOf({ weights }: HistoryRows): Float64Array {
  const roots = weights.map(Math.sqrt), sum = roots.reduce((a, b) => a + b, 0);
  return roots.map((root) => root / sum);
}

/** What is to be known of the next event without any other, and with the last one, in nats. */
interface Entropies {
  alone: number;
  afterLast: number;
}

function entropiesOf(rows: HistoryRows): Entropies {
  const shares = sharesOf(rows), { outputs } = rows, groups = new Map<number, Float64Array>();
  const all = new Float64Array(outputs);
  shares.forEach((share, row) => {
    const last = rows.inputs[row * HISTORY + HISTORY - 1];
    let group = groups.get(last);
    if (!group) groups.set(last, group = new Float64Array(outputs));
    for (let i = 0; i < outputs; i++) {
      const part = share * rows.targets[row * outputs + i];
      group[i] += part;
      all[i] += part;
    }
  });
  return {
    alone: entropy(all),
    afterLast: [...groups.values()].reduce((sum, group) => sum + entropy(group), 0),
  };
}

/** Of parts that need not sum to 1: −Σ part · ln(part / sum). */
function entropy(parts: Float64Array): number {
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.reduce((total, part) => part > 0 ? total - part * Math.log(part / sum) : total, 0);
}

/**
 * Whether a training learned less than half of what the last event alone tells; where that tells next to nothing, there is
 * nothing to stick at.
 *
 * @param loss Cross-entropy on the rows that trained.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isStuck } from "./lstm_training.ts";
 *
 * assert.equal(isStuck(1.9, { alone: 2, afterLast: 1 }), true);
 * assert.equal(isStuck(.4, { alone: 2, afterLast: 1 }), false);
 * ```
 */
export function isStuck(loss: number, { alone, afterLast }: Entropies): boolean {
  return alone - afterLast > .01 && !(loss < (alone + afterLast) / 2);
}
