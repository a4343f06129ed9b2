import assert from "node:assert/strict";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import { budgetLine } from "../../lib/threshold/budget_line.ts";

const drawn = (count: number, seed: number) => Float64Array.from({ length: count }, seededRandom(seed));

Deno.test("budgetLine() keeps its promise: a further score exceeds a counted line with a probability of at most the share", () => {
  let exceeded = 0;
  const share = .02, trials = 4000;
  for (let trial = 0; trial < trials; trial++) {
    const scores = drawn(220, trial),
      { value, by } = budgetLine(scores.subarray(0, 219), { share, reach: 0 });
    assert.equal(by, "counted");
    if (scores[219] > value) exceeded++;
  }
  // k / (n + 1) = 4 / 220, and three standard errors of the count
  assert(exceeded / trials <= 4 / 220 + 3 * Math.sqrt(.018 / trials), `${exceeded / trials}`);
  assert(exceeded / trials >= 4 / 220 - 3 * Math.sqrt(.018 / trials), `${exceeded / trials}`);
});

Deno.test("budgetLine() is nowhere below the greatest score where not one alert is allowed", () => {
  for (let seed = 0; seed < 50; seed++) {
    const scores = drawn(100, seed), { value, by } = budgetLine(scores, { share: .005, reach: 3 });
    assert.equal(by, "tail");
    assert(value >= Math.max(...scores));
  }
});

Deno.test("budgetLine() leaves no more than a tenth of the windows above it, however few alerts they make", () => {
  const blocks = Float64Array.from({ length: 1000 }, (_, i) => i % 100 < 50 ? 5 + i % 7 : i % 3);
  const { value } = budgetLine(blocks, { share: .05, reach: 3 });
  assert(blocks.filter((score) => score > value).length <= 100);
});

Deno.test("budgetLine() draws none with fewer than 20 scores or no budget, and refuses a share that is none", () => {
  assert.equal(budgetLine(drawn(19, 1), { share: .1, reach: 0 }).value, Infinity);
  assert.equal(budgetLine(drawn(500, 1), { share: 0, reach: 0 }).by, "none");
  assert.throws(() => budgetLine(drawn(500, 1), { share: 1.5, reach: 0 }), RangeError);
});
