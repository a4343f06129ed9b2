import assert from "node:assert/strict";
import fc from "fast-check";
import { QuantileSketch, RELATIVE_ERROR } from "../../../lib/template/parameter/quantile_sketch.ts";

const sketchOf = (values: readonly number[]) => {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(value);
  return sketch;
};
const VALUES = fc.array(
  fc.oneof(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), fc.integer({ min: -99, max: 9999 })),
  {
    minLength: 1,
    maxLength: 300,
  },
);
const QUANTILES = [0, 0.01, 0.25, 0.5, 0.75, 0.99, 1];

Deno.test("QuantileSketch keeps every quantile within its relative error of the exact one", () => {
  fc.assert(fc.property(VALUES, (values) => {
    const sketch = sketchOf(values), sorted = [...values].sort((a, b) => a - b);
    for (const q of QUANTILES) {
      const exact = sorted[Math.floor(q * (values.length - 1))] + 0, found = sketch.quantile(q);
      // whole numbers are rounded, by half at the most, and only where all are whole: then the bound grows by that
      const bound = RELATIVE_ERROR * Math.abs(exact) * 1.000001 + 1e-9 +
        (values.every(Number.isInteger) ? 0.5 : 0);
      assert.ok(Math.abs(found - exact) <= bound, `${q}: ${found} for ${exact}`);
    }
    assert.deepEqual([sketch.least, sketch.greatest, sketch.count], [
      sorted[0] + 0,
      sorted.at(-1)! + 0,
      values.length,
    ]);
  }));
});

Deno.test("QuantileSketch is exact for whole numbers up to 49", () => {
  const values = Array.from({ length: 50 }, (_, i) => i), sketch = sketchOf(values);
  for (let i = 0; i < 50; i++) assert.equal(sketch.quantile(Math.min(1, (i + 0.1) / 49)), i);
});

Deno.test("QuantileSketch merges parts into the whole, and comes back from JSON", () => {
  fc.assert(fc.property(VALUES, VALUES, (one, other) => {
    const whole = sketchOf([...one, ...other]), merged = sketchOf(one).merge(sketchOf(other));
    assert.deepEqual(merged.toJSON(), whole.toJSON());
    const restored = QuantileSketch.fromJSON(JSON.parse(JSON.stringify(whole)));
    assert.deepEqual(restored.toJSON(), whole.toJSON());
    for (const q of QUANTILES) assert.equal(restored.quantile(q), whole.quantile(q));
  }));
});

Deno.test("QuantileSketch counts weights as that many values, and leaves out what is not finite", () => {
  const sketch = new QuantileSketch();
  sketch.add(5, 3);
  sketch.add(NaN);
  sketch.add(Infinity);
  assert.deepEqual([sketch.count, sketch.quantile(0.5)], [3, 5]);
  assert.ok(Number.isNaN(new QuantileSketch().quantile(0.5)));
});

Deno.test("QuantileSketch stays small over the whole range of numbers", () => {
  const sketch = new QuantileSketch();
  for (let i = -300; i <= 300; i++) sketch.add(10 ** i);
  assert.ok(sketch.toJSON().positive.length <= 4096);
  assert.equal(sketch.greatest, 1e300);
  assert.ok(Math.abs(sketch.quantile(1) - 1e300) <= 1e298);
});

Deno.test("QuantileSketch.fromJSON() refuses what it doesn't know", () => {
  const saved = JSON.parse(JSON.stringify(sketchOf([1, 2])));
  assert.throws(() => QuantileSketch.fromJSON(null), TypeError);
  assert.throws(() => QuantileSketch.fromJSON({ ...saved, version: 2 }), /version must be from 1 to 1/);
  assert.throws(() => QuantileSketch.fromJSON({ ...saved, positive: [["x", 1]] }), TypeError);
  assert.throws(() => QuantileSketch.fromJSON({ ...saved, zero: -1 }), TypeError);
});
