import assert from "node:assert/strict";
import { binned, durationText, timeChannel, utcText } from "../../lib/chart/time_axis.ts";

const titleOf = (start: number, end: number) =>
  (timeChannel("t", start, end).axis as { title: string }).title;

Deno.test("timeChannel() names the day where there is only one", () => {
  const day = Date.UTC(2026, 2, 1);
  assert.equal(titleOf(day, day + 86_400_000), "Time on 2026-03-01 (UTC)");
  assert.equal(titleOf(day, day + 86_400_001), "Time (UTC)");
});

Deno.test("durationText() uses the largest whole unit", () => {
  const texts = [1, 90_000, 300_000, 3_600_000, 172_800_000].map(durationText);
  assert.deepEqual(texts, ["1 ms", "90 s", "5 min", "1 h", "2 d"]);
});

Deno.test("utcText() gives minutes", () => {
  assert.equal(utcText(61_000), "1970-01-01 00:01");
});

Deno.test("binned() puts times before the epoch into the span they lie in", () => {
  const bins = binned([{ name: "a", time: -1, count: 1 }, { name: "a", time: 0, count: 2 }], 1000);
  assert.deepEqual([...bins!.counts.get("a")!], [[-1000, 1], [0, 2]]);
  assert.deepEqual([bins!.start, bins!.end], [-1000, 1000]);
});
