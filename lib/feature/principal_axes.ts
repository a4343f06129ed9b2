/**
 * The directions in which rows of numbers differ most.
 *
 * @module
 */

/** Rows of numbers to be looked at. */
export interface NumberRows {
  /** Row-major, shape [rows, width]. */
  readonly values: ArrayLike<number>;
  /** Numbers a row. */
  readonly width: number;
  /** How often each row counts, shape [rows]. Default 1 each. */
  readonly weights?: ArrayLike<number>;
}

/** Axes through the middle of rows. */
export interface PrincipalAxes {
  /** Mean of the rows, shape [width]. */
  readonly mean: Float64Array;
  /** Directions of length 1, each shape [width], at right angles to one another; most variance first. */
  readonly axes: readonly Float64Array[];
  /** Part of all variance that lies along each axis, 0–1; 0 where rows don't differ. */
  readonly shares: readonly number[];
}

/** Rounds over all pairs at the most; a symmetric matrix of this size needs six to ten. */
const SWEEPS = 50;

/**
 * Principal component analysis: the axes along which rows vary most, by the eigenvectors of their covariance (Jacobi's method).
 * The sign of an axis is chosen so that its greatest part (the first of several) is positive: equal rows give equal axes.
 *
 * @param count Axes wanted, at most as many as the rows are wide. Default 2.
 * @throws {RangeError} if there are no rows, `count` is not between 1 and the width, or the values are no whole rows.
 * @see Pearson, "On lines and planes of closest fit to systems of points in space", Philosophical Magazine 2, 1901
 * @see Golub and Van Loan, *Matrix Computations*, 4th edition, 2013, section 8.5 (Jacobi methods)
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { principalAxes, projected } from "./principal_axes.ts";
 *
 * const rows = { values: [0, 0, 3, 4, 6, 8], width: 2 }; // all on one line
 * const { axes, shares } = principalAxes(rows);
 * assert.deepEqual([...axes[0]].map((part) => part.toFixed(3)), ["0.600", "0.800"]);
 * assert.equal(shares[0].toFixed(3), "1.000");
 * assert.deepEqual(projected(rows, principalAxes(rows)).map(([x]) => x.toFixed(3)), ["-5.000", "0.000", "5.000"]);
 * ```
 */
export function principalAxes(rows: NumberRows, count = 2): PrincipalAxes {
  const { values, width } = rows, length = values.length / width;
  if (!Number.isInteger(count) || count < 1 || count > width) {
    throw new RangeError(`Cannot find principal axes: rows of ${width} numbers have no ${count} axes`);
  }
  if (!Number.isInteger(length) || length === 0) {
    throw new RangeError(`Cannot find principal axes: ${values.length} values are no rows of ${width}`);
  }
  const mean = meanOf(rows), { diagonal, vectors } = eigen(covariance(rows, mean), width);
  const order = Array.from(diagonal.keys()).sort((a, b) => diagonal[b] - diagonal[a] || a - b).slice(
    0,
    count,
  );
  const sum = diagonal.reduce((total, variance) => total + Math.max(0, variance), 0);
  return {
    mean,
    axes: order.map((axis) =>
      turned(Float64Array.from({ length: width }, (_, i) => vectors[i * width + axis]))
    ),
    shares: order.map((axis) => sum > 0 ? Math.max(0, diagonal[axis]) / sum : 0),
  };
}

/**
 * Where rows lie along axes.
 *
 * @returns Shape [rows][axes].
 * @throws {RangeError} if the rows have another width than the axes.
 */
export function projected({ values, width }: NumberRows, { mean, axes }: PrincipalAxes): number[][] {
  if (width !== mean.length) {
    throw new RangeError(`Cannot project rows: they have ${width} numbers, the axes ${mean.length}`);
  }
  return Array.from(
    { length: Math.floor(values.length / width) },
    (_, row) =>
      axes.map((axis) => axis.reduce((sum, part, i) => sum + part * (values[row * width + i] - mean[i]), 0)),
  );
}

function weightsOf({ values, width, weights }: NumberRows): Float64Array {
  const all = Float64Array.from({ length: values.length / width }, (_, row) => weights?.[row] ?? 1);
  const sum = all.reduce((total, weight) => total + weight, 0);
  return all.map((weight) => weight / sum);
}

function meanOf(rows: NumberRows): Float64Array {
  const mean = new Float64Array(rows.width);
  weightsOf(rows).forEach((weight, row) => {
    for (let i = 0; i < rows.width; i++) mean[i] += weight * rows.values[row * rows.width + i];
  });
  return mean;
}

/** Row-major, shape [width, width]. */
function covariance(rows: NumberRows, mean: Float64Array): Float64Array {
  const { values, width } = rows, matrix = new Float64Array(width * width);
  weightsOf(rows).forEach((weight, row) => {
    for (let i = 0; i < width; i++) {
      const part = weight * (values[row * width + i] - mean[i]);
      for (let j = 0; j < width; j++) matrix[i * width + j] += part * (values[row * width + j] - mean[j]);
    }
  });
  return matrix;
}

/** Eigenvalues and, as columns, eigenvectors of a symmetric matrix: one pair of rows after the other is turned until nothing is left beside the diagonal. */
function eigen(matrix: Float64Array, width: number): { diagonal: Float64Array; vectors: Float64Array } {
  const vectors = new Float64Array(width * width);
  for (let i = 0; i < width; i++) vectors[i * width + i] = 1;
  const whole = matrix.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < SWEEPS && beside(matrix, width) > 1e-24 * whole; sweep++) {
    for (let p = 0; p < width; p++) {
      for (let q = p + 1; q < width; q++) rotate(matrix, vectors, { width, p, q });
    }
  }
  return { diagonal: Float64Array.from({ length: width }, (_, i) => matrix[i * width + i]), vectors };
}

/** Sum of squares beside the diagonal. */
function beside(matrix: Float64Array, width: number): number {
  return matrix.reduce((sum, value, at) => at % (width + 1) === 0 ? sum : sum + value * value, 0);
}

/** Turns rows and columns p and q so that their common element becomes 0. */
function rotate(
  matrix: Float64Array,
  vectors: Float64Array,
  { width, p, q }: { width: number; p: number; q: number },
): void {
  const common = matrix[p * width + q];
  if (common === 0) return;
  const theta = (matrix[q * width + q] - matrix[p * width + p]) / (2 * common);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1), sine = tangent * cosine;
  const turn = (of: Float64Array, a: number, b: number) => {
    const [x, y] = [of[a], of[b]];
    of[a] = cosine * x - sine * y;
    of[b] = sine * x + cosine * y;
  };
  for (let i = 0; i < width; i++) turn(matrix, i * width + p, i * width + q);
  for (let i = 0; i < width; i++) turn(matrix, p * width + i, q * width + i);
  for (let i = 0; i < width; i++) turn(vectors, i * width + p, i * width + q);
}

/** The direction or its opposite: the one whose greatest part is positive. */
function turned(axis: Float64Array): Float64Array {
  const greatest = axis.reduce((most, part) => Math.abs(part) > Math.abs(most) + 1e-9 ? part : most, 0);
  return greatest < 0 ? axis.map((part) => -part) : axis;
}
