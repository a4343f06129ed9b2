/** What every threshold rule must do; run for each of the registry. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Threshold, ThresholdRefusedError, type ThresholdRule } from "../../lib/threshold/threshold.ts";

type Scored = [score: number, weight: number];

const calibrations = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 50 })),
  { minLength: 1, maxLength: 60 },
);

/** Scores that rounding errors can't reorder. */
const spaced = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 10_000 }).map((eighths) => eighths / 8),
    fc.integer({ min: 1, max: 50 }),
  ),
  { minLength: 1, maxLength: 60 },
);

/** Options that a rule can't do without. */
const NEEDED: Record<string, Record<string, number>> = { budget: { windowsPerDay: 288 } };
/** Rules that refuse some scores, and rules whose line doesn't keep the nominal rate on the calibration scores themselves. */
const REFUSING = ["mad", "best-f-beta"], EXTRAPOLATING = ["pot", "budget"];
/** What makes each rule stricter, least strict first. */
const STRICTER: Record<string, Record<string, number>[]> = {
  budget: [{ budget: 50 }, { budget: 5 }, { budget: 1 }, { budget: .01 }],
  quantile: [{ level: .5 }, { level: .9 }, { level: .99 }, { level: .999 }],
  conformal: [{ level: .5 }, { level: .9 }, { level: .99 }, { level: .999 }],
  pot: [{ level: .5 }, { level: .9 }, { level: .99 }, { level: .999 }],
  "mean-std": [{ k: 0 }, { k: 1 }, { k: 3 }],
  mad: [{ k: 0 }, { k: 1 }, { k: 3 }],
  "best-f-beta": [{ beta: 9 }, { beta: 1 }, { beta: .1 }],
};

/** Chooses; where a rule needs labels, every third score is anomalous. */
function choose(rule: ThresholdRule, pairs: Scored[], options: Record<string, number> = {}): Threshold {
  const scores = Float64Array.from(pairs, ([score]) => score);
  const weights = Float64Array.from(pairs, ([, weight]) => weight);
  return rule.choose(scores, weights, { ...NEEDED[rule.name], ...options }, labelsOf(rule, scores));
}

/** `undefined` where a refusing rule refuses. */
function tryChoose(rule: ThresholdRule, pairs: Scored[], options?: Record<string, number>) {
  try {
    return choose(rule, pairs, options);
  } catch (error) {
    if (error instanceof ThresholdRefusedError && REFUSING.includes(rule.name)) return undefined;
    throw error;
  }
}

/** Equal scores have equal labels. */
function labelsOf({ needsLabels }: ThresholdRule, scores: Float64Array): Uint8Array | undefined {
  return needsLabels ? Uint8Array.from(scores, (score) => Math.floor(score) % 3 === 1 ? 1 : 0) : undefined;
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
      const threshold = tryChoose(rule, pairs);
      if (threshold === undefined) return;
      const isNormal = ([score]: Scored) => !rule.needsLabels || Math.floor(score) % 3 !== 1;
      const normal = pairs.filter(isNormal), windows = normal.reduce((sum, [, weight]) => sum + weight, 0);
      const above = normal.reduce(
        (sum, [score, weight]) => sum + (score > threshold.value ? weight : 0),
        0,
      );
      assert(threshold.value > Math.min(...pairs.map(([score]) => score)));
      assert(Number.isFinite(threshold.value));
      assert.equal(threshold.rule, rule.name);
      assert.equal(threshold.windows, windows);
      assert(Math.abs(threshold.realised - above / windows) < 1e-12);
      if (threshold.nominal === null || EXTRAPOLATING.includes(rule.name)) return;
      const isAboveLeast = threshold.realised > threshold.nominal + 1e-9;
      assert(!isAboveLeast, `${threshold.realised} of ${threshold.nominal}`);
    }));
  });
  Deno.test(`${name} choose() depends on neither the order nor how repeats are written`, () => {
    fc.assert(fc.property(calibrations, (pairs) => {
      const threshold = tryChoose(rule, pairs);
      const split = pairs.flatMap(([score, weight]): Scored[] => new Array(weight).fill([score, 1]));
      const again = tryChoose(rule, split.reverse());
      if (threshold === undefined || again === undefined) return assert.equal(again, threshold);
      assert(Math.abs(again.value - threshold.value) <= 1e-9 * Math.abs(threshold.value));
      assert.equal(again.windows, threshold.windows);
      assert.equal(again.note, threshold.note);
    }));
  });
  Deno.test(`${name} choose() draws no lower line when it is set to be stricter`, () => {
    const steps = STRICTER[rule.name];
    fc.assert(fc.property(spaced, (pairs) => {
      const lines = steps.map((options) => tryChoose(rule, pairs, options)?.value ?? 0);
      for (let i = 1; i < lines.length; i++) assert(lines[i] >= lines[i - 1] * (1 - 1e-12), `${lines}`);
    }));
    const many = Array.from({ length: 2000 }, (_, i): Scored => [Math.sqrt(i), 1]);
    const lines = steps.map((options) => choose(rule, many, options).value);
    assert(lines.at(-1)! > lines[0], `${lines}`);
  });
  Deno.test(`${name} choose() ignores scores of weight 0`, () => {
    const some = Array.from({ length: 9 }, (_, i): Scored => [i, i + 1]);
    assert.deepEqual(choose(rule, [...some, [99, 0]]), choose(rule, some));
  });
  Deno.test(`${name} has a title, and options with defaults within their range`, () => {
    assert.match(rule.title, /^[A-Z].*[^.]$/);
    for (const { name, title } of rule.options) assert(/^[a-zA-Z]+$/.test(name) && /^[A-Z]/.test(title));
    const defaults = rule.options.filter((option) => option.default !== undefined);
    const some = Array.from({ length: 50 }, (_, i): Scored => [i ** 2, 1]);
    assert.deepEqual(
      choose(rule, some, Object.fromEntries(defaults.map((option) => [option.name, option.default!]))),
      choose(rule, some),
    );
  });
  if (rule.name === "best-f-beta") return;
  Deno.test(`${name} choose() says that few windows are few`, () => {
    assert.match(choose(rule, [[1, 1], [2, 1], [3, 1], [5, 1], [8, 1], [13, 1]]).note, /^\S.*\S$/);
  });
}

function testDiscrete(rule: ThresholdRule, name: string): void {
  if (REFUSING.includes(rule.name)) return;
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
    const wrong = () => rule.choose(Float64Array.of(1, 2), Float64Array.of(1), NEEDED[rule.name]);
    assert.throws(wrong, TypeError);
    assert.throws(() => choose(rule, [[1, 1]], { colour: 1 }), TypeError);
    assert.throws(() => choose(rule, [[1, 1]], { smallest: NaN }), RangeError);
  });
}
