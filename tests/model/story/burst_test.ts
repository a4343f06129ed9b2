import assert from "node:assert/strict";
import fc from "fast-check";
import { burstFrom } from "../../../lib/model/story/burst.ts";

/** The probability that a Poisson variable of this mean is `count` or more, added up. */
function tail(mean: number, count: number): number {
  let term = Math.exp(-mean), below = 0;
  for (let k = 0; k < count; k++) {
    below += term;
    term *= mean / (k + 1);
  }
  return 1 - below;
}

Deno.test("burstFrom() gives a count that chance reaches no more often than it says", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 40, noNaN: true }),
      fc.double({ min: 2, max: 20, noNaN: true }),
      (mean, limit) => {
        const count = burstFrom(mean, limit);
        assert.ok(count >= 5 && count > mean);
        assert.ok(tail(mean, count) <= Math.exp(-limit) + 1e-9);
        const beyond = (n: number) => n * Math.log(n / mean) - (n - mean);
        assert.ok(
          count === 5 || beyond(count - 1) < limit || count - 1 < mean,
          "it is the smallest such count",
        );
      },
    ),
  );
});
