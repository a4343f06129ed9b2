/**
 * Count vectors as rows of a feature matrix.
 *
 * @module
 */
import { LEVELS } from "../record/level.ts";
import type { CountVectors } from "../window/count_vectors.ts";
import { levelOf, templateOf } from "../window/symbol.ts";
import { DistinctRows } from "./distinct_rows.ts";
import type { FeatureColumn, FeatureMatrix } from "./feature_matrix.ts";
export type { FeatureSpaceSnapshot } from "./feature_space_snapshot.ts";
import { checkSnapshot, type FeatureSpaceSnapshot, refuse, sharedColumns } from "./feature_space_snapshot.ts";

/** What a template is called. */
export interface TemplateName {
  /** Stable id. */
  id: string;
  /** Text for people. */
  text: string;
}

/** Settings of {@linkcode FeatureSpace.fit}. */
export interface FeatureSpaceOptions {
  /** Names of the template with this index. */
  template: (index: number) => TemplateName;
  /** Templates with a column of their own at the most; the rest is counted in `other`. Default 256. */
  limit?: number;
}

/** Settings of {@linkcode FeatureSpace.project}. */
export interface ProjectOptions {
  /** Templates that are counted nowhere, e.g. those taken for normal since training. Default: none. */
  ignore?: (template: number) => boolean;
}

/** What {@linkcode FeatureSpace.project} gives. */
export interface Projection {
  matrix: FeatureMatrix;
  /** Row of the matrix by place in `numbers`, shape [numbers.length]. */
  row: Int32Array;
}

const UNSEEN = -1;

/**
 * Which columns windows are described by, chosen from training: one for each template (the most widespread first), one for
 * all other templates that training knew, one for all that it didn't, and one for each of the levels warn, error, fatal.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CountVectors } from "../window/count_vectors.ts";
 * import { symbolOf } from "../window/symbol.ts";
 * import { FeatureSpace } from "./feature_space.ts";
 *
 * const vectors = new CountVectors();
 * const info = symbolOf(0, 9), error = symbolOf(5, 17);
 * const training = Int32Array.of(vectors.intern([info], [2]), vectors.intern([info], [2]));
 * const space = FeatureSpace.fit(vectors, training, { template: (index) => ({ id: `E${index}`, text: "started" }) });
 *
 * const { matrix, row } = space.project(vectors, Int32Array.of(training[0], vectors.intern([info, error], [1, 1])));
 * assert.deepEqual(space.columns.map((column) => column.id), ["E0", "other", "unseen", "warn", "error", "fatal"]);
 * assert.deepEqual([...matrix.values], [2, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0]);
 * assert.deepEqual([...row], [0, 1]);
 * ```
 */
export class FeatureSpace {
  /** What each column counts. */
  readonly columns: readonly FeatureColumn[];
  readonly #other: readonly string[];
  readonly #column: Int32Array; // by template index; UNSEEN where training didn't know it
  readonly #level: Int32Array; // by level class; -1 where it has no column
  readonly #unseen: number;

