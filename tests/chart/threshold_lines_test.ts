import assert from "node:assert/strict";
import { thresholdLines } from "../../lib/chart/threshold_lines.ts";

const x = { type: "quantitative", scale: { type: "log", domain: [1, 100] } };
const look = { color: "#d55e00", background: "#ffffff", top: 2 };

Deno.test("thresholdLines() lets thresholds that read alike share a line and a label", () => {
  const thresholds = [{ rule: "budget", value: 8.0541 }, { rule: "mad", value: 3 }, {
    rule: "pot",
    value: 8.0543,
  }];
  const [lines, ...names] = thresholdLines(thresholds, x, look);
  assert.deepEqual(lines.data, { values: [{ value: 8.0541 }, { value: 3 }] });
  const labels = names.map(({ data }) => (data as { values: { label: string }[] }).values[0].label);
  assert.deepEqual(labels, ["budget, pot 8.05", "mad 3"]);
});

Deno.test("thresholdLines() puts a name to the left where there is no room on the right, on a ground of its own", () => {
  const thresholds = [{ rule: "low", value: 2 }, { rule: "high", value: 90 }];
  const [, ...names] = thresholdLines(thresholds, x, look);
  const marks = names.map(({ layer }) =>
    (layer as { mark: Record<string, unknown> }[]).map(({ mark }) => mark)
  );
  assert.deepEqual(marks.map(([, { align, y }]) => [align, y]), [["left", 2], ["right", 16]]);
  for (const [ground, text] of marks) {
    assert.deepEqual([ground.stroke, ground.color, text.color], ["#ffffff", "#ffffff", "#d55e00"]);
  }
  assert.deepEqual(thresholdLines([], x, look), []);
});
