/**
 * The count vectors of training: which are known exactly, and which of a bounded number is nearest.
 *
 * @module
 */
import { type FeatureMatrix, rowOf } from "../feature/feature_matrix.ts";
import { rowKey } from "./distinct_rows.ts";

/** What {@linkcode KnownVectors} learned, as plain data. */
export interface KnownVectorsState {
  /** Hashes of all training vectors, at most {@linkcode KNOWN_LIMIT}, the most frequent first. */
  known: number[];
  /** Vectors to measure distances to, at most {@linkcode REFERENCE_LIMIT}: column, count, column, count … */
  reference: number[][];
  /** Sum of the largest training vector. */
  largest: number;
}

/** The vector that is nearest to a row. */
export interface Nearest {
  /** Sum of the differences / the greater of the two sums: 0 = equal, 1 = against nothing, at most 2. */
  distance: number;
  /** The vector, shape [columns]. */
  counts: Float64Array;
}

/** Vectors remembered by their hash. */
export const KNOWN_LIMIT = 100_000;
/** Vectors that distances are measured to. */
export const REFERENCE_LIMIT = 800;

/**
 * A memory of training vectors: exact for all of them (by a 53-bit hash), by distance for the 800 most frequent (among
 * those equally rare, spread evenly over the training span).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { KnownVectors } from "./known_vectors.ts";
 *
 * const columns = ["T1", "T2"].map((id) => ({ kind: "template" as const, id, title: id }));
 * const training = { columns, rows: 1, values: Float32Array.of(3, 1), weights: Float64Array.of(9) };
 * const known = KnownVectors.learn(training);
 * assert.equal(known.has(Float32Array.of(3, 1)), true);
 * assert.equal(known.nearest(Float32Array.of(4, 0)).distance, .5);
 * ```
 */
export class KnownVectors {
  readonly #known: Set<number>;
  readonly #reference: SparseVector[];

  constructor(readonly state: KnownVectorsState) {
    this.#known = new Set(state.known);
    this.#reference = state.reference.map(sparseVector);
  }

  /**
   * Learns from rows that are distinct already.
   *
   * @param training Distinct rows in order of time.
   */
  static learn(training: FeatureMatrix): KnownVectors {
    const order = byFrequency(training.weights);
    const known = new Set<number>();
    let largest = 0;
    for (const row of order) {
      const counts = rowOf(training, row);
      largest = Math.max(largest, sumOf(counts));
      if (known.size < KNOWN_LIMIT) known.add(vectorHash(counts));
    }
    const reference = order.slice(0, REFERENCE_LIMIT).map((row) => pairsOf(rowOf(training, row)));
    return new KnownVectors({ known: [...known], reference, largest });
  }

  /** Whether training had this vector. */
  has(counts: ArrayLike<number>): boolean {
    return this.#known.has(vectorHash(counts));
  }

  /** The nearest of the reference vectors; the earlier of two that are equally near. */
  nearest(counts: Float32Array): Nearest {
    const sum = sumOf(counts);
    let nearest = this.#reference[0], distance = Infinity;
    for (const vector of this.#reference) {
      const greater = Math.max(sum, vector.sum);
      if (greater === 0) return { distance: 0, counts: new Float64Array(counts.length) };
      if (Math.abs(sum - vector.sum) / greater >= distance) continue; // no nearer, whatever they share
      const apart = (sum + vector.sum - 2 * overlap(vector, counts)) / greater;
      if (apart < distance) [nearest, distance] = [vector, apart];
    }
    const dense = new Float64Array(counts.length);
    nearest.columns.forEach((column, i) => dense[column] = nearest.counts[i]);
    return { distance: Math.max(0, distance), counts: dense };
  }
}

/** A reference vector without its zeros. */
interface SparseVector {
  columns: Int32Array;
  counts: Float64Array;
  sum: number;
}

function sparseVector(pairs: readonly number[]): SparseVector {
  const columns = Int32Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i]);
  const counts = Float64Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i + 1]);
  return { columns, counts, sum: sumOf(counts) };
}

// The sum over all columns of min(v, u): with it, sum |v - u| = sum v + sum u - 2 * overlap, without visiting zeros.
function overlap(vector: SparseVector, counts: ArrayLike<number>): number {
  let shared = 0;
  for (let i = 0; i < vector.columns.length; i++) {
    shared += Math.min(vector.counts[i], counts[vector.columns[i]]);
  }
  return shared;
}

/** Rows with the heaviest first; those of equal weight in an order that spreads any first few of them evenly. */
function byFrequency(weights: Float64Array): number[] {
  const order = [...weights.keys()].sort((a, b) => weights[b] - weights[a] || a - b);
  const result: number[] = [];
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && weights[order[to]] === weights[order[from]]) to++;
    const room = Math.min(to - from, Math.max(1, REFERENCE_LIMIT - result.length));
    for (const row of spread(order.slice(from, to), room)) result.push(row);
    from = to;
  }
  return result;
}

/** `rows` with `first` of them, evenly spaced, before the others. */
function spread(rows: number[], first: number): number[] {
  if (first >= rows.length) return rows;
  const chosen = new Set(Array.from({ length: first }, (_, i) => Math.floor(i * rows.length / first)));
  return [...rows.filter((_, i) => chosen.has(i)), ...rows.filter((_, i) => !chosen.has(i))];
}

function pairsOf(counts: Float32Array): number[] {
  const pairs: number[] = [];
  counts.forEach((count, column) => {
    if (count !== 0) pairs.push(column, count);
  });
  return pairs;
}

function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i];
  return sum;
}

/** 53 bits of the vector's text form: two multiplicative hashes, mixed. */
function vectorHash(counts: ArrayLike<number>): number {
  const key = rowKey(counts);
  let low = 0xdeadbeef, high = 0x41c6ce57;
  for (let i = 0; i < key.length; i++) {
    low = Math.imul(low ^ key.charCodeAt(i), 0x9e3779b1);
    high = Math.imul(high ^ key.charCodeAt(i), 0x5f356495);
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  return 4294967296 * (high & 0x1fffff) + (low >>> 0);
}
