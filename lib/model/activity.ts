/**
 * What a run saw, for charts: records by level over time, scores over time.
 *
 * @module
 */
import type { CountVectors } from "../window/count_vectors.ts";
import { LEVEL_NAMES, levelOf } from "../window/symbol.ts";
import type { JudgedWindows } from "./judge.ts";

/** Records of one level in one span of time. */
export interface ActivityCount {
  /** Start of the span, ms. */
  time: number;
  /** `none`, `debug`, `info`, `warn`, `error` or `fatal`. */
  level: string;
  count: number;
}

/** A judged window as a chart shows it. */
export interface ActivityScore {
  start: number;
  score: number;
  threshold: number;
  anomalous: boolean;
}

/** Scores that are kept: the highest of each span of time, so that a long run stays small. */
const SPANS = 2000;
/** Count vectors whose sums are kept. */
const SUMMED = 512;

/**
 * Adds up judged windows by spans of time. Sessions count where they began. Windows without times are left out.
 *
 * @example Two records in one minute
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { ClosedRows } from "../window/closed_rows.ts";
 * import { CountVectors } from "../window/count_vectors.ts";
 * import { symbolOf } from "../window/symbol.ts";
 * import { Activity } from "./activity.ts";
 *
 * const services = new Dictionary(), rows = new ClosedRows(), vectors = new CountVectors();
 * const vector = vectors.intern([symbolOf(0, 9), symbolOf(1, 17)], [1, 1]); // an info and an error
 * rows.push({ kind: 1, service: services.internText("web"), start: 0, end: 60_000, lines: 2, vector, reopened: 0 });
 *
 * const activity = new Activity(60_000); // ms
 * activity.add({ windows: rows.finish(services), score: Float64Array.of(0.5), threshold: 1, anomalous: new Map(), again: [] }, vectors);
 * assert.deepEqual(activity.levels(), [
 *   { time: 0, level: "info", count: 1 },
 *   { time: 0, level: "error", count: 1 },
 * ]);
 * assert.deepEqual(activity.scores(), [{ start: 0, score: 0.5, threshold: 1, anomalous: false }]);
 * ```
 */
export class Activity {
  #size: number;
  #levels = new Map<number, Float64Array>();
  #scores = new Map<number, ActivityScore>();
  #summed = new Int32Array(SUMMED); // vector whose sums are in a slot
  #sums = new Float64Array(SUMMED * LEVEL_NAMES.length); // records by slot and level

  /** @param size Length of a span, ms; it doubles when there would be too many. */
  constructor(size: number) {
    this.#size = size;
  }

  /** Length of a span now, ms. */
  get size(): number {
    return this.#size;
  }

  /** Adds windows that were just judged. */
  add(judged: JudgedWindows, vectors: CountVectors): void {
    const { windows, score, threshold } = judged;
    let cell = NaN, counts: Float64Array = new Float64Array(), highest: ActivityScore | undefined;
    this.#summed.fill(-1); // numbers of vectors hold for one call
    for (let i = 0; i < windows.length; i++) {
      const start = windows.start[i], vector = windows.vector[i];
      if (Number.isNaN(start) || windows.reopened[i] !== 0) continue;
      if (Math.floor(start / this.#size) !== cell) {
        cell = Math.floor(start / this.#size);
        counts = this.#countsOf(cell);
        highest = this.#scores.get(cell);
      }
      this.#addLevels(counts, vector, vectors);
      if (highest !== undefined && !(score[i] > highest.score)) continue;
      highest = { start, score: score[i], threshold, anomalous: judged.anomalous.has(i) };
      this.#scores.set(cell, highest);
    }
    while (this.#scores.size > SPANS || this.#levels.size > SPANS) this.#widen();
  }

  /** Records by span and level, earliest first. */
  levels(): ActivityCount[] {
    return [...this.#levels].sort(([a], [b]) => a - b).flatMap(([cell, counts]) =>
      LEVEL_NAMES.map((level, i) => ({ time: cell * this.#size, level, count: counts[i] })).filter((
        { count },
      ) => count > 0)
    );
  }

  /** The highest score of each span, earliest first. */
  scores(): ActivityScore[] {
    return [...this.#scores.values()].sort((a, b) => a.start - b.start);
  }

  /** Adds the records of a count vector by level; the sums of recent vectors are kept, for most windows have one of a few. */
  #addLevels(counts: Float64Array, vector: number, vectors: CountVectors): void {
    // for (let i = 0; i < pairs.length; i += 2) counts[levelOf(pairs[i])] += pairs[i + 1];
    const slot = vector % SUMMED, from = slot * LEVEL_NAMES.length, sums = this.#sums;
    if (this.#summed[slot] !== vector) {
      const pairs = vectors.pairs(vector);
      sums.fill(0, from, from + LEVEL_NAMES.length);
      for (let i = 0; i < pairs.length; i += 2) sums[from + levelOf(pairs[i])] += pairs[i + 1];
      this.#summed[slot] = vector;
    }
    for (let level = 0; level < counts.length; level++) counts[level] += sums[from + level];
  }

  #countsOf(cell: number): Float64Array {
    let counts = this.#levels.get(cell);
    if (counts === undefined) this.#levels.set(cell, counts = new Float64Array(LEVEL_NAMES.length));
    return counts;
  }

  #addScore(score: ActivityScore): void {
    const cell = Math.floor(score.start / this.#size), highest = this.#scores.get(cell);
    if (highest === undefined || score.score > highest.score) this.#scores.set(cell, score);
  }

  #widen(): void {
    const levels = [...this.#levels], scores = [...this.#scores.values()];
    this.#size *= 2;
    this.#levels.clear();
    this.#scores.clear();
    for (const [cell, counts] of levels) {
      const sums = this.#countsOf(Math.floor(cell / 2));
      counts.forEach((count, i) => sums[i] += count);
    }
    for (const score of scores) this.#addScore(score);
  }
}
