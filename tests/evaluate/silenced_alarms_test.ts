import assert from "node:assert/strict";
import type { JudgedWindow } from "../../lib/evaluate/judged_windows.ts";
import { silencedAlarms } from "../../lib/evaluate/silenced_alarms.ts";
import type { Labels } from "../../lib/evaluate/labels.ts";

const window = (start: number, score: number): JudgedWindow => {
  return { key: `w${start}`, service: "web", start, end: start + 10, score, anomalous: score > 1 };
};
const WINDOWS = [window(0, 3), window(10, 5), window(100, 2), window(200, 4), window(300, .5)];
const span = (start: number, end: number, kind: string) => {
  return { start, end, service: "web", anomalous: true, kind };
};
const LABELS: Labels = {
  by: "span",
  labels: [span(0, 20, "outage"), span(200, 205, "slow"), span(300, 301, "x")],
};

Deno.test("silencedAlarms() counts false alarms, right ones, and incidents that nothing else tells of", () => {
  const above = (line: number) => silencedAlarms(WINDOWS, LABELS, ({ score }) => score <= line);
  assert.deepEqual(above(1), { falseAlarms: 0, right: 0, lost: [] });
  assert.deepEqual(above(2), { falseAlarms: 1, right: 0, lost: [] });
  assert.deepEqual(above(3), { falseAlarms: 1, right: 1, lost: [] });
  assert.deepEqual(above(4), { falseAlarms: 1, right: 2, lost: ["slow"] });
  assert.deepEqual(above(9), { falseAlarms: 1, right: 3, lost: ["outage", "slow"] });
});

Deno.test("silencedAlarms() asks only of alarms, and leaves the verdicts as they are", () => {
  const asked: number[] = [];
  silencedAlarms(WINDOWS, LABELS, ({ score }) => asked.push(score) > 0);
  assert.deepEqual(asked, [3, 5, 2, 4]);
  assert.deepEqual(WINDOWS.map(({ anomalous }) => anomalous), [true, true, true, true, false]);
});

Deno.test("silencedAlarms() knows of no incidents where labels tell of none", () => {
  const session = { key: "a", service: null, start: 0, end: 1, score: 2, anomalous: true };
  const labels: Labels = { by: "key", labels: [{ key: "a", anomalous: true, kind: "" }] };
  assert.deepEqual(silencedAlarms([session], labels, () => true), { falseAlarms: 0, right: 1, lost: null });
});
