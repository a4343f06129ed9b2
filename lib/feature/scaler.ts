/**
 * Counts into the range that models want.
 *
 * @module
 */
import type { FeatureColumn, FeatureMatrix } from "./feature_matrix.ts";

/** Settings of {@linkcode Scaler.fit}. */
export interface ScalerOptions {
  /**
   * `count` = counts themselves; `share` = each row's counts are first brought to the same total, the mean of training,
   * because volume varies for harmless reasons. Default `count`.
   */
  scaling?: "count" | "share";
  /** `min-max` = training lies in 0–1; `z-score` = training has mean 0 and standard deviation 1. Default `min-max`. */
  range?: "min-max" | "z-score";
  /** Whether rare columns count for more: by inverse document frequency, 1 for a column never seen. Default false. */
  idf?: boolean;
}

/** Plain data that a {@linkcode Scaler} is restored from. */
export interface ScalerSnapshot {
  version: 1;
  scaling: "count" | "share";
  range: "min-max" | "z-score";
  /** Kind and id of each column. */
  columns: string[];
  /** Weighted mean total of a training row. */
  total: number;
  offset: number[];
  width: number[];
  factor: number[];
}

/** The least width of a column: one event more than in training is then a step of 1. */
const LEAST_RANGE = Math.log1p(1);
/** The least standard deviation of log counts (measured to keep ranking best where training is small). */
const LEAST_DEVIATION = 0.1;

/**
 * `factor · (log1p(count) - offset) / width` for every column, with what training alone has taught. A column that never
 * varied in training has the least width, so nothing divides by zero. New values beyond training lie beyond the range.
 *
 * Source: log scaling with idf as in W. Xu et al., *Detecting Large-Scale System Problems by Mining Console Logs*,
 * SOSP 2009; smooth idf, ln((1 + n) / (1 + df)) + 1, as in scikit-learn, divided by its largest value.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Scaler } from "./scaler.ts";
 *
 * const columns = [{ kind: "template" as const, id: "E1", title: "started" }];
 * const training = { columns, rows: 2, values: Float32Array.of(0, 3), weights: Float64Array.of(9, 1) };
 * const scaler = Scaler.fit(training);
 * assert.deepEqual([...scaler.transform(training)], [0, 1]);
 * assert.equal(Math.round(scaler.invert(0, 1)), 3);
 * ```
 */
export class Scaler {
  readonly #snapshot: ScalerSnapshot;
  readonly #events: boolean[]; // columns whose counts make up a row's total
  #accepted: readonly FeatureColumn[] | null = null; // columns that were compared with those of training last

  private constructor(snapshot: ScalerSnapshot) {
    this.#snapshot = snapshot;
    this.#events = snapshot.columns.map((name) => !name.startsWith("level "));
  }

  /**
   * Learns from the rows of the training span, each as often as its weight says.
   *
   * @throws {RangeError} if there are no rows or an option is unknown.
   */
  static fit(training: FeatureMatrix, options: ScalerOptions = {}): Scaler {
    const { scaling = "count", range = "min-max", idf = false } = options;
    if (training.rows === 0) throw new RangeError("Cannot fit a scaler: there are no rows");
    checkOption("scaling", scaling, ["count", "share"]);
    checkOption("range", range, ["min-max", "z-score"]);
    const columns = training.columns.map(nameOf), width = columns.length;
    const ones = new Array<number>(width).fill(1), zeros = new Array<number>(width).fill(0);
    const bare = { version: 1 as const, scaling, range, columns, offset: zeros, width: ones, factor: ones };
    const total = meanTotal(new Scaler({ ...bare, total: 1 }), training);
    const logs = new Scaler({ ...bare, total }).#logsOf(training);
    const spreads = columns.map((_, column) => spreadOf(logs, training.weights, column, width));
    const documents = sum(training.weights);
    return new Scaler({
      ...bare,
      total,
      offset: spreads.map(({ least, mean }) => range === "min-max" ? least : mean),
      width: spreads.map(({ least, most, deviation }) =>
        range === "min-max" ? Math.max(most - least, LEAST_RANGE) : Math.max(deviation, LEAST_DEVIATION)
      ),
      factor: spreads.map(({ present }) =>
        idf ? (Math.log((1 + documents) / (1 + present)) + 1) / (Math.log(1 + documents) + 1) : 1
      ),
    });
  }

  /**
   * A scaler from its snapshot.
   *
   * @throws {TypeError} if a field is missing, of the wrong type, or of an unknown version.
   */
  static fromJSON(snapshot: ScalerSnapshot): Scaler {
    checkSnapshot(snapshot);
    return new Scaler(structuredClone(snapshot));
  }

