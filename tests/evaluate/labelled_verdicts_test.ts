import assert from "node:assert/strict";
import { labelledVerdicts } from "../../lib/evaluate/labelled_verdicts.ts";
import type { JudgedWindow } from "../../lib/evaluate/judged_windows.ts";
import type { Labels } from "../../lib/evaluate/labels.ts";

const window = (service: string, start: number): JudgedWindow => {
  return { key: `${service}@${start}`, service, start, end: start + 10, score: 0, anomalous: false };
};
const session = (key: string, start: number): JudgedWindow => {
  return { key, service: null, start, end: start + 5, score: 0, anomalous: false };
};
const keys = (...names: string[]): Labels => {
  return { by: "key", labels: names.map((key) => ({ key, anomalous: true, kind: "" })) };
};
const spans = (...labels: [service: string, start: number, end: number][]): Labels => ({
  by: "span",
  labels: labels.map(([service, start, end]) => ({ service, start, end, anomalous: true, kind: "" })),
});

Deno.test("labelledVerdicts() gives each file of labels the verdicts that it speaks of, and no others", () => {
  const windows = [window("web", 0), session("a", 3), session("b", 4), window("db", 10)];
  const [byKey, bySpan] = labelledVerdicts(windows, [keys("a", "b"), spans(["web", 0, 5])]);
  assert.deepEqual(byKey.windows.map(({ key }) => key), ["a", "b"]);
  assert.deepEqual(bySpan.windows.map(({ key }) => key), ["web@0", "db@10"]);
});

Deno.test("labelledVerdicts() compares sessions with spans where no label names them", () => {
  const [{ windows, labels }] = labelledVerdicts([session("a", 3)], [spans(["web", 0, 5])]);
  assert.deepEqual([windows.length, labels.labels.length], [1, 1]);
});

Deno.test("labelledVerdicts() leaves out what starts before, on both sides, and keeps what has no time", () => {
  const untimed = { ...session("c", 0), start: NaN, end: NaN };
  const [byKey] = labelledVerdicts([session("a", 3), session("b", 30), untimed], [keys("a", "b", "c")], 20);
  assert.deepEqual(byKey.windows.map(({ key }) => key), ["b", "c"]);
  assert.deepEqual([byKey.labels.labels.length, byKey.before, byKey.elsewhere], [2, 1, 0]);

  const all = [window("web", 0), window("web", 20)];
  const [bySpan] = labelledVerdicts(all, [spans(["web", 0, 5], ["web", 15, 25], ["web", 20, 20])], 20);
  assert.deepEqual(bySpan.windows.map(({ start }) => start), [20]);
  assert.deepEqual([bySpan.labels.labels.length, bySpan.before], [2, 1]);
});

Deno.test("labelledVerdicts() keeps labelled keys without a verdict, unless no key has one", () => {
  const [some, none] = labelledVerdicts([session("a", 3)], [keys("a", "lost"), keys("other")]);
  assert.deepEqual([some.labels.labels.length, some.elsewhere], [2, 0]);
  assert.deepEqual([none.labels.labels.length, none.elsewhere, none.windows.length], [0, 1, 0]);
});

Deno.test("labelledVerdicts() leaves out spans of services that no verdict is about", () => {
  const file = spans(["web", 0, 5], ["mail", 0, 5], ["*", 0, 5], ["", 0, 5]);
  const [{ labels, elsewhere }] = labelledVerdicts([window("web", 0)], [file]);
  assert.deepEqual([labels.labels.length, elsewhere], [3, 1]);
  assert.equal(labelledVerdicts([], [file])[0].elsewhere, 4);
});
