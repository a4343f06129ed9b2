import assert from "node:assert/strict";
import fc from "fast-check";
import { averagePrecision, rocAuc, type ScoredTruth } from "../../lib/evaluate/ranking.ts";

const truths = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 5 }), anomalous: fc.boolean() }),
  { maxLength: 30 },
);

function pairwiseAuc(scored: ScoredTruth[]): number | null {
  const anomalous = scored.filter((one) => one.anomalous), normal = scored.filter((one) => !one.anomalous);
  let wins = 0;
  for (const a of anomalous) {
    for (const n of normal) {
      wins += a.score > n.score ? 1 : a.score === n.score ? .5 : 0;
    }
  }
  return anomalous.length > 0 && normal.length > 0 ? wins / (anomalous.length * normal.length) : null;
}

Deno.test("rocAuc() equals the share of pairs in the right order, ties half", () => {
  fc.assert(fc.property(truths, (scored) => {
    const auc = rocAuc(scored), pairs = pairwiseAuc(scored);
    assert(auc === pairs || Math.abs(auc! - pairs!) < 1e-12);
  }));
});

Deno.test("rocAuc() ranks what has no verdict below everything", () => {
  const none = { score: -Infinity, anomalous: false };
  assert.equal(rocAuc([none, none, { score: 0, anomalous: true }]), 1);
  assert.equal(rocAuc([none]), null);
});

/** The sum of precision times gain in recall over distinct scores, as scikit-learn defines `average_precision_score`. */
function precisionByRecall(scored: ScoredTruth[]): number {
  const all = scored.filter(({ anomalous }) => anomalous).length;
  let average = 0, before = 0;
  for (const { score } of scored.toSorted((a, b) => b.score - a.score)) {
    const called = scored.filter((one) => one.score >= score), found = called.filter((one) => one.anomalous);
    average += (found.length - before) / all * found.length / called.length;
    before = found.length;
  }
  return all > 0 ? average : 0;
}

Deno.test("averagePrecision() equals scikit-learn's where no two scores are equal", () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer()), fc.infiniteStream(fc.boolean()), (scores, truth) => {
    const scored = scores.map((score) => ({ score, anomalous: truth.next().value === true }));
    assert(Math.abs(averagePrecision(scored) - precisionByRecall(scored)) < 1e-12);
  }));
});

Deno.test("averagePrecision() takes equal scores one by one, scikit-learn's together", () => {
  const scored = [true, false, true].map((anomalous) => ({ score: 1, anomalous }));
  assert.equal(averagePrecision(scored), (1 + 2 / 3) / 2);
  assert(Math.abs(precisionByRecall(scored) - 2 / 3) < 1e-12);
});

Deno.test("averagePrecision() is 1 for a perfect order, 0 without anomalies, and keeps the order of ties", () => {
  const [yes, no] = [{ score: 1, anomalous: true }, { score: 1, anomalous: false }];
  assert.equal(averagePrecision([{ ...no, score: 0 }, yes]), 1);
  assert.equal(averagePrecision([no, no]), 0);
  assert.equal(averagePrecision([yes, no]), 1);
  assert.equal(averagePrecision([no, yes]), .5);
});
