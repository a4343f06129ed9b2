/**
 * Whether a stream is still what its model was trained for.
 *
 * @module
 */
import { populationStability, SHIFTED } from "../evaluate/population_stability.ts";
import { numberText, percentText } from "../table/figures.ts";
import type { DayReading } from "./readings.ts";

/** Something that is watched. */
export interface DriftMonitor {
  what: "scores" | "unseen" | "unparsed" | "volume";
  /** Then and now: shares for `unseen` and `unparsed`, records a day for `volume`; for `scores` 0 and the index (PSI). */
  before: number;
  now: number;
  drifted: boolean;
  /** In words. */
  text: string;
}

/** What is known of a stream's drift. */
export interface Drift {
  /** Whole days that were compared with as many right behind training, which are others; 0 = there are not enough yet. */
  days: number;
  /** The last of them, ms, midnight UTC; NaN without any. */
  last: number;
  monitors: DriftMonitor[];
}

/** Days that are compared at the most: a week, so that weekdays don't count. */
const DAYS = 7;
/** Windows that either side must have for their scores to be compared. */
const LEAST_WINDOWS = 100;
/** Share of records with templates that training has not seen: so much, and so many times that of before, is drift. */
const UNSEEN = { share: 0.05, times: 3 };
/** So much more of the records than before can't be read. */
const UNPARSED = 0.05;
/** So many times the records of before, or that part of them. */
const VOLUME = 2;

/**
 * Compares the last whole days of a stream with the first ones behind its training: scores (population stability index), records
 * with unseen templates, records that were not understood, and how many there are.
 *
 * @param readings Days under models of one training, earliest first; the last one is not over.
 *
 * @example Twice as much is read since yesterday, and half of it is new
 * ```ts
 * import assert from "node:assert/strict";
 * import { driftOf } from "./drift.ts";
 *
 * const day = (day: number, read: number, unseen: number) =>
 *   ({ day: day * 86_400_000, windows: 288, records: read, scores: [200, 88], read, unseen, unparsed: 0 });
 * const { days, monitors } = driftOf([day(0, 1000, 1), day(1, 1000, 2), day(2, 2500, 900), day(3, 50, 0)]);
 * assert.deepEqual([days, monitors.filter(({ drifted }) => drifted).map(({ what }) => what)], [1, ["unseen", "volume"]]);
 * ```
 */
export function driftOf(readings: readonly DayReading[]): Drift {
  const whole = readings.slice(1, -1); // training ends within the first day
  const days = Math.min(DAYS, Math.floor(whole.length / 2));
  if (days === 0) return { days, last: NaN, monitors: [] };
  const before = sumOf(whole.slice(0, days)), now = sumOf(whole.slice(-days));
  const monitors = [
    scores(before, now),
    unseen(before, now),
    unparsed(before, now),
    volume(before, now, days),
  ];
  return { days, last: whole.at(-1)!.day, monitors: monitors.filter((one) => one !== null) };
}

type Sums = Omit<DayReading, "day">;

function sumOf(days: readonly DayReading[]): Sums {
  const sum = (value: (day: DayReading) => number) => days.reduce((total, day) => total + value(day), 0);
  return {
    ...{ windows: sum(({ windows }) => windows), records: sum(({ records }) => records) },
    ...{ read: sum(({ read }) => read), unseen: sum(({ unseen }) => unseen) },
    unparsed: sum(({ unparsed }) => unparsed),
    scores: days[0].scores.map((_, bin) => sum(({ scores }) => scores[bin] ?? 0)),
  };
}

function scores(before: Sums, now: Sums): DriftMonitor | null {
  if (Math.min(before.windows, now.windows) < LEAST_WINDOWS) return null;
  const stability = populationStability(before.scores, now.scores);
  if (stability === null) return null;
  const { psi, chance } = stability, drifted = psi > SHIFTED + chance;
  const text = `scores: PSI ${numberText(psi, 2)}, from ${SHIFTED} on much has shifted`;
  return { what: "scores", before: 0, now: psi, drifted, text };
}

function unseen(before: Sums, now: Sums): DriftMonitor | null {
  if (now.read === 0) return null;
  const [then, present] = [before, now].map(({ unseen, read }) => unseen / Math.max(1, read));
  const drifted = present >= UNSEEN.share && present >= UNSEEN.times * then;
  const text = `${percentText(present)} of the records have templates that training has not seen, ${
    percentText(then)
  } before`;
  return { what: "unseen", before: then, now: present, drifted, text };
}

function unparsed(before: Sums, now: Sums): DriftMonitor | null {
  if (now.read === 0) return null;
  const [then, present] = [before, now].map(({ unparsed, read }) => unparsed / Math.max(1, read));
  const text = `${percentText(present)} of the records were not understood, ${percentText(then)} before`;
  return { what: "unparsed", before: then, now: present, drifted: present >= then + UNPARSED, text };
}

function volume(before: Sums, now: Sums, days: number): DriftMonitor {
  const [then, present] = [before, now].map(({ records }) => records / days);
  const drifted = present > VOLUME * then || present < then / VOLUME;
  const text = `${numberText(Math.round(present))} records a day, ${numberText(Math.round(then))} before`;
  return { what: "volume", before: then, now: present, drifted, text };
}
