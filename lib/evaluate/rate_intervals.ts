/**
 * How far rates could lie off by the chance that chose the windows.
 *
 * @module
 */
import { seededRandom } from "../detector/seeded_random.ts";
import type { JudgedTruth } from "./matched_labels.ts";
import { type Confusion, type Rates, ratesOf } from "./rates.ts";

/** From … to. */
export type Interval = readonly [low: number, high: number];

/** Intervals of {@linkcode Rates}. */
export type RateIntervals = Record<"precision" | "recall" | "f1" | "falseAlarmRate", Interval>;

/** How {@linkcode rateIntervals} goes about it. */
export interface IntervalOptions {
  /** Share of such intervals that hold the truth, 0–1; default 0.95. */
  level?: number;
  /** Samples that are drawn; default 1,000. */
  samples?: number;
  /** Blocks at the most; default 500. */
  blocks?: number;
  /** Default 0. */
  seed?: number;
}

/** Lengths of stretches that keep together what happens together, in windows, where there are enough of them. */
const BLOCK_LENGTH = 12;

/**
 * Bootstrap intervals: stretches of windows that follow each other in time are drawn anew with replacement (alarms come in
 * groups, so single windows would promise too much); where nothing has a time, each stands for itself as far as the number of
 * blocks allows.
 *
 * @returns `null` where there are fewer than two blocks to draw from.
 * @see Künsch, "The Jackknife and the Bootstrap for General Stationary Observations", Annals of Statistics 17, 1989
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rateIntervals } from "./rate_intervals.ts";
 *
 * const judged = Array.from({ length: 40 }, (_, i) => {
 *   return { score: 0, start: NaN, anomalous: i % 4 === 0, called: i % 8 === 0 };
 * });
 * const [low, high] = rateIntervals(judged)!.recall; // 5 of 10 were found
 * assert(low > .1 && low < .5 && high > .5 && high < .9);
 * ```
 */
export function rateIntervals(
  judged: readonly JudgedTruth[],
  options: IntervalOptions = {},
): RateIntervals | null {
  const { level = 0.95, samples = 1000, blocks: limit = 500, seed = 0 } = options;
  const blocks = blocksOf(judged, limit);
  if (blocks.length < 2) return null;
  const random = seededRandom(seed), drawn: Rates[] = [];
  for (let sample = 0; sample < samples; sample++) drawn.push(ratesOf(drawOf(blocks, random)));
  const interval = (rate: keyof RateIntervals): Interval => {
    const values = drawn.map((rates) => rates[rate]).sort((a, b) => a - b), outside = (1 - level) / 2;
    const at = (share: number) => values[Math.round(share * (samples - 1))];
    return [at(outside), at(1 - outside)];
  };
  return {
    precision: interval("precision"),
    recall: interval("recall"),
    f1: interval("f1"),
    falseAlarmRate: interval("falseAlarmRate"),
  };
}

/** The confusion of each stretch, in order of time. */
function blocksOf(judged: readonly JudgedTruth[], limit: number): Confusion[] {
  const timed = judged.length > 0 && judged.every(({ start }) => !Number.isNaN(start));
  const ordered = timed ? judged.toSorted((a, b) => a.start - b.start) : judged;
  const least = timed ? Math.min(BLOCK_LENGTH, Math.ceil(judged.length / 20)) : 1;
  const length = Math.max(least, Math.ceil(judged.length / limit));
  const blocks: Confusion[] = [];
  for (let from = 0; from < ordered.length; from += length) {
    blocks.push(confusionOf(ordered.slice(from, from + length)));
  }
  return blocks;
}

function confusionOf(judged: readonly JudgedTruth[]): Confusion {
  const sum = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  for (const { anomalous, called } of judged) {
    if (anomalous) sum[called ? "truePositives" : "falseNegatives"]++;
    else sum[called ? "falsePositives" : "trueNegatives"]++;
  }
  return sum;
}

function drawOf(blocks: readonly Confusion[], random: () => number): Confusion {
  const sum = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[Math.floor(random() * blocks.length)];
    sum.truePositives += block.truePositives;
    sum.falsePositives += block.falsePositives;
    sum.falseNegatives += block.falseNegatives;
    sum.trueNegatives += block.trueNegatives;
  }
  return sum;
}
