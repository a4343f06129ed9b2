import assert from "node:assert/strict";
import { ratesOf } from "../../lib/evaluate/rates.ts";

Deno.test("ratesOf() divides nothing by 0", () => {
  const nothing = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  assert.deepEqual(ratesOf(nothing), { ...nothing, precision: 0, recall: 0, f1: 0, falseAlarmRate: 0 });
});

Deno.test("ratesOf() gives the false alarms' share of the normal ones", () => {
  const { falseAlarmRate, f1 } = ratesOf({
    truePositives: 2,
    falsePositives: 1,
    falseNegatives: 2,
    trueNegatives: 3,
  });
  assert.equal(falseAlarmRate, .25);
  assert.ok(Math.abs(f1 - 4 / 7) < 1e-12);
});
