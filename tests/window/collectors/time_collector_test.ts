import assert from "node:assert/strict";
import fc from "fast-check";
import { LogBatch } from "../../../lib/record/log_batch.ts";
import { MOST_TIMED, TimeCollector } from "../../../lib/window/collectors/time_collector.ts";
import type { TimeFact } from "../../../lib/window/time_fact.ts";

const KNOWN = 100, collector = new TimeCollector(KNOWN);

type Event = [template: number, time: number];

/** The fact of these events, in this order. */
function collected(events: readonly Event[]): TimeFact | undefined {
  const batch = new LogBatch();
  let fact: TimeFact | undefined;
  for (const [template, time] of events) {
    [batch.template[0], batch.timestamp[0]] = [template, time];
    fact = collector.add(fact, batch, 0);
  }
  return fact;
}

const events = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: KNOWN + 3 }),
    fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(NaN)),
  ),
  { maxLength: 150, size: "max" },
) as fc.Arbitrary<Event[]>;

Deno.test("TimeCollector.add() notes the first and last time of each template that training knew", () => {
  assert.deepEqual(collected([[7, 30], [3, 20], [7, 10], [7, 20], [KNOWN, 5], [2, NaN]]), [
    3,
    20,
    20,
    7,
    10,
    30,
  ]);
  assert.equal(collected([[KNOWN, 5], [2, NaN]]), undefined);
  assert.deepEqual([collector.concerns(KNOWN - 1), collector.concerns(KNOWN)], [true, false]);
});

Deno.test("TimeCollector notes the same in whatever order records come, and wherever they are parted and merged", () => {
  fc.assert(
    fc.property(events, fc.integer({ min: 0, max: 150 }), (events, border) => {
      const once = collected(events),
        a = collected(events.slice(0, border)),
        b = collected(events.slice(border));
      assert.deepEqual(collected(events.toReversed()), once);
      if (a === undefined || b === undefined) return assert.deepEqual(a ?? b, once);
      const before = structuredClone([a, b]);
      assert.deepEqual(collector.merge(a, b), once);
      assert.deepEqual(collector.merge(b, a), once);
      assert.deepEqual([a, b], before);
    }),
    { numRuns: 300 },
  );
});

Deno.test("TimeCollector keeps the templates with the least numbers of a session that has very many", () => {
  const fact = collected(Array.from({ length: KNOWN }, (_, i) => [KNOWN - 1 - i, i] as Event))!;
  assert.equal(fact.length, 3 * MOST_TIMED);
  assert.deepEqual(fact.filter((_, i) => i % 3 === 0), [...Array(MOST_TIMED).keys()]);
});

Deno.test("TimeCollector.load() gives back what was saved, with templates in their new numbers", () => {
  const fact = collected([[1, 10.25], [2, 20], [1, 30]])!,
    saved = JSON.parse(JSON.stringify(collector.save(fact)));
  assert.deepEqual(collector.load(saved), fact);
  assert.deepEqual(collector.load(saved, Int32Array.of(0, 9, 4)), [4, 20, 20, 9, 10.25, 30]);
  assert.deepEqual(collector.load(saved, Int32Array.of(0, 5, 5)), [5, 10.25, 30]); // they are one template now
  for (const wrong of [null, {}, [1], [1, 2, "3"], [1, 2, null]]) {
    assert.throws(() => collector.load(wrong), /^TypeError: Cannot restore times: /);
  }
});
