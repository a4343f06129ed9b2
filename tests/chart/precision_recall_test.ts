import assert from "node:assert/strict";
import { precisionRecall } from "../../lib/chart/precision_recall.ts";

Deno.test("precisionRecall() tells the average precision that it is given, and none otherwise", () => {
  const points = [{ threshold: 2, precision: 1, recall: 0.5 }, { threshold: 1, precision: 0.5, recall: 1 }];
  const told = precisionRecall(points, { averagePrecision: 5 / 6 }).toText();
  assert.equal(told, "Precision and recall: 2 thresholds, average precision 0.833.");
  assert.equal(precisionRecall(points).toText(), "Precision and recall: 2 thresholds.");
});

Deno.test("precisionRecall() draws a curve of 300,000 points with those that can be told apart", () => {
  const points = Array.from({ length: 300_000 }, (_, i) => ({
    threshold: i,
    precision: (i + 1) / 300_000,
    recall: 1 - i / 300_000,
  }));
  const chart = precisionRecall(points, { chosen: 150_000 });
  assert.match(
    chart.toText(),
    /^Precision and recall: 300,000 thresholds\. At threshold 150,000: precision 0\.5, /,
  );
  const [line] = chart.spec.layer as { data: { values: { threshold: number }[] } }[];
  assert(line.data.values.length > 400 && line.data.values.length < 1000, `${line.data.values.length}`);
  assert.equal(line.data.values[0].threshold, 299_999);
  assert.equal(line.data.values.at(-1)!.threshold, 0);
});

Deno.test("precisionRecall() marks the chosen threshold", () => {
  const points = [{ threshold: 3, precision: 1, recall: 0.5 }, { threshold: 1, precision: 0.5, recall: 1 }];
  assert.match(
    precisionRecall(points, { chosen: 3.5 }).toText(),
    /At threshold 3\.5: precision 1, recall 0\.5\.$/,
  );
  assert.match(
    precisionRecall(points, { chosen: 0 }).toText(),
    /At threshold 1: precision 0\.5, recall 1\.$/,
  );
});

Deno.test("precisionRecall() leaves out what isn't finite", () => {
  const chart = precisionRecall([{ threshold: 1, precision: NaN, recall: 0 }]);
  assert.equal(chart.toText(), "Precision and recall: no labelled windows");
});
