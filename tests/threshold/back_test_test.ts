import assert from "node:assert/strict";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import { backTest, backTestBudget } from "../../lib/threshold/back_test.ts";
import { mad } from "../../lib/threshold/mad.ts";
import { meanStd } from "../../lib/threshold/mean_std.ts";
import { quantile } from "../../lib/threshold/quantile.ts";
import { RollingCalibration } from "../../lib/threshold/rolling_calibration.ts";

/** 0 … 99 again and again, then 10 more. */
const stepped = Float64Array.from({ length: 600 }, (_, i) => i % 100 + (i < 300 ? 0 : 10));

Deno.test("backTest() draws one line from the calibration, or a new one before each fold", () => {
  const settings = { level: .9 };
  const fixed = backTest(stepped, quantile, { calibration: 100, settings });
  assert.deepEqual(fixed.folds.map(({ from, to }) => [from, to]), [[100, 200], [200, 300], [300, 400], [
    400,
    500,
  ], [
    500,
    600,
  ]]);
  assert.deepEqual(fixed.folds.map(({ threshold }) => threshold), [90, 90, 90, 90, 90]);
  assert.deepEqual(fixed.folds.map(({ realised }) => realised), [.09, .09, .19, .19, .19]);
  const rolling = backTest(stepped, quantile, { calibration: 100, rolling: true, settings });
  assert.deepEqual(rolling.folds.map(({ threshold }) => threshold), [90, 90, 90, 100, 100]);
  assert.deepEqual(rolling.folds.map(({ ratio }) => Number(ratio!.toFixed(6))), [.9, .9, 1.9, .9, .9]);
  assert.equal(rolling.flagged.reduce((sum, flag) => sum + flag, 0), 9 + 9 + 19 + 9 + 9);
  for (const { interval, realised } of rolling.folds) {
    assert(interval.low < realised && realised < interval.high);
  }
});

Deno.test("backTest() counts windows near each other as one alert", () => {
  const { folds } = backTest(stepped, quantile, { calibration: 100, reach: 1, settings: { level: .9 } });
  assert.deepEqual(folds.map(({ realised }) => realised), [.01, .01, .01, .01, .01]);
});

Deno.test("backTest() says why a rule refused, and that others promise nothing", () => {
  const { folds, flagged } = backTest(stepped.map((score) => Math.min(score, 50)), mad, { calibration: 100 });
  assert.equal(folds[0].threshold, null);
  assert.match(folds[0].note, /the scores are discrete/);
  assert.equal(flagged.includes(1), false);
  assert.equal(backTest(stepped, meanStd, { calibration: 100 }).folds[0].ratio, null);
});

Deno.test("backTestBudget() is what a rolling calibration would have called", () => {
  const scores = Float64Array.from({ length: 900 }, seededRandom(1)),
    options = { budget: 2, windowsPerDay: 48 };
  const { flagged, folds } = backTestBudget(scores, options, { calibration: 300, fold: 200 });
  const rolling = new RollingCalibration(options, scores.subarray(0, 300));
  for (let i = 300; i < 900; i++) {
    assert.equal(flagged[i], scores[i] > rolling.threshold ? 1 : 0);
    rolling.add(scores[i]);
  }
  assert.equal(folds.length, 3);
  assert.equal(folds[0].nominal, 2 / 48);
});

Deno.test("backTest() refuses a calibration that leaves nothing to test on", () => {
  for (const calibration of [0, 600, NaN]) {
    assert.throws(() => backTest(stepped, quantile, { calibration }), RangeError);
  }
  assert.throws(() => backTest(stepped, quantile, { calibration: 10, fold: 0 }), RangeError);
});
