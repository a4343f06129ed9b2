import assert from "node:assert/strict";
import fc from "fast-check";
import { decide } from "../../lib/threshold/decide.ts";

Deno.test("decide() lets each detector raise a verdict by itself", () => {
  const decisions = decide([
    { detector: "a", scores: [0, 3, 0, 2], threshold: 2 },
    { detector: "b", scores: [0, 0, 5, .1], threshold: 1 },
  ]);
  assert.deepEqual([...decisions.score], [0, 1.5, 5, 1]);
  assert.deepEqual([...decisions.anomalous], [0, 1, 1, 0]); // at the threshold is not above it
  assert.deepEqual(decisions.evidence.map((parts) => [...parts]), [[0, 1.5, 0, 1], [0, 0, 5, .1]]);
  assert.equal(decisions.threshold, 1);
});

Deno.test("decide() is anomalous exactly where some detector's score exceeds its threshold", () => {
  const scores = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 4 });
  fc.assert(fc.property(scores, scores, fc.integer({ min: 1, max: 20 }), (first, second, threshold) => {
    const { anomalous } = decide([
      { detector: "a", scores: first, threshold },
      { detector: "b", scores: second, threshold: 7 },
    ]);
    first.forEach((score, i) => assert.equal(anomalous[i] === 1, score > threshold || second[i] > 7));
  }));
});

Deno.test("decide() decides nothing on no windows", () => {
  assert.equal(decide([{ detector: "a", scores: [], threshold: 1 }]).score.length, 0);
});

Deno.test("decide() refuses no detectors, unequal lengths, NaN and thresholds that are not above 0", () => {
  assert.throws(() => decide([]), TypeError);
  const one = { detector: "a", scores: [1], threshold: 1 };
  assert.throws(() => decide([one, { ...one, scores: [1, 2] }]), TypeError);
  assert.throws(() => decide([{ ...one, scores: [NaN] }]), RangeError);
  for (const threshold of [0, -1, NaN]) assert.throws(() => decide([{ ...one, threshold }]), RangeError);
});
