import assert from "node:assert/strict";
import fc from "fast-check";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import { fitTail, tailExcess } from "../../lib/threshold/tail.ts";

const near = (actual: number, expected: number, tolerance = 1e-12) =>
  assert(Math.abs(actual - expected) <= tolerance * Math.abs(expected), `${actual}, not ${expected}`);

Deno.test("fitTail() is Hosking and Wallis's estimate", () => {
  const { shape, scale } = fitTail([2.9, .1, .2, .4, .7, 1.1, 1.7]);
  near(shape, 0.11241929358146607); // computed apart, with numpy
  near(scale, 0.9002604307959415);
});

Deno.test("tailExcess() is the quantile of scipy's genpareto", () => {
  near(tailExcess({ shape: .2, scale: 1.5 }, .01), 11.33914823632185);
  near(tailExcess({ shape: -.2, scale: 2 }, .001), 7.488113568490419);
  near(tailExcess({ shape: .4, scale: .7 }, .0005), 34.84738434069456);
});

Deno.test("tailExcess() goes over into the exponential tail where the shape goes to 0", () => {
  near(tailExcess({ shape: 1e-8, scale: 2 }, .01), tailExcess({ shape: 0, scale: 2 }, .01), 1e-6);
});

Deno.test("fitTail() finds the shape and scale of scores drawn from such a tail", () => {
  for (const shape of [-.2, 0, .3]) {
    const random = seededRandom(5),
      drawn = Array.from({ length: 5000 }, () => tailExcess({ shape, scale: 2 }, 1 - random()));
    const fitted = fitTail(drawn.filter((excess) => excess > 0));
    assert(Math.abs(fitted.shape - shape) < .05, `${shape}: ${fitted.shape}`);
    assert(Math.abs(fitted.scale - 2) < .1, `${shape}: ${fitted.scale}`);
  }
});

Deno.test("fitTail() keeps shapes within [−0.3, 0.5], and the mean of the excesses", () => {
  const excess = fc.oneof(fc.double({ min: .001, max: 10, noNaN: true }), fc.constant(1e9));
  fc.assert(fc.property(fc.array(excess, { minLength: 1 }), (excesses) => {
    const { shape, scale } = fitTail(excesses),
      mean = excesses.reduce((sum, one) => sum + one, 0) / excesses.length;
    assert(shape >= -.3 && shape <= .5 && scale > 0);
    near(scale / (1 - shape), mean, 1e-9);
  }));
});

Deno.test("fitTail() takes weights as repetitions", () => {
  const repeated = fitTail([1, 1, 1, 2, 5, 5]), weighted = fitTail([5, 1, 2], [2, 3, 1]);
  near(weighted.shape, repeated.shape, 1e-9);
  near(weighted.scale, repeated.scale, 1e-9);
});

Deno.test("fitTail() refuses no excesses, and one that is not above 0", () => {
  assert.throws(() => fitTail([]), /^RangeError: Cannot fit a tail: there are no excesses$/);
  assert.throws(() => fitTail([1, 0]), /^RangeError: Cannot fit a tail: an excess is 0$/);
});
