import assert from "node:assert/strict";
import fc from "fast-check";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import { bestFBeta } from "../../lib/threshold/best_f_beta.ts";
import { budget } from "../../lib/threshold/budget.ts";
import { conformal } from "../../lib/threshold/conformal.ts";
import { mad } from "../../lib/threshold/mad.ts";
import { meanStd } from "../../lib/threshold/mean_std.ts";
import { pot } from "../../lib/threshold/pot.ts";
import { quantile } from "../../lib/threshold/quantile.ts";
import { tailExcess } from "../../lib/threshold/tail.ts";
import { ThresholdRefusedError } from "../../lib/threshold/threshold.ts";

const ones = (length: number) => new Float64Array(length).fill(1);
const upTo = (length: number) => Float64Array.from({ length }, (_, i) => i + 1);

Deno.test("quantile takes the k-th largest score, k = floor((n + 1)(1 - level))", () => {
  assert.equal(quantile.choose(upTo(999), ones(999), { level: .99 }).value, 990); // the 10th largest
  assert.equal(quantile.choose(upTo(1000), ones(1000), { level: .99 }).value, 991);
  assert.equal(quantile.choose(upTo(999), ones(999)).value, 999);
  assert.equal(quantile.choose(upTo(999), ones(999)).note, "");
});

Deno.test("quantile never flags more of its calibration windows than it means to", () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 99 })), {
    minLength: 1,
  });
  fc.assert(fc.property(pairs, fc.double({ min: .5, max: .999, noNaN: true }), (scored, level) => {
    const threshold = quantile.choose(
      Float64Array.from(scored, ([score]) => score),
      Float64Array.from(scored, ([, weight]) => weight),
      { level },
    );
    assert(threshold.realised <= threshold.nominal! + 1e-9);
  }));
});

Deno.test("quantile flags about its nominal share of further windows drawn alike", () => {
  const random = seededRandom(11),
    draw = (n: number) => Float64Array.from({ length: n }, () => random() ** 3);
  const { value } = quantile.choose(draw(20_000), ones(20_000), { level: .98 });
  const flagged = draw(20_000).filter((score) => score > value).length / 20_000;
  assert(flagged > .016 && flagged < .024, `${flagged}`);
});

Deno.test("quantile says what too few windows can certify, and takes their largest score", () => {
  const threshold = quantile.choose(upTo(49), ones(49));
  assert.equal(threshold.value, 49);
  assert.equal(
    threshold.note,
    "49 windows are too few to certify 0.1 %: a normal window exceeds the largest of them with a probability of up to 2 %",
  );
});

Deno.test("quantile lies below the detector's smallest score even where a larger one was seen", () => {
  const threshold = quantile.choose(Float64Array.of(0, 2), Float64Array.of(9999, 1), { smallest: 1 });
  assert.equal(threshold.value, .5);
  assert.equal(threshold.realised, .0001);
});

Deno.test("quantile lies halfway to the next score seen where no smallest is known", () => {
  assert.equal(quantile.choose(Float64Array.of(0, 2), Float64Array.of(9999, 1)).value, 1);
  assert.equal(quantile.choose(Float64Array.of(3), Float64Array.of(10)).value, 6);
});

Deno.test("quantile refuses a level that is no share", () => {
  for (const level of [0, 1, -1, 2]) {
    assert.throws(() => quantile.choose(upTo(5), ones(5), { level }), RangeError);
  }
});

Deno.test("mean-std is the weighted mean plus k standard deviations, 3 by default", () => {
  const scores = Float64Array.of(0, 10), weights = Float64Array.of(3, 1); // mean 2.5, variance 18.75
  assert(Math.abs(meanStd.choose(scores, weights).value - (2.5 + 3 * Math.sqrt(18.75))) < 1e-12);
  assert.equal(meanStd.choose(scores, weights, { k: 0 }).value, 2.5);
  assert.equal(meanStd.choose(scores, weights).nominal, null);
  assert.match(meanStd.choose(scores, weights).note, /^4 windows are few/);
  assert.throws(() => meanStd.choose(scores, weights, { k: -1 }), RangeError);
});

const near = (actual: number, expected: number, tolerance = 1e-12) =>
  assert(Math.abs(actual - expected) <= tolerance * Math.abs(expected), `${actual}, not ${expected}`);

Deno.test("mad is the weighted median plus k · 1.4826 of the median distance from it, 3 by default", () => {
  const scores = Float64Array.of(1, 2, 4, 8, 16, 32), weights = Float64Array.of(2, 2, 2, 2, 1, 1);
  // 1 1 2 2 4 | 4 8 8 16 32: median 4; distances 0 0 2 2 3 | 3 4 4 12 28: median 3
  near(mad.choose(scores, weights).value, 4 + 3 * 1.4826 * 3);
  near(mad.choose(scores, weights, { k: 1 }).value, 4 + 1.4826 * 3);
  assert.throws(() => mad.choose(scores, weights, { k: -1 }), RangeError);
});

Deno.test("mad is between the two in the middle where the windows are even", () => {
  near(mad.choose(Float64Array.of(1, 2, 4, 8, 9, 11), ones(6), { k: 0 }).value, 6);
});

Deno.test("mad refuses scores of which more than a fifth are the same", () => {
  const choose = (tied: number) =>
    mad.choose(Float64Array.from({ length: 100 }, (_, i) => i < tied ? 500 : i), ones(100));
  assert.throws(() => choose(21), ThresholdRefusedError);
  assert.throws(
    () => mad.choose(Float64Array.of(0, 1), Float64Array.of(80, 20)),
    /^ThresholdRefusedError: Cannot choose a threshold by mad: the scores are discrete, 80 % of the windows score the same$/,
  );
  assert.equal(choose(20).note, "");
});

