import assert from "node:assert/strict";
import { judgedOf, scoreOf } from "../../../lib/ensemble/session_values/judged.ts";
import { RecentValues } from "../../../lib/ensemble/session_values/recent.ts";
import type { SlotLine } from "../../../lib/ensemble/session_values/slot_line.ts";

/** Usually 100, at most 200; a single one is anomalous above 1000, the middle one of five above 500. */
const LINE: SlotLine = {
  ...{ template: 1, slot: "in", since: -1, kind: 3 },
  ...{ middle: 100, level: Math.log1p(2), line: Math.log1p(10), upper: 130, high: 180, usual: 200 },
  run: { level: Math.log1p(1.5), line: Math.log1p(5), usual: 150 },
};

function judged(value: number, recent: number[] | null, line = LINE) {
  const last = recent && new RecentValues(recent);
  return judgedOf({ template: 1, slot: "in", since: -1, kind: 3, value }, 7, { line, recent: last });
}

Deno.test("judgedOf() measures how far a value is on the way to its line", () => {
  assert.equal(judged(1000, null).excess, 1);
  assert.equal(judged(200, null).excess, 0);
  assert(judged(100, null).excess < 0);
  assert.deepEqual(judged(3000, null).shown, { value: 3000, usual: 200, isRun: false });
  assert.deepEqual([judged(3000, null).place, judged(3000, null).shift], [7, 0]);
});

Deno.test("judgedOf() finds what lasts below the line of a single value, where values are remembered", () => {
  const slow = [90, 600, 600, 600, 600];
  assert.deepEqual(judged(600, slow).shown, { value: 600, usual: 150, isRun: true });
  assert.equal(judged(600, null).shown.isRun, false);
  assert(judged(600, null).excess < 1);
  assert.equal(judged(600, slow, { ...LINE, run: null }).shown.isRun, false);
  assert.equal(judged(150, slow).shown.isRun, false); // its own value is usual
  assert.equal(judged(600, [600, 600, 90, 90, 90]).shown.isRun, false); // of the last five most are usual
});

Deno.test("judgedOf() lifts the line by as much as the last values are above training's", () => {
  const usual = Array(50).fill(100), slower = Array(50).fill(900);
  assert.equal(judged(1200, usual).shift, 0);
  assert(judged(1200, usual).excess > 1);
  assert.equal(judged(1200, slower).shift, Math.log1p(9) - Math.log1p(1.3));
  assert(judged(1200, slower).excess < 1);
});

Deno.test("scoreOf() is the greatest excess, and stays below 2", () => {
  assert.equal(scoreOf([]), 0);
  assert.equal(scoreOf([judged(100, null)]), 0);
  assert.equal(scoreOf([judged(100, null), judged(1000, null)]), 1);
  const [high, higher] = [judged(2000, null), judged(1e9, null)];
  assert.equal(scoreOf([high]), 2 - 1 / high.excess);
  assert(scoreOf([higher, high]) > scoreOf([high]) && scoreOf([higher]) < 2);
});
