/** What every threshold rule must do; run for each of the registry. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { ThresholdRule } from "../../lib/threshold/threshold.ts";

const calibrations = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 50 })),
  { minLength: 1, maxLength: 60 },
);

function choose(rule: ThresholdRule, pairs: [number, number][], options?: Record<string, number>) {
  const scores = Float64Array.from(pairs, ([score]) => score);
  return rule.choose(scores, Float64Array.from(pairs, ([, weight]) => weight), options);
}

/** Registers the contract's tests for one rule. */
export function testThresholdContract(rule: ThresholdRule): void {
  testValues(rule, `${rule.name}:`);
  testDiscrete(rule, `${rule.name}:`);
  testRefusals(rule, `${rule.name}:`);
}

function testValues(rule: ThresholdRule, name: string): void {
  Deno.test(`${name} choose() gives a finite value above the least score, and says what it flags`, () => {
    fc.assert(fc.property(calibrations, (pairs) => {
      const threshold = choose(rule, pairs);
      const windows = pairs.reduce((sum, [, weight]) => sum + weight, 0);
      const above = pairs.reduce(
        (sum, [score, weight]) => sum + (score > threshold.value ? weight : 0),
        0,
      );
      assert(threshold.value > Math.min(...pairs.map(([score]) => score)));
      assert(Number.isFinite(threshold.value));
      assert.equal(threshold.rule, rule.name);
      assert.equal(threshold.windows, windows);
      assert(Math.abs(threshold.realised - above / windows) < 1e-12);
    }));
  });
  Deno.test(`${name} choose() depends on neither the order nor how repeats are written`, () => {
    fc.assert(fc.property(calibrations, (pairs) => {
      const { value, windows, ...rest } = choose(rule, pairs);
      const split = pairs.flatMap(([score, weight]): [number, number][] =>
        new Array(weight).fill([score, 1])
      );
      const again = choose(rule, split.reverse());
      assert(Math.abs(again.value - value) <= 1e-9 * Math.abs(value));
      assert.equal(again.windows, windows);
      assert.equal(again.note, rest.note);
    }));
  });
  Deno.test(`${name} choose() ignores scores of weight 0`, () => {
    assert.deepEqual(choose(rule, [[1, 500], [2, 1], [99, 0]]), choose(rule, [[1, 500], [2, 1]]));
  });
}

function testDiscrete(rule: ThresholdRule, name: string): void {
  Deno.test(`${name} choose() puts the line between 0 and the next possible score where all are 0`, () => {
    const { value, realised } = choose(rule, [[0, 5000]], { smallest: .25 });
    assert(value > 0 && value < .25, `${value}`);
    assert.equal(realised, 0);
    assert(choose(rule, [[0, 5000]]).value > 0);
  });
}

function testRefusals(rule: ThresholdRule, name: string): void {
  Deno.test(`${name} choose() refuses no scores, NaN, wrong weights and options that it doesn't know`, () => {
    assert.throws(() => choose(rule, []), RangeError);
    assert.throws(() => choose(rule, [[1, 0]]), RangeError);
    assert.throws(() => choose(rule, [[NaN, 1]]), RangeError);
    for (const weight of [-1, NaN, Infinity]) assert.throws(() => choose(rule, [[1, weight]]), RangeError);
    assert.throws(() => rule.choose(Float64Array.of(1, 2), Float64Array.of(1)), TypeError);
    assert.throws(() => choose(rule, [[1, 1]], { colour: 1 }), TypeError);
    assert.throws(() => choose(rule, [[1, 1]], { smallest: NaN }), RangeError);
  });
}