  private constructor(columns: readonly FeatureColumn[], other: readonly string[], column: Int32Array) {
    this.columns = columns;
    this.#other = other;
    this.#column = column;
    this.#unseen = columns.findIndex(({ kind }) => kind === "unseen");
    this.#level = Int32Array.from(
      LEVELS,
      (name) => columns.findIndex(({ kind, id }) => kind === "level" && id === name),
    );
  }

  /**
   * Chooses columns from the windows of the training span.
   *
   * @param numbers Vector number of each window, shape [windows].
   * @throws {RangeError} if there are no windows or the limit isn't a positive integer.
   */
  static fit(vectors: CountVectors, numbers: ArrayLike<number>, options: FeatureSpaceOptions): FeatureSpace {
    const limit = options.limit ?? 256;
    if (!Number.isInteger(limit) || limit < 1) {
      throw new RangeError(
        `Cannot choose feature columns: limit must be a positive integer, current value is ${limit}`,
      );
    }
    if (numbers.length === 0) throw new RangeError("Cannot choose feature columns: there are no windows");
    const templates = [...windowsOf(vectors, numbers)]
      .map(([index, windows]) => ({ index, windows, ...options.template(index) }))
      .sort((a, b) => b.windows - a.windows || (a.id < b.id ? -1 : 1));
    const own = templates.slice(0, limit).map(({ id, text }): FeatureColumn => ({
      kind: "template",
      id,
      title: text,
    }));
    const columns = [...own, ...sharedColumns()];
    const known = templates.reduce((most, { index }) => Math.max(most, index + 1), 0);
    const column = new Int32Array(known).fill(UNSEEN);
    templates.forEach(({ index }, place) => column[index] = Math.min(place, own.length)); // `other` follows the own ones
    return new FeatureSpace(columns, templates.slice(limit).map(({ id }) => id), column);
  }

  /**
   * A space from its snapshot.
   *
   * @param ids Id of every template of the catalogue, by template index.
   * @throws {TypeError} if a field is missing, of the wrong type or of an unknown version, or a template isn't in the catalogue.
   */
  static fromJSON(snapshot: FeatureSpaceSnapshot, ids: Iterable<string>): FeatureSpace {
    checkSnapshot(snapshot);
    const index = new Map([...ids].map((id, i) => [id, i]));
    const column = new Int32Array(index.size).fill(UNSEEN);
    const place = (id: string, to: number) => {
      const template = index.get(id);
      if (template === undefined) refuse(`template ${id} is not in the catalogue`);
      else column[template] = to;
    };
    snapshot.columns.forEach(({ kind, id }, i) => kind === "template" ? place(id, i) : undefined);
    const other = snapshot.columns.findIndex(({ kind }) => kind === "other");
    for (const id of snapshot.other) place(id, other);
    return new FeatureSpace(snapshot.columns.map((one) => ({ ...one })), [...snapshot.other], column);
  }

  /** Plain data for {@linkcode FeatureSpace.fromJSON}; templates are named by id, not by index. */
  toJSON(): FeatureSpaceSnapshot {
    return { version: 1, columns: this.columns.map((column) => ({ ...column })), other: [...this.#other] };
  }

  /** Whether training knew the template with this index. */
  knows(template: number): boolean {
    return template >= 0 && template < this.#column.length && this.#column[template] !== UNSEEN;
  }

  /**
   * Windows as distinct, weighted rows; a repeated row stands where it first appeared.
   *
   * @param numbers Vector number of each window, shape [windows].
   */
  project(vectors: CountVectors, numbers: ArrayLike<number>, options: ProjectOptions = {}): Projection {
    const rows = new DistinctRows(this.columns.length), row = new Int32Array(numbers.length);
    const values = new Float32Array(this.columns.length), known = new Map<number, number>();
    for (let i = 0; i < numbers.length; i++) {
      let found = known.get(numbers[i]);
      if (found === undefined) {
        this.#fill(values, vectors.pairs(numbers[i]), options.ignore);
        known.set(numbers[i], found = rows.put(values));
      }
      row[i] = found;
      rows.weigh(found, 1);
    }
    return { matrix: rows.matrix(this.columns), row };
  }

  /**
   * One window as a matrix of one row.
   *
   * @param pairs `symbol, count, …`, see `CountVectors.pairs`.
   */
  projectOne(pairs: Int32Array, options: ProjectOptions = {}): FeatureMatrix {
    const values = new Float32Array(this.columns.length);
    this.#fill(values, pairs, options.ignore);
    return { columns: this.columns, rows: 1, values, weights: Float64Array.of(1) };
  }

  #fill(values: Float32Array, pairs: Int32Array, ignore?: (template: number) => boolean): void {
    values.fill(0);
    const unseen = this.#unseen;
    for (let i = 0; i < pairs.length; i += 2) {
      const template = templateOf(pairs[i]), level = this.#level[levelOf(pairs[i])];
      if (ignore?.(template)) continue;
      const column = template >= 0 && template < this.#column.length ? this.#column[template] : UNSEEN;
      values[column === UNSEEN ? unseen : column] += pairs[i + 1];
      if (level >= 0) values[level] += pairs[i + 1];
    }
  }
}

/** In how many windows each template occurs. */
function windowsOf(vectors: CountVectors, numbers: ArrayLike<number>): Map<number, number> {
  const weights = new Map<number, number>(), windows = new Map<number, number>();
  for (let i = 0; i < numbers.length; i++) weights.set(numbers[i], (weights.get(numbers[i]) ?? 0) + 1);
  for (const [vector, weight] of weights) {
    const templates = new Set([...vectors.counts(vector).symbols].map(templateOf));
    for (const template of templates) windows.set(template, (windows.get(template) ?? 0) + weight);
  }
  return windows;
}