Deno.test("pot is what numpy and scipy make of the same formulas", () => {
  // The 1,000 quantiles of a tail of shape .2 and scale 1.5; the line by estimates of the 100 largest, computed apart.
  const scores = Float64Array.from(
    { length: 1000 },
    (_, i) => tailExcess({ shape: .2, scale: 1.5 }, 1 - (i + .5) / 1000),
  );
  const { value, nominal, note } = pot.choose(scores, ones(1000), { level: .999 });
  near(value, 21.8802754157975, 1e-9);
  near(value, tailExcess({ shape: .2, scale: 1.5 }, .001), .03); // the truth
  assert.deepEqual([nominal, note], [.001, ""]);
});

Deno.test("pot counts where the level leaves as many windows as the tail has, and says what is extrapolated", () => {
  assert.equal(pot.choose(upTo(999), ones(999), { level: .8 }).value, 800); // the 200th largest
  assert.match(
    pot.choose(upTo(999), ones(999), { level: .9999 }).note,
    /^0\.01 % is extrapolated from 999 windows/,
  );
  assert.match(pot.choose(upTo(10), ones(10)).note, /^A tail of 5 windows is no more than a guess$/);
  assert.throws(() => pot.choose(upTo(9), ones(9), { tail: 1 }), RangeError);
});

Deno.test("conformal keeps its level in the stated share of calibrations", () => {
  const random = seededRandom(3), level = .95, trials = 2000;
  let kept = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { value } = conformal.choose(Float64Array.from({ length: 300 }, random), ones(300), { level });
    if (1 - value <= 1 - level) kept++; // the true rate above a line through uniform scores
  }
  const least = .9 - 3 * Math.sqrt(.09 / trials);
  assert(kept / trials >= least && kept / trials < .96, `${kept / trials}`);
});

Deno.test("conformal is stricter than quantile, by what the beta distribution says", () => {
  assert.equal(conformal.choose(upTo(1000), ones(1000), { level: .99 }).value, 995); // the 6th largest
  assert.equal(conformal.choose(upTo(1000), ones(1000), { level: .99, confidence: .5 }).value, 991); // the 10th
  assert.match(
    conformal.choose(upTo(1000), ones(1000)).note,
    /^1,000 windows are too few to certify 0\.1 % with 90 % confidence: up to 0\.23 % of/,
  );
});

Deno.test("budget is the k-th largest score where it allows four alerts, else a tail, and never below the largest that it can't allow", () => {
  const choose = (alerts: number, days: number) =>
    budget.choose(upTo(48 * days), ones(48 * days), { budget: alerts, windowsPerDay: 48 });
  assert.equal(choose(1, 10).value, 471); // the 10th largest of 480
  assert.equal(choose(1, 10).note, "");
  const tail = choose(.2, 10).value;
  assert(tail > 476 && tail < 500, `${tail}`);
  assert(choose(.05, 10).value >= 480);
  assert.match(
    choose(.05, 10).note,
    /^10 days of calibration certify no fewer than 0\.1 alerts a day: 0\.05 is extrapolated/,
  );
  assert.throws(() => budget.choose(upTo(9), ones(9)), /^TypeError: .* windowsPerDay is not given$/);
  assert.throws(() => budget.choose(upTo(9), ones(9), { windowsPerDay: 0 }), RangeError);
});

Deno.test("best-f-beta has no better line", () => {
  const window = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 5 }), fc.boolean());
  fc.assert(fc.property(fc.array(window, { minLength: 2 }), fc.constantFrom(.5, 1, 2), (windows, beta) => {
    const scores = Float64Array.from(windows, ([score]) => score);
    const weights = Float64Array.from(windows, ([, weight]) => weight);
    const labels = Uint8Array.from(windows, ([, , anomalous]) => anomalous ? 1 : 0);
    if (new Set(labels).size < 2 || new Set(scores).size < 2) return;
    const f = (line: number) => {
      let right = 0, alarms = 0, all = 0;
      windows.forEach(([score, weight, anomalous]) => {
        if (anomalous) all += weight;
        if (score > line) alarms += weight;
        if (score > line && anomalous) right += weight;
      });
      return (1 + beta ** 2) * right / (beta ** 2 * all + alarms);
    };
    const chosen = bestFBeta.choose(scores, weights, { beta }, labels), least = Math.min(...scores);
    const better = [...scores].filter((line) => f(line) > f(chosen.value) + 1e-12);
    assert.deepEqual(better, []);
    assert(chosen.value > least);
    const normal = windows.filter(([, , anomalous]) => !anomalous),
      sum = normal.reduce((sum, [, weight]) => sum + weight, 0);
    const above = normal.filter(([score]) => score > chosen.value).reduce(
      (sum, [, weight]) => sum + weight,
      0,
    );
    near(chosen.realised + 1, above / sum + 1);
  }));
});

Deno.test("best-f-beta refuses to choose without labels of both kinds", () => {
  const choose = (labels?: Uint8Array) => bestFBeta.choose(upTo(3), ones(3), {}, labels);
  assert.throws(() => choose(), /^ThresholdRefusedError: .*: there are no labels$/);
  assert.throws(() => choose(Uint8Array.of(0, 0, 0)), /no window is labelled anomalous$/);
  assert.throws(() => choose(Uint8Array.of(1, 1, 1)), /no window is labelled normal$/);
  assert.throws(() => choose(Uint8Array.of(1, 0)), TypeError);
  assert.throws(() => bestFBeta.choose(upTo(3), ones(3), { beta: 0 }, Uint8Array.of(0, 1, 1)), RangeError);
});
