import assert from "node:assert/strict";
import { precisionRecall } from "../../lib/chart/precision_recall.ts";

Deno.test("precisionRecall() gives scikit-learn's average precision", () => {
  // average_precision_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) = 0.8333…
  const points = [
    { threshold: 0.35, precision: 2 / 3, recall: 1 },
    { threshold: 0.8, precision: 1, recall: 0.5 },
    { threshold: 0.1, precision: 0.5, recall: 1 },
    { threshold: 0.4, precision: 0.5, recall: 0.5 },
  ];
  assert.match(
    precisionRecall(points).toText(),
    /^Precision and recall: 4 thresholds, average precision 0\.833\.$/,
  );
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
