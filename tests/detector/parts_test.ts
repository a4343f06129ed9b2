import assert from "node:assert/strict";
import fc from "fast-check";
import { DenseNetwork } from "../../lib/detector/dense_network.ts";
import { distinctRows, rowKey } from "../../lib/detector/distinct_rows.ts";
import { KnownVectors, REFERENCE_LIMIT } from "../../lib/detector/known_vectors.ts";
import { seededPermutation, seededRandom } from "../../lib/detector/seeded_random.ts";
import { decodeFloats, encodeFloats, isFloats } from "../../lib/detector/snapshot.ts";
import { matrixOf } from "./matrices.ts";

const columns = ["a", "b", "c"].map((id) => ({ kind: "template" as const, id, title: id }));
const counts = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 });

/** The distance as its definition says, against every vector. */
function plainDistance(row: number[], known: number[][]): number {
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  return Math.min(...known.map((vector) => {
    const apart = sum(vector.map((count, i) => Math.abs(count - row[i])));
    return apart === 0 ? 0 : apart / Math.max(sum(vector), sum(row));
  }));
}

Deno.test("KnownVectors finds the distance that the definition gives, and 0 exactly for known vectors", () => {
  fc.assert(fc.property(fc.array(counts, { minLength: 1, maxLength: 12 }), counts, (known, row) => {
    const vectors = KnownVectors.learn(matrixOf(known, undefined, columns));
    const expected = plainDistance(row, known), { distance } = vectors.nearest(Float32Array.from(row));
    assert(Math.abs(distance - expected) < 1e-12);
    assert.equal(vectors.has(row), expected === 0);
    assert(expected === 0 || expected >= 1 / (vectors.state.largest + 1) - 1e-12);
  }));
});

Deno.test("KnownVectors gives the nearest vector itself, and takes nothing at all for as far as it is long", () => {
  const vectors = KnownVectors.learn(matrixOf([[1, 2, 0]], undefined, columns));
  assert.deepEqual([...vectors.nearest(Float32Array.of(0, 0, 6)).counts], [1, 2, 0]);
  assert.equal(vectors.nearest(new Float32Array(3)).distance, 1);
});

Deno.test("KnownVectors keeps the most frequent vectors for distances, the others spread over the span", () => {
  const rows = Array.from({ length: 2000 }, (_, i) => [i + 1, 0, 0]);
  const weights = rows.map((_, i) => i === 1999 ? 5 : 1);
  const vectors = KnownVectors.learn(matrixOf(rows, weights, columns));
  assert.equal(vectors.state.reference.length, REFERENCE_LIMIT);
  assert.equal(vectors.state.known.length, 2000);
  assert.deepEqual(vectors.state.reference[0], [0, 2000]);
  const firsts = vectors.state.reference.map(([, count]) => count);
  assert(firsts.filter((count) => count > 1000).length > 390, "the later half is there, too");
  assert.equal(vectors.has([777, 0, 0]), true);
});

Deno.test("distinctRows() sums weights and keeps the order of first appearance", () => {
  const distinct = distinctRows(matrixOf([[1, 0, 0], [0, 1, 0], [1, 0, 0]], [1, 2, 3], columns));
  assert.deepEqual([...distinct.values], [1, 0, 0, 0, 1, 0]);
  assert.deepEqual([...distinct.weights], [4, 2]);
});

Deno.test("distinctRows() refuses weights that are no number of windows", () => {
  for (const weight of [-1, NaN, Infinity]) {
    assert.throws(() => distinctRows(matrixOf([[1, 0, 0]], [weight], columns)), RangeError);
  }
  assert.throws(() => distinctRows(matrixOf([[1, 0, 0]], [0], columns)), RangeError);
});

Deno.test("rowKey() is equal for equal rows only", () => {
  fc.assert(fc.property(counts, counts, (a, b) => {
    assert.equal(rowKey(a) === rowKey(b), a.join() === b.join());
  }));
});

Deno.test("seededRandom() gives even numbers in [0, 1), the same for the same seed", () => {
  const random = seededRandom(1), numbers = Array.from({ length: 20_000 }, random);
  assert(numbers.every((number) => number >= 0 && number < 1));
  assert(Math.abs(numbers.reduce((a, b) => a + b) / numbers.length - .5) < .01);
  assert.deepEqual(Array.from({ length: 5 }, seededRandom(1)), numbers.slice(0, 5));
  assert.notEqual(seededRandom(2)(), numbers[0]);
  assert.throws(() => seededRandom(NaN), RangeError);
});

Deno.test("seededPermutation() holds each number once, in an order of the seed", () => {
  const order = seededPermutation(100, seededRandom(3));
  assert.deepEqual(order.toSorted(), Int32Array.from({ length: 100 }, (_, i) => i));
  assert.notDeepEqual(order, order.toSorted());
  assert.equal(seededPermutation(0, seededRandom(3)).length, 0);
});

Deno.test("encodeFloats() and decodeFloats() carry any Float32 numbers", () => {
  fc.assert(fc.property(fc.float32Array({ maxLength: 50 }), (values) => {
    assert.deepEqual(decodeFloats(encodeFloats(values)), Float32Array.from(values));
  }));
  const many = new Float32Array(30_000).fill(.1);
  assert.deepEqual(decodeFloats(encodeFloats(many)), many);
});

Deno.test("isFloats() refuses text that is no base64, not whole numbers, or not finite", () => {
  assert.equal(isFloats(encodeFloats(Float32Array.of(1, 2))), true);
  assert.equal(isFloats(""), true);
  for (const text of ["AAA", "AAA=", "!!!!", btoa("abc"), encodeFloats(Float32Array.of(Infinity)), 7]) {
    assert.equal(isFloats(text), false, `${text}`);
  }
});

Deno.test("DenseNetwork refuses layers that don't fit together", () => {
  const layer = (inputs: number, units: number) => ({
    inputs,
    units,
    activation: "relu" as const,
    kernel: new Float32Array(inputs * units),
    bias: new Float32Array(units),
  });
  assert.throws(() => new DenseNetwork([]), RangeError);
  assert.throws(() => new DenseNetwork([layer(2, 3), layer(2, 2)]), RangeError);
  assert.throws(() => new DenseNetwork([{ ...layer(2, 3), bias: new Float32Array(2) }]), RangeError);
  assert.equal(new DenseNetwork([layer(2, 3), layer(3, 1)]).run(Float64Array.of(1, 1)).length, 1);
});
