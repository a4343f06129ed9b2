/**
 * What was judged, added up by day.
 *
 * @module
 */
import type { JudgedWindows } from "./judge.ts";

/** Upper bounds of the bins of scores, as multiples of the threshold; the last bin is open. */
export const SCORE_BINS: readonly number[] = [
  ...[0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.5, 2, 4],
];

const DAY = 86_400_000;

/** Windows that began on one day. */
export interface DayScores {
  windows: number;
  /** Records in them; one in several sessions counts in each. */
  records: number;
  /** How many had a score in each of {@linkcode SCORE_BINS}, and above the last of them. */
  scores: number[];
}

/**
 * Adds up windows by the day that they began on (ms, UTC, midnight); those without times are in none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { dayScores, SCORE_BINS } from "./day_scores.ts";
 * import { fitStream } from "./fit.ts";
 * import { learn } from "./learn.ts";
 * import { scanOnce } from "./scan_once.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const log = (...lines: string[]) => [stdinInput(new Blob(lines.map((line) => `2026-03-02T${line}\n`)).stream())];
 * const learned = await learn(streamSettings({ name: "web", window: 60_000 }), log("10:00:01 INFO fine", "10:01:02 INFO fine"));
 * const model = await fitStream(learned, { detectors: ["new-template"], threshold: { rule: "quantile", level: .99, k: 3 } });
 * const [[day, { windows, records, scores }]] = dayScores([await scanOnce(model, log("11:00:01 INFO fine", "11:01:01 ERROR disk full"))]);
 * assert.deepEqual([day, windows, records], [Date.UTC(2026, 2, 2), 2, 2]);
 * assert.deepEqual([scores[0], scores.length], [1, SCORE_BINS.length + 1]);
 * ```
 */
export function dayScores(judged: readonly JudgedWindows[]): Map<number, DayScores> {
  const days = new Map<number, DayScores>();
  for (const { windows, score, threshold } of judged) {
    for (let i = 0; i < windows.length; i++) {
      const start = windows.start[i];
      if (Number.isNaN(start) || windows.reopened[i] !== 0) continue; // what comes again has been counted
      const day = Math.floor(start / DAY) * DAY;
      const sums = days.get(day) ?? days.set(day, emptyDay()).get(day)!;
      sums.windows++;
      sums.records += windows.lines[i];
      sums.scores[binOf(score[i] / threshold)]++;
    }
  }
  return days;
}

function emptyDay(): DayScores {
  return { windows: 0, records: 0, scores: noScores() };
}

/** Counts of no window, by {@linkcode SCORE_BINS}. */
export function noScores(): number[] {
  return new Array(SCORE_BINS.length + 1).fill(0);
}

function binOf(score: number): number {
  const bin = SCORE_BINS.findIndex((bound) => score <= bound);
  return bin < 0 ? SCORE_BINS.length : bin;
}
