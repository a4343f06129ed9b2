import assert from "node:assert/strict";
import fc from "fast-check";
import {
  chosenLines,
  STORY_MARKS,
  type StoryCandidate,
  type StoryMark,
} from "../../../lib/model/story/story_lines.ts";

const at = (time: number, mark: StoryMark, more: Partial<StoryCandidate> = {}): StoryCandidate => ({
  ...{ place: `0:${time}`, time, severity: 9, kind: `k${time}`, mark, weight: 0 },
  ...more,
});
const toldTimes = (candidates: StoryCandidate[], limit: number) =>
  chosenLines(candidates, limit).map(({ candidate }) => candidate.time);

Deno.test("chosenLines() tells a record once, with all that makes it worth telling", () => {
  const [{ marks }] = chosenLines([at(1, "rare"), at(1, "burst begins"), at(1, "first of its kind")], 5);
  assert.deepEqual(marks, ["rare", "burst begins"]);
});

Deno.test("chosenLines() tells two of a kind before a third, and what only fills no sooner than needed", () => {
  const same = [1, 2, 3].map((time) => at(time, "burst begins", { kind: "a" }));
  assert.deepEqual(toldTimes([...same, at(4, "rare")], 3), [1, 2, 4]);
  const fills = [10, 11, 12, 13, 14, 15].map((time) => at(time, "first of its kind"));
  assert.deepEqual(toldTimes([...same, ...fills], 20), [1, 2, 3, 10, 11]);
  assert.deepEqual(toldTimes(fills, 20).length, 5);
});

Deno.test("chosenLines() prefers what tells more, and of equal marks the weightier and the more severe", () => {
  const five = [1, 2, 3, 4, 5].map((time) => at(time, "rare"));
  assert.ok(toldTimes([...five, at(9, "first ever seen")], 5).includes(9));
  assert.ok(toldTimes([...five, at(9, "rare", { weight: 0.5 })], 5).includes(9));
  assert.ok(toldTimes([...five, at(9, "rare", { severity: 17 })], 5).includes(9));
});

Deno.test("chosenLines() always has the worst symptom and the earliest rare record, whatever else there is", () => {
  const candidate = fc.record({
    time: fc.integer({ min: 0, max: 50 }),
    mark: fc.constantFrom(...STORY_MARKS.filter((mark) => mark !== "worst symptom")),
    weight: fc.double({ min: 0, max: 1, noNaN: true }),
    severity: fc.integer({ min: 0, max: 24 }),
    kind: fc.constantFrom("a", "b", "c"),
  }).map((one) => ({ ...one, place: `0:${one.time}` }));
  fc.assert(fc.property(fc.array(candidate), fc.integer({ min: 2, max: 20 }), (some, limit) => {
    const worst = at(25, "worst symptom"), told = toldTimes([worst, ...some], limit);
    assert.ok(told.includes(25) && told.length <= limit);
    assert.deepEqual(told, told.toSorted((a, b) => a - b));
    const rare = some.filter(({ mark }) => mark === "rare" || mark === "first ever seen");
    if (rare.length > 0) assert.ok(told.includes(Math.min(...rare.map(({ time }) => time))));
  }));
});
