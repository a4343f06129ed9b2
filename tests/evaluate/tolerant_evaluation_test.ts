import assert from "node:assert/strict";
import { evaluateTolerantly } from "../../lib/evaluate/tolerant_evaluation.ts";

const hourly = (hour: number, anomalous: boolean, service = "web") => {
  return { key: `${service}@${hour}`, service, start: hour * 60, end: (hour + 1) * 60, score: 0, anomalous };
};
const label = { start: 5 * 60, end: 6 * 60, service: "web", anomalous: true, kind: "" };
const LABELS = { by: "span", labels: [label] } as const;
const day = (alarm: number, service = "web") =>
  Array.from({ length: 24 }, (_, hour) => [hourly(hour, false, "db"), hourly(hour, false)]).flat()
    .map((window) => ({ ...window, anomalous: window.service === service && window.start === alarm * 60 }));

Deno.test("evaluateTolerantly() forgives a window, and not two and a half", () => {
  const f1 = (alarm: number, tolerance?: number) => evaluateTolerantly(day(alarm), LABELS, tolerance)?.f1;
  assert.deepEqual([f1(5), f1(6), f1(4), f1(7), f1(3)], [1, 1, 1, 1, 1]); // an hour lies between 6 and 7
  assert.deepEqual([f1(8), f1(2)], [0, 0]);
  assert.deepEqual([f1(7, 0), f1(6, 0), f1(8, 120)], [0, 1, 1]);
});

Deno.test("evaluateTolerantly() doesn't take another service's alarm for it", () => {
  assert.equal(evaluateTolerantly(day(5, "db"), LABELS)?.f1, 0);
});

Deno.test("evaluateTolerantly() by key counts labelled windows only", () => {
  const labels = { by: "key", labels: [{ key: "web@5", anomalous: true, kind: "" }] } as const;
  const { precision, recall } = evaluateTolerantly([...day(6), hourly(30, true)], labels)!;
  assert.deepEqual([precision, recall], [0, 1]); // no alarm has a label; the labelled window has one beside it
});

Deno.test("evaluateTolerantly() can't be without times, or for sessions without a tolerance", () => {
  const session = { key: "s", service: null, start: 0, end: 9, score: 0, anomalous: true };
  assert.equal(evaluateTolerantly([{ ...session, start: NaN, end: NaN }], LABELS, 60), null);
  assert.equal(evaluateTolerantly([session], LABELS), null);
  assert.notEqual(evaluateTolerantly([session], LABELS, 60), null);
});
