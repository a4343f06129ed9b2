import assert from "node:assert/strict";
import fc from "fast-check";
import { principalAxes, projected } from "../../lib/feature/principal_axes.ts";

const close = (a: number, b: number, within = 1e-9) => Math.abs(a - b) <= within * (1 + Math.abs(b));
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);

/** The flowers of Fisher's table that are enough to know its axes by: sepal and petal, length and width, cm. */
const FLOWERS = [
  ...[5.1, 3.5, 1.4, 0.2, 4.9, 3.0, 1.4, 0.2, 4.7, 3.2, 1.3, 0.2, 7.0, 3.2, 4.7, 1.4],
  ...[6.4, 3.2, 4.5, 1.5, 6.9, 3.1, 4.9, 1.5, 6.3, 3.3, 6.0, 2.5, 5.8, 2.7, 5.1, 1.9, 7.1, 3.0, 5.9, 2.1],
];

Deno.test("principalAxes() are eigenvectors of the covariance, by their definition", () => {
  const width = 4,
    rows = FLOWERS.length / width,
    { mean, axes, shares } = principalAxes({ values: FLOWERS, width }, 4);
  const covariance = Array.from({ length: width }, (_, i) =>
    Array.from({ length: width }, (_, j) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        sum += (FLOWERS[row * width + i] - mean[i]) * (FLOWERS[row * width + j] - mean[j]);
      }
      return sum / rows;
    }));
  const whole = covariance.reduce((sum, row, i) => sum + row[i], 0);
  axes.forEach((axis, i) => {
    covariance.forEach((row, j) => assert.ok(close(dot(row, axis), shares[i] * whole * axis[j])));
    axes.forEach((other, j) => assert.ok(close(dot(axis, other), i === j ? 1 : 0)));
  });
  assert.ok(close(shares.reduce((a, b) => a + b), 1));
  assert.deepEqual(shares, shares.toSorted((a, b) => b - a));
});

Deno.test("principalAxes() keep every distance when all of them are kept", () => {
  const row = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 5, maxLength: 5 });
  fc.assert(fc.property(fc.array(row, { minLength: 2, maxLength: 12 }), (table) => {
    const rows = { values: table.flat(), width: 5 }, places = projected(rows, principalAxes(rows, 5));
    const distance = (a: number[], b: number[]) => Math.hypot(...a.map((value, i) => value - b[i]));
    for (let i = 1; i < table.length; i++) {
      assert.ok(close(distance(places[0], places[i]), distance(table[0], table[i]), 1e-7));
    }
  }));
});

Deno.test("principalAxes() point where their greatest part is positive, whatever way the rows do", () => {
  for (const sign of [1, -1]) {
    const { axes } = principalAxes({ values: [0, 0, sign * 1, sign * 3, sign * 2, sign * 6], width: 2 }, 1);
    assert.ok(axes[0][1] > 0 && axes[0][0] > 0);
  }
});

Deno.test("principalAxes() take a row of weight 3 for three equal rows", () => {
  const weighted = principalAxes({ values: [0, 0, 1, 5, 7, 2], width: 2, weights: [1, 3, 2] });
  const repeated = principalAxes({ values: [0, 0, 1, 5, 1, 5, 1, 5, 7, 2, 7, 2], width: 2 });
  weighted.axes.forEach((axis, i) => axis.forEach((part, j) => assert.ok(close(part, repeated.axes[i][j]))));
  assert.ok(close(weighted.shares[0], repeated.shares[0]));
});

Deno.test("principalAxes() of equal rows hold no variance, and put all of them at 0", () => {
  const rows = { values: [2, 5, 2, 5], width: 2 }, axes = principalAxes(rows);
  assert.deepEqual(axes.shares, [0, 0]);
  assert.deepEqual(projected(rows, axes), [[0, 0], [0, 0]]);
});

Deno.test("principalAxes() refuse no rows, parts of rows, and more axes than there are numbers", () => {
  assert.throws(() => principalAxes({ values: [], width: 2 }), RangeError);
  assert.throws(() => principalAxes({ values: [1, 2, 3], width: 2 }), RangeError);
  for (const count of [0, 3, 1.5]) {
    assert.throws(() => principalAxes({ values: [1, 2], width: 2 }, count), RangeError);
  }
  const axes = principalAxes({ values: [1, 2, 3, 5], width: 2 });
  assert.throws(() => projected({ values: [1, 2, 3], width: 3 }, axes), RangeError);
});
