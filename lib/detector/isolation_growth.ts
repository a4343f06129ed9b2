/**
 * Growing of isolation trees on distinct weighted rows.
 *
 * @module
 */
import { type IsolationTrees, treeShape } from "./isolation_trees.ts";
import { seededRandom } from "./seeded_random.ts";

/** Rows to grow on, every one distinct. */
export interface GrowthRows {
  /** Row-major, shape [rows, width]. */
  values: Float32Array;
  width: number;
  /** Windows that each row stands for, shape [rows]. */
  weights: Float64Array;
}

/** How a forest is grown. */
export interface GrowthOptions {
  trees: number;
  /** Windows that a tree is grown on, as many as there are at most. */
  subsample: number;
  seed: number;
}

/** Windows drawn for one tree: distinct rows, and how often each was drawn. */
interface Sample {
  rows: Int32Array;
  /** Shape of all rows; 0 = not drawn. */
  drawn: Int32Array;
}

/**
 * Grows trees, each on windows drawn without replacement – a row that stands for n windows is n of them –, by splits at an
 * even random point of an even random column among those that vary, until a window is alone or the tree is as deep as
 * log2 of the windows drawn, rounded up.
 *
 * @returns The trees, and the windows that each was grown on.
 * @see Liu, Ting and Zhou, "Isolation Forest", ICDM 2008, algorithms 1 and 2
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growTrees } from "./isolation_growth.ts";
 *
 * const rows = { values: Float32Array.of(0, 7), width: 1, weights: Float64Array.of(90, 10) };
 * const { trees, windows } = growTrees(rows, { trees: 3, subsample: 64, seed: 0 });
 * assert.equal(windows, 64);
 * assert.equal(trees.roots.length, 3);
 * ```
 */
export function growTrees(
  rows: GrowthRows,
  { trees, subsample, seed }: GrowthOptions,
): { trees: IsolationTrees; windows: number } {
  const random = seededRandom(seed), ends = cumulated(rows.weights);
  const all = Math.max(1, Math.floor(ends[ends.length - 1])), windows = Math.min(subsample, all);
  const grower = new Grower(rows, random, Math.ceil(Math.log2(Math.max(windows, 2))));
  for (let tree = 0; tree < trees; tree++) grower.grow(drawWindows(ends, { all, windows, random }));
  const nodes = Int32Array.from(grower.nodes);
  const grown = { ...treeShape(nodes), nodes, thresholds: Float64Array.from(grower.thresholds) };
  return { trees: grown, windows };
}

function cumulated(weights: Float64Array): Float64Array {
  let sum = 0;
  return weights.map((weight) => sum += weight);
}

/** Draws windows without replacement (Floyd's algorithm; Bentley and Floyd, "A sample of brilliance", CACM 30, 1987). */
function drawWindows(
  ends: Float64Array,
  { all, windows, random }: { all: number; windows: number; random: () => number },
): Sample {
  const chosen = new Set<number>(), drawn = new Int32Array(ends.length), rows: number[] = [];
  for (let last = all - windows; last < all; last++) {
    const window = Math.floor(random() * (last + 1)), taken = chosen.has(window) ? last : window;
    chosen.add(taken);
    const row = rowOfWindow(ends, taken);
    if (drawn[row]++ === 0) rows.push(row);
  }
  return { rows: Int32Array.from(rows).sort(), drawn };
}

/** The first row whose weights, summed so far, are above `window`. */
function rowOfWindow(ends: Float64Array, window: number): number {
  let low = 0, high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] > window) high = middle;
    else low = middle + 1;
  }
  return low;
}

class Grower {
  readonly nodes: number[] = [];
  readonly thresholds: number[] = [];

  constructor(readonly rows: GrowthRows, readonly random: () => number, readonly deepest: number) {}

  grow(sample: Sample): void {
    this.#grow(sample, sample.rows, Array.from({ length: this.rows.width }, (_, column) => column), 0);
  }

  /** @param columns Those that may still vary among the rows. */
  #grow({ drawn }: Sample, rows: Int32Array, columns: number[], depth: number): void {
    let windows = 0;
    for (const row of rows) windows += drawn[row];
    const varying = depth < this.deepest && windows > 1 ? columns.filter((c) => this.#varies(rows, c)) : [];
    if (varying.length === 0) {
      this.nodes.push(-windows);
      this.thresholds.push(0);
      return;
    }
    const column = varying[Math.floor(this.random() * varying.length)], threshold = this.#split(rows, column);
    this.nodes.push(column);
    this.thresholds.push(threshold);
    const { values, width } = this.rows, left = (row: number) => values[row * width + column] <= threshold;
    const sample = { rows, drawn };
    this.#grow(sample, rows.filter(left), varying, depth + 1);
    this.#grow(sample, rows.filter((row) => !left(row)), varying, depth + 1);
  }

  #varies(rows: Int32Array, column: number): boolean {
    const { values, width } = this.rows, first = values[rows[0] * width + column];
    for (let i = 1; i < rows.length; i++) if (values[rows[i] * width + column] !== first) return true;
    return false;
  }

  /** A point from the column's least value to below its greatest, as Float32, so that saving it loses nothing. */
  #split(rows: Int32Array, column: number): number {
    const { values, width } = this.rows;
    let least = Infinity, greatest = -Infinity;
    for (const row of rows) {
      const value = values[row * width + column];
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    const point = Math.fround(least + this.random() * (greatest - least));
    return point < greatest ? point : least;
  }
}
