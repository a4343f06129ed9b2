import assert from "node:assert/strict";
import fc from "fast-check";
import { CountVectors } from "../../lib/window/count_vectors.ts";

const symbols = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40, size: "max" });

function walk(vectors: CountVectors, symbols: number[]): number {
  return symbols.reduce((vector, symbol) => vectors.step(vector, symbol), 0);
}

function countsOf(symbols: number[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  return [...counts].sort((a, b) => a[0] - b[0]);
}

function read(vectors: CountVectors, vector: number): [number, number][] {
  const { symbols, counts } = vectors.counts(vector);
  return [...symbols].map((symbol, i) => [symbol, counts[i]]);
}

Deno.test("CountVectors.step() gives one number to the same events in any order", () => {
  const orders = symbols.chain((one) =>
    fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: one.length }))
  );
  const vectors = new CountVectors();
  fc.assert(fc.property(orders, ([one, other]) => {
    assert.equal(walk(vectors, other), walk(vectors, one));
    assert.deepEqual(read(vectors, walk(vectors, one)), countsOf(one));
    assert.equal(vectors.intern(other, other.map(() => 1)), walk(vectors, one));
  }));
});

Deno.test("CountVectors.step() counts the same with and without spill", () => {
  fc.assert(
    fc.property(
      fc.array(symbols, { maxLength: 12, size: "max" }),
      fc.integer({ min: 1, max: 30 }),
      (windows, limit) => {
        const vectors = new CountVectors({ limit });
        const numbers = windows.map((one) => walk(vectors, one));
        numbers.forEach((vector, i) => assert.deepEqual(read(vectors, vector), countsOf(windows[i])));
        const settled = numbers.map((vector) => vectors.settle(vector));
        settled.forEach((vector, i) => {
          assert.ok(vector >= 0);
          assert.deepEqual(read(vectors, vector), countsOf(windows[i]));
          assert.equal(vector, vectors.intern(windows[i], windows[i].map(() => 1)));
        });
      },
    ),
  );
});

Deno.test("CountVectors.step() makes no more vectors than its limit and says how many windows spilled", () => {
  const vectors = new CountVectors({ limit: 10 });
  const windows = Array.from({ length: 50 }, (_, i) => walk(vectors, [8 * i, 8 * i + 1]));
  assert.equal(vectors.size, 10);
  assert.equal(vectors.spilled, windows.filter((vector) => vector < 0).length);
  assert.ok(vectors.spilled > 30);
});

Deno.test("CountVectors never give one number to two vectors, though their hashes collide", () => {
  const vectors = new CountVectors(); // 400,000 vectors in 2^32 hashes: some 18 pairs collide
  const numbers = new Set<number>();
  for (let i = 0; i < 400_000; i++) {
    numbers.add(vectors.intern([i % 1000, 1000 + Math.floor(i / 1000)], [1, 1]));
  }
  assert.equal(numbers.size, 400_000);
});

Deno.test("CountVectors.merge() adds the events of both", () => {
  fc.assert(fc.property(symbols, symbols, fc.integer({ min: 1, max: 50 }), (a, b, limit) => {
    const vectors = new CountVectors({ limit });
    const merged = vectors.merge(walk(vectors, a), walk(vectors, b));
    assert.deepEqual(read(vectors, merged), countsOf([...a, ...b]));
  }));
});

Deno.test("CountVectors.rekey() renames templates and lets merged ones become one", () => {
  const vectors = new CountVectors();
  const [a, b] = [walk(vectors, [8, 16, 17]), walk(vectors, [16, 16, 17])];
  const map = vectors.rekey(Int32Array.of(0, 5, 5));
  assert.equal(map[a], map[b]); // templates 1 and 2, both now 5, with equal levels
  assert.deepEqual(read(vectors, map[a]), [[40, 2], [41, 1]]);
  assert.equal(map[0], 0);
  assert.equal(walk(vectors, [41, 40, 40]), map[a]);
});

Deno.test("CountVectors.rekey() refuses a map without a counted template and changes nothing", () => {
  const vectors = new CountVectors(), a = walk(vectors, [8, 16]);
  assert.throws(() => vectors.rekey(Int32Array.of(0, 5)), {
    name: "RangeError",
    message: "Cannot rekey count vectors: template 2 has no new index, current value is undefined",
  });
  assert.throws(() => vectors.rekey(Int32Array.of(0, 5, -1)), RangeError);
  assert.deepEqual(read(vectors, a), [[8, 1], [16, 1]]);
});

Deno.test("CountVectors.keep() forgets what is not marked", () => {
  const vectors = new CountVectors(), a = walk(vectors, [8, 16]), b = walk(vectors, [24]);
  const map = vectors.keep(Uint8Array.from({ length: vectors.size }, (_, vector) => vector === b ? 1 : 0));
  assert.equal(map[a], -1);
  assert.deepEqual(read(vectors, map[b]), [[24, 1]]);
  assert.equal(vectors.size, 2);
});

Deno.test("CountVectors refuse a limit, symbols and counts that are none", () => {
  assert.throws(() => new CountVectors({ limit: 0 }), RangeError);
  const vectors = new CountVectors();
  assert.throws(() => vectors.intern([1], []), TypeError);
  assert.throws(() => vectors.intern([-1], [1]), RangeError);
  assert.throws(() => vectors.intern([1], [0]), RangeError);
  assert.throws(() => vectors.intern([1], [1.5]), RangeError);
});
