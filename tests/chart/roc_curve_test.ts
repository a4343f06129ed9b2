import assert from "node:assert/strict";
import { rocCurve } from "../../lib/chart/roc_curve.ts";

const POINTS = [
  { threshold: -Infinity, falseAlarmRate: 1, recall: 1 },
  { threshold: 3, falseAlarmRate: 0, recall: .5 },
  { threshold: 1, falseAlarmRate: .2, recall: .9 },
];

interface Drawn {
  data: { values: { falseAlarmRate: number; recall: number; label?: string }[] };
}

Deno.test("rocCurve() tells the area that it is given, and none otherwise", () => {
  assert.equal(rocCurve(POINTS, { area: .91 }).toText(), "ROC curve: 3 thresholds, area 0.91.");
  assert.equal(rocCurve(POINTS, { area: null }).toText(), "ROC curve: 3 thresholds.");
  assert.equal(rocCurve(POINTS).toText(), "ROC curve: 3 thresholds.");
});

Deno.test("rocCurve() marks the threshold that decides as the chosen one does", () => {
  const at = (chosen: number) => rocCurve(POINTS, { chosen }).toText().replace(/.*thresholds\. /, "");
  assert.equal(at(3), "At threshold 3: false alarm rate 0, recall 0.5.");
  assert.equal(at(2), "At threshold 2: false alarm rate 0.2, recall 0.9.");
  assert.equal(at(.5), "At threshold 0.5: false alarm rate 1, recall 1.");
  assert.match(rocCurve(POINTS.slice(1), { chosen: 0 }).toText(), /At threshold 1: false alarm rate 0\.2/);
});

Deno.test("rocCurve() draws from the left to the right, whatever the order of the points", () => {
  const layers = rocCurve(POINTS, { chosen: 1 }).spec.layer as Drawn[];
  assert.deepEqual(layers[2].data.values.map(({ falseAlarmRate }) => falseAlarmRate), [0, .2, 1]);
  assert.equal(layers[3].data.values[0].label, "threshold 1");
});

Deno.test("rocCurve() draws a curve of 200,000 points with those that can be told apart", () => {
  const points = Array.from({ length: 200_000 }, (_, i) => {
    return { threshold: -i, falseAlarmRate: i / 200_000, recall: Math.sqrt(i / 200_000) };
  });
  const chart = rocCurve(points), [, , line] = chart.spec.layer as Drawn[];
  assert.match(chart.toText(), /^ROC curve: 200,000 thresholds/);
  assert(line.data.values.length > 400 && line.data.values.length < 1600, `${line.data.values.length}`);
});

Deno.test("rocCurve() leaves out what isn't a number", () => {
  const chart = rocCurve([{ threshold: 1, falseAlarmRate: NaN, recall: 0 }]);
  assert.equal(chart.toText(), "ROC curve: no labelled windows");
});
