/**
 * Counts into the range that models want.
 *
 * @module
 */
import type { FeatureColumn, FeatureMatrix } from "./feature_matrix.ts";

/** Plain data that a {@linkcode Scaler} is restored from. */
export interface ScalerSnapshot {
  version: 2;
  /** Kind and id of each column. */
  columns: string[];
  /** Least log1p(count) of each column in training. */
  offset: number[];
  /** From the least to the greatest, but at least one event's. */
  width: number[];
}

/** The least width of a column: one event more than in training is then a step of 1. */
const LEAST_WIDTH = Math.log1p(1);

/**
 * `(log1p(count) - offset) / width` for every column: training lies in 0–1, new values beyond training beyond that range. A
 * column that never varied in training has the width of one event, so nothing divides by zero.
 *
 * Source: log scaling of event counts as in W. Xu et al., *Detecting Large-Scale System Problems by Mining Console Logs*,
 * SOSP 2009.
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
  #accepted: readonly FeatureColumn[] | null = null; // columns that were compared with those of training last

  private constructor(snapshot: ScalerSnapshot) {
    this.#snapshot = snapshot;
  }

  /**
   * Learns the range of each column from the rows of the training span.
   *
   * @throws {RangeError} if there are no rows.
   */
  static fit({ columns, rows, values }: FeatureMatrix): Scaler {
    if (rows === 0) throw new RangeError("Cannot fit a scaler: there are no rows");
    const count = columns.length;
    const least = new Float64Array(count).fill(Infinity), most = new Float64Array(count).fill(-Infinity);
    for (let i = 0; i < rows * count;) {
      for (let column = 0; column < count; column++, i++) {
        const log = Math.log1p(values[i]);
        if (log < least[column]) least[column] = log;
        if (log > most[column]) most[column] = log;
      }
    }
    const width = Array.from(least, (low, column) => Math.max(most[column] - low, LEAST_WIDTH));
    return new Scaler({ version: 2, columns: columns.map(nameOf), offset: [...least], width });
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
  transform({ columns, rows, values }: FeatureMatrix): Float32Array {
    if (columns !== this.#accepted) this.#compare(columns);
    const { offset, width } = this.#snapshot, count = offset.length;
    const scaled = new Float32Array(rows * count);
    for (let i = 0; i < scaled.length;) {
      for (let column = 0; column < count; column++, i++) {
        scaled[i] = (Math.log1p(values[i]) - offset[column]) / width[column];
      }
    }
    return scaled;
  }

  /**
   * The count that a scaled value stands for; never negative.
   *
   * @param column Index of the column.
   */
  invert(column: number, value: number): number {
    const { offset, width } = this.#snapshot;
    return Math.max(0, Math.expm1(value * width[column] + offset[column]));
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
}

function nameOf({ kind, id }: FeatureColumn): string {
  return `${kind} ${id}`;
}

function checkSnapshot(snapshot: ScalerSnapshot): void {
  const refuse = (what: string) => {
    throw new TypeError(`Cannot restore a scaler: ${what}`);
  };
  const { version, columns, offset, width, ...others } = snapshot ?? {};
  if (version !== 2) refuse(`version ${version} is not known, only 2 is`);
  for (const name of Object.keys(others)) refuse(`it doesn't know the field ${name}`);
  if (!Array.isArray(columns) || !columns.every((name) => typeof name === "string")) {
    refuse("columns are not texts");
  }
  for (const [name, numbers] of Object.entries({ offset, width })) {
    if (!Array.isArray(numbers) || numbers.length !== columns.length || !numbers.every(Number.isFinite)) {
      refuse(`${name} is not ${columns.length} numbers`);
    }
  }
  if (!width.every((number) => number > 0)) refuse("a width is not above 0");
}
