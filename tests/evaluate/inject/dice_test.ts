import assert from "node:assert/strict";
import fc from "fast-check";
import { Dice } from "../../../lib/evaluate/inject/dice.ts";

Deno.test("Dice stay within their limits", () => {
  fc.assert(fc.property(fc.nat(), fc.integer({ min: 1, max: 50 }), (seed, limit) => {
    const dice = new Dice(seed),
      below = dice.below(limit),
      between = dice.between(3, 3 + limit),
      times = dice.times(limit, 10, 20);
    return below >= 0 && below < limit && between >= 3 && between <= 3 + limit && times.length === limit &&
      times.every((time, i) => time >= 10 && time < 20 && (i === 0 || time >= times[i - 1]));
  }));
});

Deno.test("Dice.shuffled() keeps what there is", () => {
  assert.deepEqual(new Dice(1).shuffled([3, 1, 2]).sort(), [1, 2, 3]);
});
