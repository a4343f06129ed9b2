import assert from "node:assert/strict";
import fc from "fast-check";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import { meanStd } from "../../lib/threshold/mean_std.ts";
import { quantile } from "../../lib/threshold/quantile.ts";

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