  /** Plain data for {@linkcode Scaler.fromJSON}. */
  toJSON(): ScalerSnapshot {
    return structuredClone(this.#snapshot);
  }

  /**
   * Scaled values, row-major, shape [matrix.rows, columns].
   *
   * @throws {TypeError} if the columns are not those of training.
   */
  transform(matrix: FeatureMatrix): Float32Array {
    const { offset, width, factor } = this.#snapshot, count = offset.length;
    if (matrix.columns !== this.#accepted) this.#compare(matrix.columns);
    const logs = this.#logsOf(matrix), scaled = new Float32Array(logs.length);
    for (let i = 0; i < logs.length;) {
      for (let column = 0; column < count; column++, i++) {
        scaled[i] = (logs[i] - offset[column]) / width[column] * factor[column];
      }
    }
    return scaled;
  }

  /**
   * The count that a scaled value stands for; never negative.
   *
   * @param column Index of the column.
   * @param total Events in the row, for `share` scaling; default: the mean of training.
   */
  invert(column: number, value: number, total: number = this.#snapshot.total): number {
    const { offset, width, factor, scaling } = this.#snapshot;
    const count = Math.expm1(value / factor[column] * width[column] + offset[column]);
    return Math.max(0, scaling === "share" ? count * total / this.#snapshot.total : count);
  }

  /** Events in a row: templates, other and unseen; levels count the same events again. */
  totalOf(values: Float32Array, from = 0): number {
    let total = 0;
    for (let i = 0; i < this.#events.length; i++) if (this.#events[i]) total += values[from + i];
    return total;
  }

  #compare(columns: readonly FeatureColumn[]): void {
    const names = this.#snapshot.columns;
    if (columns.length !== names.length || columns.some((column, i) => nameOf(column) !== names[i])) {
      throw new TypeError(
        `Cannot scale: columns are not those of training, expected ${names.length}, got ${columns.length}`,
      );
    }
    this.#accepted = columns;
  }

  /** log1p of the counts, brought to one total by share, shape [rows, columns]. */
  #logsOf({ rows, columns, values }: FeatureMatrix): Float64Array {
    const logs = new Float64Array(rows * columns.length);
    for (let row = 0, i = 0; row < rows; row++) {
      const times = this.#timesOf(values, i);
      for (let column = 0; column < columns.length; column++, i++) logs[i] = Math.log1p(values[i] * times);
    }
    return logs;
  }

  #timesOf(values: Float32Array, from: number): number {
    if (this.#snapshot.scaling === "count") return 1;
    const total = this.totalOf(values, from);
    return total === 0 ? 0 : this.#snapshot.total / total;
  }
}

function nameOf({ kind, id }: FeatureColumn): string {
  return `${kind} ${id}`;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

/** Weighted mean of the rows' totals; at least 1. */
function meanTotal(scaler: Scaler, { rows, columns, values, weights }: FeatureMatrix): number {
  let total = 0;
  for (let row = 0; row < rows; row++) total += weights[row] * scaler.totalOf(values, row * columns.length);
  return Math.max(1, total / Math.max(sum(weights), Number.MIN_VALUE));
}

/** Least, most, weighted mean and standard deviation of a column, and the weight of the rows where it is above 0. */
function spreadOf(values: Float64Array, weights: Float64Array, column: number, width: number) {
  let least = Infinity, most = -Infinity, weight = 0, mean = 0, squares = 0, present = 0;
  for (let row = 0; row < weights.length; row++) {
    const value = values[row * width + column];
    least = Math.min(least, value);
    most = Math.max(most, value);
    if (value > 0) present += weights[row];
    if (weights[row] === 0) continue;
    weight += weights[row]; // mean and sum of squares as in D. H. D. West, CACM 22(9), 1979
    const step = (value - mean) * weights[row] / weight;
    squares += (value - mean) * (weight - weights[row]) * step;
    mean += step;
  }
  return { least, most, mean, present, deviation: weight > 0 ? Math.sqrt(squares / weight) : 0 };
}

function checkOption(name: string, value: string, known: string[]): void {
  if (!known.includes(value)) {
    throw new RangeError(
      `Cannot fit a scaler: ${name} must be ${known.join(" or ")}, current value is ${value}`,
    );
  }
}

function checkSnapshot(snapshot: ScalerSnapshot): void {
  const refuse = (what: string) => {
    throw new TypeError(`Cannot restore a scaler: ${what}`);
  };
  const { version, scaling, range, columns, total, offset, width, factor } = snapshot ?? {};
  if (version !== 1) refuse(`version ${version} is not known, only 1 is`);
  if (scaling !== "count" && scaling !== "share") refuse(`scaling is ${scaling}`);
  if (range !== "min-max" && range !== "z-score") refuse(`range is ${range}`);
  if (!Array.isArray(columns) || !columns.every((name) => typeof name === "string")) {
    refuse("columns are not texts");
  }
  if (!(total > 0)) refuse(`total is ${total}`);
  for (const [name, numbers] of Object.entries({ offset, width, factor })) {
    if (!Array.isArray(numbers) || numbers.length !== columns.length || !numbers.every(Number.isFinite)) {
      refuse(`${name} is not ${columns.length} numbers`);
    }
  }
  if (![...width, ...factor].every((number) => number > 0)) refuse("a width or a factor is not above 0");
}
