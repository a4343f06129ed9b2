/**
 * Sequences as distinct weighted histories of fixed length, each with what came next.
 *
 * @module
 */
import { seededPermutation, seededRandom } from "./seeded_random.ts";
import type { WeightedSequence } from "./sequence_training.ts";

/** Events before the predicted one, as in DeepLog. */
export const HISTORY = 10;
/** Events with a class of their own, the most frequent ones; the rest share one. */
export const OWN_CLASSES = 62;
/** Places that are looked at; of more, an evenly drawn part. */
const PLACES = 500_000;
/** Distinct histories that are kept. */
const HISTORIES = 20_000;

/** How events become inputs and classes. */
export interface EventClasses {
  /** Classes of single events; the class behind the last is for all others, known or not. */
  readonly own: number;
  /** Whether the class behind that stands for the end of a sequence. */
  readonly whole: boolean;
}

/** Number of classes that are predicted. */
export function outputsOf({ own, whole }: EventClasses): number {
  return own + (whole ? 2 : 1);
}

/** Distinct histories to learn from. */
export interface HistoryRows {
  /** Inputs, row-major, shape [rows, {@linkcode HISTORY}]; −1 = before the beginning. */
  inputs: Int32Array;
  /** Share of each class among what came next, row-major, shape [rows, outputs]. */
  targets: Float32Array;
  outputs: number;
  /** How often each history occurred, shape [rows]. */
  weights: Float64Array;
}

/**
 * The distinct histories of sequences. Of more than 500,000 places an evenly drawn part is looked at; of more than 20,000
 * distinct histories the more frequent half of that number is kept, and as many evenly drawn ones of the others.
 *
 * @param seed Of what is drawn.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { historyRows } from "./lstm_windows.ts";
 *
 * const sequences = [{ events: Int32Array.of(0, 1), weight: 3 }, { events: Int32Array.of(0, 2), weight: 1 }];
 * const { weights, targets, outputs } = historyRows(sequences, { own: 3, whole: false }, 0);
 * assert.deepEqual([...weights], [4]); // one history: event 0 (the first event of a piece is not predicted)
 * assert.deepEqual([...targets], [0, .75, .25, 0]);
 * assert.equal(outputs, 4);
 * ```
 */
export function historyRows(
  sequences: readonly WeightedSequence[],
  classes: EventClasses,
  seed: number,
): HistoryRows {
  const random = seededRandom(seed), outputs = outputsOf(classes);
  const places = sequences.reduce((sum, { events }) => sum + placesOf(events, classes).length, 0);
  const found = new Map<string, { inputs: Int32Array; counts: Float64Array }>();
  for (const { events, weight } of sequences) {
    const inputs = inputsOf(events, classes);
    for (const place of placesOf(events, classes)) {
      if (places > PLACES && random() * places >= PLACES) continue;
      const history = historyAt(inputs, place),
        key = String.fromCharCode(...history.map((input) => input + 1));
      let row = found.get(key);
      if (!row) found.set(key, row = { inputs: history, counts: new Float64Array(outputs) });
      row.counts[place < inputs.length ? inputs[place] : classes.own + 1] += weight;
    }
  }
  const rows = [...found.values()].map((row) => ({ ...row, weight: row.counts.reduce((a, b) => a + b, 0) }));
  const kept = rows.length > HISTORIES ? thinned(rows, random) : rows;
  const targets = new Float32Array(kept.length * outputs), inputs = new Int32Array(kept.length * HISTORY);
  kept.forEach((row, i) => {
    inputs.set(row.inputs, i * HISTORY);
    targets.set(row.counts.map((count) => count / row.weight), i * outputs);
  });
  return { inputs, targets, outputs, weights: Float64Array.from(kept, ({ weight }) => weight) };
}

/** Events as inputs: those without a class of their own share the one behind the last. */
export function inputsOf(events: Int32Array, { own }: EventClasses): Int32Array {
  return events.map((event) => event < 0 || event >= own ? own : event);
}

/**
 * The inputs before `place`, those before the beginning −1, shape [{@linkcode HISTORY}].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { historyAt } from "./lstm_windows.ts";
 *
 * assert.deepEqual([...historyAt(Int32Array.of(4, 5, 6), 2)].slice(-3), [-1, 4, 5]);
 * ```
 */
export function historyAt(inputs: Int32Array, place: number): Int32Array {
  const history = new Int32Array(HISTORY).fill(-1), from = Math.max(0, place - HISTORY);
  history.set(inputs.subarray(from, place), HISTORY - (place - from));
  return history;
}

/** Places that are predicted: all and the end, or all but the first where the beginning was cut off. */
function placesOf(events: Int32Array, { whole }: EventClasses): number[] {
  const first = whole ? 0 : 1, behind = events.length + (whole ? 1 : 0);
  return Array.from({ length: Math.max(0, behind - first) }, (_, i) => first + i);
}

function thinned<Row extends { weight: number }>(rows: Row[], random: () => number): Row[] {
  const byWeight = [...rows.keys()].sort((a, b) => rows[b].weight - rows[a].weight || a - b),
    half = HISTORIES / 2;
  const rest = byWeight.slice(half), order = seededPermutation(rest.length, random).subarray(0, half);
  const kept = new Set([...byWeight.slice(0, half), ...Array.from(order, (i) => rest[i])]);
  return rows.filter((_, i) => kept.has(i));
}
