import assert from "node:assert/strict";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import { Spot } from "../../lib/threshold/spot.ts";

function exponential(count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => -Math.log(1 - random()));
}

Deno.test("Spot flags its share of further scores drawn alike, within a factor of 5", () => {
  const spot = new Spot(exponential(1000, 1), { level: .999 });
  const flagged = exponential(50_000, 2).filter((score) => spot.add(score)).length / 50_000;
  assert(flagged > .0005 && flagged < .005, `${flagged}`);
});

Deno.test("Spot: what is anomalous moves nothing", () => {
  const spot = new Spot(exponential(500, 1)), before = spot.threshold;
  for (let i = 0; i < 100; i++) assert.equal(spot.add(1000), true);
  assert.equal(spot.threshold, before);
});

Deno.test("Spot with a depth follows a drifting mean, without one it doesn't", () => {
  const drifting = exponential(4000, 3).map((score, i) => score + i / 20);
  const isSeen = (depth: number) => {
    const spot = new Spot(drifting.slice(0, 1000), { level: .999, depth });
    for (const score of drifting.slice(1000)) spot.add(score);
    return spot.add(200 + 20); // the mean has come to 201
  };
  assert.equal(isSeen(20), true);
  assert.equal(isSeen(0), false);
});

Deno.test("Spot refuses NaN, a level that is no share, and too few first scores", () => {
  assert.throws(() => new Spot(exponential(50, 1)).add(NaN), RangeError);
  assert.throws(() => new Spot([]), RangeError);
  assert.throws(() => new Spot([1, 2], { depth: 2 }), RangeError);
  assert.throws(() => new Spot(exponential(50, 1), { level: 1 }), RangeError);
  assert.throws(() => new Spot(exponential(50, 1), { tail: 0 }), RangeError);
});
