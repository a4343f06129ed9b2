import assert from "node:assert/strict";
import fc from "fast-check";
import { type LevelCount, levelsOverTime } from "../../lib/chart/levels_over_time.ts";
import { LEVELS } from "../../lib/record/level.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 1);

function bars(rows: LevelCount[], size = HOUR) {
  const { data } = levelsOverTime(rows, { size }).spec as {
    data: { values: { time: number; end: number; level: string; from: number; to: number }[] };
  };
  return data.values;
}

Deno.test("levelsOverTime() stacks calm levels below severe ones and adds up equal spans", () => {
  const rows: LevelCount[] = [
    { time: START + 5, level: "error", count: 2 },
    { time: START, level: "info", count: 3 },
    { time: START + HOUR - 1, level: "info", count: 4 },
  ];
  assert.deepEqual(bars(rows), [
    { time: START, end: START + HOUR, level: "info", from: 0, to: 7 },
    { time: START, end: START + HOUR, level: "error", from: 7, to: 9 },
  ]);
});

Deno.test("levelsOverTime() draws as many records as it was given", () => {
  const row = fc.record({
    time: fc.integer({ min: START, max: START + 1e9 }),
    level: fc.constantFrom(...LEVELS),
    count: fc.nat(1000),
  });
  fc.assert(fc.property(fc.array(row, { minLength: 1 }), fc.integer({ min: 1, max: HOUR }), (rows, size) => {
    const drawn = bars(rows, size);
    assert.equal(
      drawn.reduce((sum, { from, to }) => sum + to - from, 0),
      rows.reduce((sum, { count }) => sum + count, 0),
    );
    assert.ok(new Set(drawn.map(({ time }) => time)).size <= 401);
    assert.ok(drawn.every(({ time, end }) => (end - time) % size === 0));
  }));
});

Deno.test("levelsOverTime() says where most errors are, and which rows have no time", () => {
  const chart = levelsOverTime([
    { time: START, level: "info", count: 5 },
    { time: START, level: "error", count: 1 },
    { time: START + HOUR, level: "fatal", count: 3 },
    { time: NaN, level: "info", count: 9 },
  ], { size: HOUR, title: "Shop" });
  assert.equal(
    chart.toText(),
    "Shop, 2026-03-01 00:00 to 2026-03-01 02:00 UTC: 9 records (info 5, error 1, fatal 3). " +
      "Most errors per 1 h: 3 from 2026-03-01 01:00. 1 row without a time left out.",
  );
});

Deno.test("levelsOverTime() of nothing is an empty chart, not an error", async () => {
  for (const rows of [[], [{ time: NaN, level: "info" as const, count: 1 }]]) {
    const chart = levelsOverTime(rows, { size: HOUR });
    assert.equal(chart.toText(), "Levels over time: no records with a time");
    assert.match(await chart.svg(), />no records with a time</);
  }
});

Deno.test("levelsOverTime() refuses an unknown level and a size that is none", () => {
  const rows = [{ time: START, level: "panic" as "fatal", count: 1 }];
  assert.throws(
    () => levelsOverTime(rows, { size: HOUR }),
    /^RangeError: Cannot chart levels: unknown level panic/,
  );
  for (const size of [0, -1, NaN, Infinity]) assert.throws(() => levelsOverTime([], { size }), RangeError);
});

Deno.test("levelsOverTime() points out a span, in the picture and in words", async () => {
  const rows = [0, 1, 2].map((hour) => ({ time: hour * 3_600_000, level: "info" as const, count: 5 }));
  const marked = { from: 3_600_000, to: 7_200_000, label: "</text><script>incident" };
  const chart = levelsOverTime(rows, { size: 3_600_000, marked });
  const svg = await chart.svg();
  assert.match(svg, /&lt;\/text&gt;&lt;script&gt;incident/);
  assert.doesNotMatch(svg, /<script/);
  assert.match(chart.toText(), /Marked: .*incident, 1970-01-01 01:00 to 1970-01-01 02:00 UTC\.$/);
  assert.doesNotMatch(levelsOverTime(rows, { size: 3_600_000 }).toText(), /Marked/);
});
