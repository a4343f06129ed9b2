import assert from "node:assert/strict";
import fc from "fast-check";
import { scoreHistogram } from "../../lib/chart/score_histogram.ts";

interface Layers {
  layer: { data: { values: { from: number; to: number; windows: number }[] } }[];
}

const barsOf = (chart: ReturnType<typeof scoreHistogram>) =>
  (chart.spec as unknown as Layers).layer[0].data.values;

Deno.test("scoreHistogram() draws each window once, in the bar of its score", () => {
  const scores = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
  fc.assert(fc.property(scores, (scores) => {
    const bars = barsOf(scoreHistogram(scores));
    assert.equal(bars.reduce((sum, { windows }) => sum + windows, 0), scores.length);
    for (const { from, to, windows } of bars) {
      const near = scores.filter((score) => score >= from * (1 - 1e-9) && score <= to * (1 + 1e-9));
      assert.ok(near.length >= windows);
    }
  }));
});

Deno.test("scoreHistogram() counts weights, and what each threshold flags", () => {
  const chart = scoreHistogram([1, 2, 3], {
    weights: [100, 10, 1],
    thresholds: [{ rule: "quantile", value: 2 }, { rule: "mean-std", value: 1.5 }],
    title: "Shop",
  });
  assert.equal(
    chart.toText(),
    "Shop: 111 windows, highest score 3; thresholds: quantile 2 (1 above), mean-std 1.5 (11 above).",
  );
});

Deno.test("scoreHistogram() says which scores its axis can't show", async () => {
  const chart = scoreHistogram([0, -1, NaN, 5]);
  assert.equal(
    chart.toText(),
    "Scores: 3 windows, highest score 5. 2 windows at 0 or less. 1 score not finite and left out.",
  );
  assert.match(await scoreHistogram([0, 0]).svg(), /^<svg/);
  assert.match(await scoreHistogram([5e-324, 1e308]).svg(), /^<svg/);
  assert.equal(scoreHistogram([]).toText(), "Scores: no scores");
});

Deno.test("scoreHistogram() refuses weights of another length and bins that are none", () => {
  assert.throws(
    () => scoreHistogram([1], { weights: [] }),
    /^RangeError: Cannot chart scores: 1 scores have 0 weights/,
  );
  assert.throws(
    () => scoreHistogram([1], { bins: 0 }),
    /bins must be a positive integer, current value is 0/,
  );
});

Deno.test("scoreHistogram() takes 300,000 scores", () => {
  const scores = Float64Array.from({ length: 300_000 }, (_, i) => i);
  assert.match(scoreHistogram(scores).toText(), /: 300,000 windows, highest score 299,999\./);
});
