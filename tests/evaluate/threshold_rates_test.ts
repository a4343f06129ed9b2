import assert from "node:assert/strict";
import fc from "fast-check";
import { ratesByThreshold } from "../../lib/evaluate/threshold_rates.ts";

Deno.test("ratesByThreshold() counts what scores more than each threshold", () => {
  const one = fc.record({ score: fc.constantFrom(-Infinity, 0, .5, 1, 2, 3), anomalous: fc.boolean() });
  fc.assert(fc.property(fc.array(one), (scored) => {
    const rates = ratesByThreshold(scored);
    const scores = new Set([...scored.map(({ score }) => score), -Infinity]);
    assert.deepEqual(rates.map(({ threshold }) => threshold), [...scores].sort((a, b) => b < a ? -1 : 1));
    for (
      const { threshold, truePositives, falsePositives, precision, recall, falseAlarmRate } of rates.filter((
        { threshold },
      ) => threshold > -Infinity)
    ) {
      const alarms = scored.filter(({ score }) => score > threshold),
        right = alarms.filter(({ anomalous }) => anomalous);
      assert.deepEqual([truePositives, falsePositives], [right.length, alarms.length - right.length]);
      assert.equal(precision, alarms.length === 0 ? 1 : right.length / alarms.length);
      const all = scored.filter(({ anomalous }) => anomalous).length, normal = scored.length - all;
      assert.equal(recall, all === 0 ? 0 : right.length / all);
      assert.equal(falseAlarmRate, normal === 0 ? 0 : falsePositives / normal);
    }
  }));
});
