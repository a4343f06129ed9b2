import assert from "node:assert/strict";
import { dayScores, noScores, SCORE_BINS } from "../../lib/model/day_scores.ts";
import type { JudgedWindows } from "../../lib/model/judge.ts";

const DAY = 86_400_000;

/** Judged windows of which only what is added up is there. */
function judged(rows: { start: number; score: number; lines?: number; reopened?: number }[]): JudgedWindows {
  const windows = {
    length: rows.length,
    start: Float64Array.from(rows, ({ start }) => start),
    lines: Int32Array.from(rows, ({ lines = 1 }) => lines),
    reopened: Uint8Array.from(rows, ({ reopened = 0 }) => reopened),
  };
  const score = Float64Array.from(rows, ({ score }) => score);
  return { windows, score, threshold: 1, anomalous: new Map(), again: [] } as unknown as JudgedWindows;
}

Deno.test("dayScores() puts each window into the day that it began on, but for those without times and those that come again", () => {
  const days = dayScores([
    judged([{ start: 5, score: 0, lines: 3 }, { start: DAY - 1, score: 9 }, { start: DAY, score: 0.42 }]),
    judged([{ start: NaN, score: 0 }, { start: 7, score: 0, reopened: 1 }, { start: -1, score: 1 }]),
  ]);
  assert.deepEqual([...days.keys()], [0, DAY, -DAY]);
  assert.deepEqual([days.get(0)!.windows, days.get(0)!.records], [2, 4]);
  const binsOf = (day: number) => days.get(day)!.scores.flatMap((count, bin) => new Array(count).fill(bin));
  assert.deepEqual([binsOf(0), binsOf(DAY)], [[0, SCORE_BINS.length], [SCORE_BINS.indexOf(0.5)]]);
  assert.deepEqual(binsOf(-DAY), [SCORE_BINS.indexOf(1)]); // as high as the threshold is not above it
  assert.equal(noScores().length, SCORE_BINS.length + 1);
});
