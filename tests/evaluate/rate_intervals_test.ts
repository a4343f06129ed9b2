import assert from "node:assert/strict";
import fc from "fast-check";
import { type RateIntervals, rateIntervals } from "../../lib/evaluate/rate_intervals.ts";
import { ratesOf } from "../../lib/evaluate/rates.ts";

const one = (anomalous: boolean, called: boolean, start = NaN) => ({ score: 0, start, anomalous, called });
const width = ([low, high]: readonly [number, number]) => high - low;

Deno.test("rateIntervals() gives the same for the same seed, and something else for another", () => {
  const judged = Array.from({ length: 200 }, (_, i) => one(i % 7 === 0, i % 5 === 0));
  assert.deepEqual(rateIntervals(judged, { seed: 4 }), rateIntervals(judged, { seed: 4 }));
  assert.notDeepEqual(rateIntervals(judged, { seed: 4 }), rateIntervals(judged, { seed: 5 }));
});

Deno.test("rateIntervals() says nothing of one block", () => {
  assert.equal(rateIntervals([]), null);
  assert.equal(rateIntervals([one(true, true)]), null);
});

Deno.test("rateIntervals() is wider where alarms come in groups than where they are spread", () => {
  const judged = (called: (i: number) => boolean) =>
    Array.from({ length: 1200 }, (_, i) => one(false, called(i), i));
  const grouped = rateIntervals(judged((i) => i < 60))!, spread = rateIntervals(judged((i) => i % 20 === 0))!;
  assert.ok(width(grouped.falseAlarmRate) > 2 * width(spread.falseAlarmRate));
});

Deno.test("rateIntervals() is about as wide as the binomial one where nothing has a time", () => {
  const judged = Array.from({ length: 400 }, (_, i) => one(true, i % 4 !== 0));
  const [low, high] = rateIntervals(judged)!.recall; // .75 ± 1.96 · sqrt(.75 · .25 / 400) = ± .042
  assert.ok(Math.abs(low - .708) < .012 && Math.abs(high - .792) < .012, `${low} ${high}`);
});

Deno.test("rateIntervals() holds the rates themselves, whatever they are", () => {
  const any = fc.array(fc.record({ anomalous: fc.boolean(), called: fc.boolean() }), {
    minLength: 40,
    maxLength: 300,
  });
  fc.assert(
    fc.property(any, (cases) => {
      const judged = cases.map(({ anomalous, called }) => one(anomalous, called));
      const count = (anomalous: boolean, called: boolean) =>
        cases.filter((one) => one.anomalous === anomalous && one.called === called).length;
      const rates = ratesOf({
        truePositives: count(true, true),
        falsePositives: count(false, true),
        falseNegatives: count(true, false),
        trueNegatives: count(false, false),
      });
      const intervals = rateIntervals(judged, { samples: 400 })!;
      return Object.entries(intervals).every(([name, [low, high]]) => {
        const rate = rates[name as keyof RateIntervals];
        return low <= rate + .02 && rate <= high + .02;
      });
    }),
    { numRuns: 20 },
  );
});
