import assert from "node:assert/strict";
import { thresholdCurve } from "../../lib/chart/threshold_curve.ts";

const points = [
  { threshold: 4, precision: 1, recall: 0.25 },
  { threshold: 1, precision: 0.5, recall: 1 },
  { threshold: 2, precision: 0.75, recall: 0.5 },
  { threshold: 0, precision: 0.1, recall: 1 },
  { threshold: -Infinity, precision: 0.1, recall: 1 },
];

Deno.test("thresholdCurve() says what each threshold decides: as the highest score that is not above it", () => {
  const thresholds = [{ rule: "quantile", value: 3 }, { rule: "mean-std", value: 0.5 }, {
    rule: "none",
    value: Infinity,
  }];
  const text = thresholdCurve(points, { thresholds }).toText();
  assert.equal(
    text,
    "Precision and recall by threshold: 3 thresholds; quantile 3: precision 0.75, recall 0.5; mean-std 0.5: precision 0.5, recall 1.",
  );
});

Deno.test("thresholdCurve() draws, with no thresholds, with one point and with none", async () => {
  for (const curve of [points, points.slice(0, 1), []]) {
    assert.match(await thresholdCurve(curve).svg(), /^<svg /);
  }
  assert.match(thresholdCurve([]).toText(), /no labelled windows/);
});

Deno.test("thresholdCurve() draws a curve of 300,000 points with those that can be told apart", async () => {
  const many = Array.from({ length: 300_000 }, (_, i) => ({
    threshold: i + 1,
    precision: (i + 1) / 300_000,
    recall: 1 - i / 300_000,
  }));
  const chart = thresholdCurve(many, { thresholds: [{ rule: "quantile", value: 150_000 }] });
  assert.match(chart.toText(), /: 300,000 thresholds; quantile 150,000: precision 0\.5, recall 0\.5\.$/);
  const [lines] = chart.spec.layer as { data: { values: { threshold: number }[] } }[];
  assert(lines.data.values.length > 1000 && lines.data.values.length < 3000, `${lines.data.values.length}`);
  assert.match(await chart.svg(), /^<svg /);
});

Deno.test("thresholdCurve() names a threshold at the right edge on its left", async () => {
  const at = async (value: number) => {
    const svg = await thresholdCurve(points, { thresholds: [{ rule: "quantile", value }] }).svg();
    return /text-anchor="(\w+)"[^>]*>quantile/.exec(svg)?.[1];
  };
  assert.deepEqual([await at(1), await at(4)], ["start", "end"]);
});
