import assert from "node:assert/strict";
import fc from "fast-check";
import { DistinctSketch, EXACT_LIMIT } from "../../../lib/template/parameter/distinct_sketch.ts";
import { ValueReader } from "../../../lib/template/parameter/value_reader.ts";

const reader = new ValueReader(), encoder = new TextEncoder();

function hashOf(text: string): number {
  const bytes = encoder.encode(text);
  reader.read(bytes, 0, bytes.length);
  return reader.hash;
}

/** Of `count` different texts, each twice. */
function sketchOf(count: number, prefix = "blk_"): DistinctSketch {
  const sketch = new DistinctSketch();
  for (let i = 0; i < 2 * count; i++) sketch.add(hashOf(`${prefix}${i % count}`));
  return sketch;
}

Deno.test("DistinctSketch counts up to 256 different values exactly", () => {
  for (const count of [0, 1, 17, EXACT_LIMIT]) {
    const sketch = sketchOf(count);
    assert.deepEqual([sketch.count, sketch.isExact], [count, true]);
  }
});

Deno.test("DistinctSketch estimates more of them within ten per cent, whatever they look like", () => {
  for (const prefix of ["", "blk_", "10.0.0.", "/var/lib/app/"]) {
    for (const count of [257, 1000, 5000, 20_000, 100_000]) {
      const sketch = sketchOf(count, prefix), off = sketch.count / count - 1;
      assert.ok(!sketch.isExact && Math.abs(off) < 0.1, `${sketch.count} for ${count} of ${prefix}`);
    }
  }
});

Deno.test("DistinctSketch merges parts into the whole, in any order, and comes back from JSON", () => {
  const hashes = fc.array(fc.nat(700).map((i) => hashOf(String(i))), { maxLength: 900 });
  fc.assert(
    fc.property(hashes, hashes, (one, other) => {
      const of = (values: number[]) =>
        values.reduce((sketch, hash) => (sketch.add(hash), sketch), new DistinctSketch());
      const whole = of([...one, ...other]);
      assert.deepEqual(of(one).merge(of(other)).toJSON(), whole.toJSON());
      assert.deepEqual(of(other).merge(of(one)).toJSON(), whole.toJSON());
      assert.deepEqual(DistinctSketch.fromJSON(JSON.parse(JSON.stringify(whole))).toJSON(), whole.toJSON());
    }),
    { numRuns: 40 },
  );
});

Deno.test("DistinctSketch.fromJSON() refuses what it doesn't know", () => {
  assert.throws(() => DistinctSketch.fromJSON([]), TypeError);
  assert.throws(() => DistinctSketch.fromJSON({ version: 1, exact: [-1], registers: null }), RangeError);
  assert.throws(() => DistinctSketch.fromJSON({ version: 1, exact: null, registers: [1] }), /2048 entries/);
});
