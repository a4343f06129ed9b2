import assert from "node:assert/strict";
import fc from "fast-check";
import { TimeRanges } from "../../../lib/source/elasticsearch/time_ranges.ts";

Deno.test("TimeRanges cover a span without gap and overlap, whatever they learn", () => {
  const found = fc.array(fc.nat({ max: 20_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(
      fc.nat({ max: 100_000 }),
      fc.double({ min: 0, max: 50_000, noNaN: true }),
      found,
      (to, width, found) => {
        const ranges = new TimeRanges({ from: 0, to }, width);
        let at = 0;
        for (let range = ranges.next(), i = 0; range !== null; range = ranges.next(), i++) {
          assert.equal(range.from, at);
          assert.ok(range.to > range.from && Number.isInteger(range.to));
          at = range.to;
          ranges.learn(range, { found: found[i % (found.length + 1)] ?? 0, wanted: 4000 });
        }
        assert.equal(at, to);
      },
    ),
  );
});

Deno.test("TimeRanges come to hold about as many documents as are wanted, where these are even", () => {
  const to = 1_000_000;
  for (const width of [1, 10, to / 10]) {
    const ranges = new TimeRanges({ from: 0, to }, width), counts: number[] = [];
    for (let range = ranges.next(); range !== null; range = ranges.next()) {
      const found = 3 * (range.to - range.from);
      counts.push(found);
      ranges.learn(range, { found, wanted: 4000 });
    }
    const settled = counts.slice(8, -1);
    assert.ok(settled.length > 100 && settled.every((count) => Math.abs(count - 4000) < 10), `${settled}`);
  }
});
