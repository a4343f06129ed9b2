import assert from "node:assert/strict";
import fc from "fast-check";
import { type Category, CATEGORY_NAMES } from "../../../lib/explain/meaning/category.ts";
import { loadMeaningReader } from "../../../lib/explain/meaning/load_meaning_reader.ts";
import { type MeaningInTime, rankCauses } from "../../../lib/explain/meaning/rank_causes.ts";

const reader = await loadMeaningReader();

/** A template of an incident, first seen at that second. */
const seen = (text: string, second: number | null, severity = 17) => ({
  text,
  meaning: reader.read(text, { severity }),
  firstSeen: second === null ? null : second * 1_000,
  severity,
});

const order = (items: ReturnType<typeof seen>[]) => rankCauses(items).map(({ item }) => item.text);

Deno.test("rankCauses() puts the full disk before the write and the request that failed by it", () => {
  const full = seen("no space left on device /srv", 0),
    failed = seen("upstream store unavailable, giving up after <*> retries", 5),
    timeout = seen("request timed out after <*> ms", 9);
  assert.deepEqual(order([timeout, failed, full]), [full.text, failed.text, timeout.text]);
});

Deno.test("rankCauses() keeps dependence over seconds that clocks of several machines differ by", () => {
  const timeout = seen("request timed out after <*> ms", 0), full = seen("no space left on device /srv", 1);
  const late = seen("session <*> timed out", 60);
  assert.deepEqual(order([timeout, full, late])[0], full.text);
});

Deno.test("rankCauses() orders the same kind by time, then by severity", () => {
  const at = (second: number | null, severity: number) => seen("connection refused by <*>", second, severity);
  const early = at(1, 17), later = at(9, 17);
  assert.deepEqual(rankCauses([later, early]).map(({ item }) => item), [early, later]);
  const loud = at(null, 21), quiet = at(null, 13);
  assert.deepEqual(rankCauses([quiet, loud]).map(({ item }) => item), [loud, quiet]);
});

Deno.test("rankCauses() puts what reports no failure last", () => {
  const started = seen("server started successfully", 0, 9), refused = seen("request timed out", 9);
  assert.deepEqual(order([started, refused]), [refused.text, started.text]);
});

Deno.test("rankCauses() keeps every item once, in order of causality between 0 and 1", () => {
  const item: fc.Arbitrary<MeaningInTime> = fc.record({
    meaning: fc.record({
      category: fc.constantFrom<Category>(...CATEGORY_NAMES),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      known: fc.boolean(),
    }),
    firstSeen: fc.oneof(fc.constant(null), fc.constant(NaN), fc.integer()),
    severity: fc.integer({ min: 0, max: 24 }),
  });
  fc.assert(fc.property(fc.array(item, { maxLength: 12 }), (items) => {
    const ranked = rankCauses(items),
      normal = ({ meaning }: MeaningInTime) => meaning.known && meaning.category === "none";
    assert.deepEqual(new Set(ranked.map(({ item }) => item)), new Set(items));
    assert.equal(ranked.length, items.length);
    ranked.forEach(({ item, causality }, i) => {
      assert(causality >= 0 && causality <= 1);
      const before = ranked[i - 1];
      if (before && normal(before.item) === normal(item)) assert(before.causality >= causality);
      if (before) assert(!(normal(before.item) && !normal(item)));
    });
  }));
});
