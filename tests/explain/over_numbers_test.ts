import assert from "node:assert/strict";
import fc from "fast-check";
import { beyondChance, leastBeyondChance } from "../../lib/explain/chance_bound.ts";
import { overNumbers } from "../../lib/explain/over_numbers.ts";
import { seededRandom } from "../../lib/detector/seeded_random.ts";

const NAMES = { id: (i: number) => `T${i}`, text: () => "", severity: () => 0, indexOf: () => -1 };
const USUAL = { T1: { ms: { unit: "ms", count: 999, at: [80, 110, 200, 800, 900] } } };
const found = (count: number, above: number[], template = 1) =>
  overNumbers([{ template, slot: "ms", count, least: 0, greatest: 1e4, above }], USUAL, NAMES)
    .map(({ above, share }) => [above, share]);

/** The probability that of `n` records with chance `p` each `k` or more have it. */
function binomialTail(k: number, n: number, p: number): number {
  let term = (1 - p) ** n, sum = k === 0 ? term : 0;
  for (let i = 1; i <= n; i++) {
    term *= (n - i + 1) / i * p / (1 - p);
    if (i >= k) sum += term;
  }
  return sum;
}

Deno.test("beyondChance() never says that something is less likely than it is", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 60 }).chain((count) =>
      fc.tuple(fc.constant(count), fc.integer({ min: 0, max: count }))
    ),
    fc.double({ min: .01, max: .99, noNaN: true }),
    ([count, hits], usual) => {
      const bound = Math.exp(-beyondChance({ share: hits / count, usual, count }));
      assert(bound >= binomialTail(hits, count, usual) - 1e-9);
    },
  ));
});

Deno.test("leastBeyondChance() asks for more where more is looked at", () => {
  assert(leastBeyondChance(100) > leastBeyondChance(1));
  assert(Math.abs(Math.exp(-leastBeyondChance(10)) - .0001) < 1e-12);
});

Deno.test("overNumbers() names the quantile that is farthest from chance", () => {
  assert.deepEqual(found(40, [39, 38, 35, 3, 0]), [[200, 35 / 40]]);
  assert.deepEqual(found(40, [40, 40, 40, 40, 40]), [[900, 1]]);
});

Deno.test("overNumbers() is silent about few numbers, small parts and what is usual", () => {
  assert.deepEqual(found(4, [4, 4, 4, 4, 4]), []);
  assert.deepEqual(found(100, [50, 25, 20, 9, 9]), []);
  assert.deepEqual(found(100, [70, 40, 15, 1, 0]), []);
  assert.deepEqual(found(40, [40, 40, 40, 40, 40], 2), [], "a parameter that nobody knows");
});

Deno.test("overNumbers() hardly ever speaks of numbers that are as always", () => {
  const random = seededRandom(7);
  let told = 0;
  for (let window = 0; window < 3000; window++) {
    const above = [0, 0, 0, 0, 0], shares = [.5, .25, .1, .01, .001];
    for (let i = 0; i < 30; i++) {
      const rank = random();
      shares.forEach((share, j) => above[j] += rank < share ? 1 : 0);
    }
    told += found(30, above).length;
  }
  assert(told <= 3, `${told} of 3000`);
});
