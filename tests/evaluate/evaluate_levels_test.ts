import assert from "node:assert/strict";
import { evaluateLevels } from "../../lib/evaluate/evaluate_levels.ts";
import { evaluateVerdicts } from "../../lib/evaluate/evaluate_verdicts.ts";

const session = (key: string, anomalous: boolean, start = NaN) => {
  return { key, service: null, start, end: start + 10, score: anomalous ? 2 : 0, anomalous };
};
const labels = (kind: string) => {
  return { by: "key", labels: ["a", "b", "c"].map((key, i) => ({ key, anomalous: i === 0, kind })) } as const;
};

Deno.test("evaluateLevels() holds the strict figures as they were", () => {
  const windows = [session("a", true), session("b", true), session("c", false)], truth = labels("crash");
  const strict = evaluateVerdicts(windows, truth), levels = evaluateLevels(windows, truth);
  assert.deepEqual({ ...levels, ...strict }, levels);
  assert.equal(levels.incidents.found, 1);
});

Deno.test("evaluateLevels() says what can't be computed", () => {
  const notes = (windows: ReturnType<typeof session>[], kind: string) =>
    evaluateLevels(windows, labels(kind)).notes;
  assert.match(notes([session("a", true)], "").join(), /no times.*sessions without kinds/);
  assert.match(notes([session("a", true, 0)], "crash").join(), /^tolerance in time/);
  const window = { key: "a", service: "web", start: 0, end: 60, score: 1, anomalous: true };
  assert.deepEqual(evaluateLevels([window], labels("crash")).notes, []);
});
