import assert from "node:assert/strict";
import { compareThresholds } from "../../lib/threshold/compare_thresholds.ts";
import { ALL_THRESHOLD_RULES } from "../../lib/threshold/registry.ts";

const ones = (length: number) => new Float64Array(length).fill(1);
const upTo = (length: number) => Float64Array.from({ length }, (_, i) => i + 1);

Deno.test("compareThresholds() has a row for every rule, judged on windows that it didn't see", () => {
  const heldBack = { scores: Float64Array.of(500, 995), weights: Float64Array.of(90, 10) };
  const rows = compareThresholds(upTo(999), ones(999), {
    windowsPerDay: 100,
    heldBack,
    settings: { level: .99, k: 1, budget: 1 },
  });
  assert.deepEqual(rows.map(({ rule }) => rule), ALL_THRESHOLD_RULES.map(({ name }) => name));
  const [budget, quantile] = rows;
  assert.deepEqual([quantile.threshold, quantile.nominal, quantile.realised], [990, .01, .1]);
  assert.equal(quantile.alertsPerWeek, 70);
  assert(quantile.interval!.low > .05 && quantile.interval!.high < .17);
  assert.deepEqual([budget.threshold, budget.nominal], [990, .01]);
});

Deno.test("compareThresholds() shows a refusal as a row", () => {
  const refused = compareThresholds(Float64Array.of(0, 1), Float64Array.of(99, 1), { windowsPerDay: 10 })
    .filter(({ threshold }) => threshold === null);
  assert.deepEqual(refused.map(({ rule }) => rule), ["mad", "best-f-beta"]);
  for (const { note, realised, interval, alertsPerWeek } of refused) {
    assert.match(note, /^Cannot choose a threshold by /);
    assert.deepEqual([realised, interval, alertsPerWeek], [null, null, null]);
  }
});

Deno.test("compareThresholds() gives labels to the rule that asks for them, and only normal windows to the others", () => {
  const labels = Uint8Array.from({ length: 100 }, (_, i) => i >= 90 ? 1 : 0);
  const rows = compareThresholds(upTo(100), ones(100), {
    windowsPerDay: 10,
    labels,
    settings: { level: .9 },
  });
  const line = (rule: string) => rows.find((row) => row.rule === rule)!;
  assert.equal(line("best-f-beta").threshold, 90.5);
  assert.equal(line("best-f-beta").realised, 0);
  assert.equal(line("quantile").threshold, 82); // the 9th largest of 90
  assert.equal(line("quantile").realised, 8 / 90);
});

Deno.test("compareThresholds() passes on what is really wrong", () => {
  assert.throws(() => compareThresholds(upTo(9), ones(9), { windowsPerDay: 0 }), RangeError);
  assert.throws(
    () => compareThresholds(upTo(9), ones(9), { windowsPerDay: 1, settings: { level: 2 } }),
    RangeError,
  );
});
