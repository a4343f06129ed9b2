import assert from "node:assert/strict";
import { betaQuantile, rateInterval } from "../../lib/threshold/rate_interval.ts";

const near = (actual: number, expected: number) =>
  assert(Math.abs(actual - expected) <= 1e-10 * Math.max(expected, 1e-3), `${actual}, not ${expected}`);

Deno.test("rateInterval() is the interval that scipy's beta quantiles give", () => {
  const expected: [number, number, number, number][] = [
    [3, 100, 0.008225829107652688, 0.07571079374983004],
    [0, 50, 0, 0.05815507911697225],
    [50, 1000, 0.039163535925589354, 0.06286340351237973],
    [1000, 1000, 0.9970087504549047, 1],
  ];
  for (const [events, windows, low, high] of expected) {
    const interval = rateInterval(events, windows);
    near(interval.low, low);
    near(interval.high, high);
  }
});

Deno.test("betaQuantile() is scipy's", () => {
  near(betaQuantile(.9, 10, 991), 0.014169003613695937);
  near(betaQuantile(.9, 6, 995), 0.009254858093067034);
  near(betaQuantile(.5, .3, .3), .5);
});

Deno.test("rateInterval() is wider with more confidence, and refuses what is no count", () => {
  const usual = rateInterval(5, 100), sure = rateInterval(5, 100, .99);
  assert(sure.low < usual.low && sure.high > usual.high);
  for (
    const [events, windows, confidence] of [[-1, 10, .9], [11, 10, .9], [1, 0, .9], [1, 10, 1], [NaN, 10, .9]]
  ) {
    assert.throws(() => rateInterval(events, windows, confidence), RangeError);
  }
  assert.throws(() => betaQuantile(0, 1, 1), RangeError);
});
