import assert from "node:assert/strict";
import fc from "fast-check";
import { FREQUENT_LIMIT, FrequentValues } from "../../../lib/template/parameter/frequent_values.ts";

const encoder = new TextEncoder();

/** The texts counted; each is its own hash. */
function counted(values: readonly number[]): FrequentValues {
  const frequent = new FrequentValues();
  for (const value of values) {
    const bytes = encoder.encode(String(value));
    frequent.add(value, bytes, 0, bytes.length);
  }
  return frequent;
}

function exact(values: readonly number[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return counts;
}

Deno.test("FrequentValues counts up to 256 different values exactly", () => {
  fc.assert(fc.property(fc.array(fc.nat(FREQUENT_LIMIT - 1), { maxLength: 600 }), (values) => {
    const frequent = counted(values);
    assert.equal(frequent.error, 0);
    assert.deepEqual(new Map(frequent.top(1000).map(({ text, count }) => [text, count])), exact(values));
  }));
});

Deno.test("FrequentValues has every value above its share, its count too small by no more than the error", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3000), { minLength: 500, maxLength: 3000 }), fc.nat(9), (rare, often) => {
      const values = rare.flatMap((value, i) => i % 20 === 0 ? [value, 10_000 + often] : [value]);
      const frequent = counted(values),
        found = new Map(frequent.top(1000).map(({ text, count }) => [text, count]));
      for (const [text, count] of exact(values)) {
        const known = found.get(text) ?? 0;
        assert.ok(known <= count && known >= count - frequent.error, `${text}: ${known} of ${count}`);
      }
      assert.ok(frequent.error <= values.length / (FREQUENT_LIMIT + 1));
    }),
    { numRuns: 30 },
  );
});

Deno.test("FrequentValues finds what is frequent among values without end", () => {
  const values = Array.from({ length: 60_000 }, (_, i) => i % 10 === 9 ? 7 : 100_000 + i);
  const [first] = counted(values).top(1);
  assert.equal(first.text, "7");
  assert.ok(first.count > 5000 && first.count <= 6000, `${first.count}`);
});

Deno.test("FrequentValues merges, adding counts and errors", () => {
  const merged = counted([1, 1, 2]).merge(counted([2, 3, 3]));
  assert.deepEqual(merged.top(9), [{ text: "1", count: 2 }, { text: "2", count: 2 }, {
    text: "3",
    count: 2,
  }]);
  const many = counted(Array.from({ length: 400 }, (_, i) => i));
  assert.ok(counted([1]).merge(many).error >= many.error);
});

Deno.test("FrequentValues keeps the texts of values whose bytes have changed since, once they are settled", () => {
  const frequent = new FrequentValues(), bytes = encoder.encode("GET POST");
  frequent.add(1, bytes, 0, 3);
  frequent.add(2, bytes, 4, 8);
  frequent.settle();
  bytes.fill(0x78);
  assert.deepEqual(frequent.top(2).map(({ text }) => text), ["GET", "POST"]);
});

Deno.test("FrequentValues comes back from JSON with the texts that may leave, and refuses what it doesn't know", () => {
  const saved = counted([1, 1, 2]).toJSON((text) => text === "2" ? "<secret>" : text);
  assert.deepEqual(FrequentValues.fromJSON(JSON.parse(JSON.stringify(saved))).top(2), [
    { text: "1", count: 2 },
    { text: "<secret>", count: 1 },
  ]);
  assert.throws(() => FrequentValues.fromJSON({ version: 1, error: 0 }), TypeError);
  assert.throws(() => FrequentValues.fromJSON({ ...saved, version: 9 }), RangeError);
});
