import assert from "node:assert/strict";
import fc from "fast-check";
import { rateOf, shareOf } from "../../lib/evaluate/chance.ts";

const near = (value: number, expected: number, off = .002) => Math.abs(value - expected) <= off;

Deno.test("shareOf() gives Wilson's interval", () => {
  // statsmodels: proportion_confint(7, 20, method="wilson")
  const { share, low, high } = shareOf(7, 20);
  assert.ok(share === .35 && near(low, .1812) && near(high, .5671));
});

Deno.test("shareOf() says nothing of nothing", () => {
  assert.deepEqual(shareOf(0, 0), { share: 0, low: 0, high: 1 });
});

Deno.test("rateOf() gives Garwood's interval", () => {
  // chi-square quantiles / 2: R's poisson.test(7)
  const { rate, low, high } = rateOf(7, 1);
  assert.ok(rate === 7 && near(low, 2.8144) && near(high, 14.4227));
  const none = rateOf(0, 2);
  assert.ok(none.low === 0 && near(none.high, 3.6889 / 2));
});

Deno.test("rateOf() holds the rate between its limits, and days to come between theirs, for any count", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3000 }),
      fc.double({ min: .05, max: 500, noNaN: true }),
      (count, units) => {
        const { rate, low, high, least, most } = rateOf(count, units);
        return low <= rate && rate <= high && least <= Math.ceil(rate) && most >= Math.floor(rate) &&
          least <= most;
      },
    ),
  );
});
