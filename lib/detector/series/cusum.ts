/**
 * `cusum`: a rate that creeps up.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import type { Part } from "../part.ts";
import { SeasonalSums } from "./seasonal_sums.ts";
import {
  hourOf,
  type Outcome,
  type SeriesDetector,
  type SeriesDetectorKind,
  type SeriesOptions,
  windowsPerDay,
} from "./series_detector.ts";
import { ALL_EVENTS, TemplateTable } from "./template_table.ts";
import { weightedParts } from "./weighted_parts.ts";

/** Days in which half of a rate is forgotten. */
const HALF_LIFE = 2;
/** Events per window of a template whose rate can be followed. */
const LEAST_MEAN = 0.1;
/** Standard deviations taken off in each window, and counted at the most. */
const SLACK = 0.5, CLIP = 3;
/** A count that is learned is no more than this multiple of the rate, or this. */
const LARGEST = { multiple: 10, count: 5 };
/** Days of a service before it can be judged, and windows of it, and of each template, at the least. */
const LEAST = { days: 2, windows: 24 };
/** Hours in which half of what is lately is forgotten, and the share of what usually comes that makes a rise of all. */
const LATELY = .25, MANY = .25;
/** Standard deviations that a count exceeds in that share of windows in which nothing rises: that of a normal distribution. */
const CHANCE = .674;
/**
 * Numbers of a row: rate, squared Pearson residual, sum, windows; the counts of late, and what was expected; since the sum rose
 * above 0, windows, events and what was expected.
 */
const MEAN = 0, SPREAD = 1, SUM = 2, WINDOWS = 3, COUNT = 4, EXPECTED = 5, RUN = 6, WIDTH = 9;

interface CusumState {
  table: TemplateTable;
  /** One row for all events: the season that rates follow. */
  season: SeasonalSums;
}

class Cusum implements SeriesDetector<CusumState> {
  readonly kind = "cusum";
  readonly #options: SeriesOptions;
  readonly #perDay: number;
  readonly #rate: number;
  readonly #lately: number;
  readonly #least: number;

  constructor(options: SeriesOptions) {
    this.#options = options;
    this.#perDay = windowsPerDay(options.windowMs);
    this.#least = Math.max(LEAST.windows, Math.ceil(LEAST.days * this.#perDay));
    this.#rate = 1 - 0.5 ** (1 / (HALF_LIFE * this.#perDay));
    this.#lately = 1 - 0.5 ** (24 / (LATELY * this.#perDay));
  }

  start(): CusumState {
    const season = new SeasonalSums(0);
    season.table.open(ALL_EVENTS);
    return { table: new TemplateTable(WIDTH), season };
  }

  missing({ season }: CusumState): number {
    return Math.max(0, this.#least - Math.floor(season.windows));
  }

  score(state: CusumState, window: EventWindow): number {
    let score = 0;
    this.#eachSum(state, window, (_, sum) => score = Math.max(score, sum));
    return score;
  }

  explain(state: CusumState, window: EventWindow): Part[] {
    const telling: Parameters<typeof weightedParts>[0][number][] = [];
    this.#eachSum(state, window, (row, sum, actual, expected) => {
      const { templates, values } = state.table, run = row * WIDTH + RUN;
      telling.push({
        kind: "template",
        template: templates[row],
        weight: sum ** 3,
        actual: values[run + 1] + actual,
        expected: values[run + 2] + expected,
        ...(values[run] > 0 ? { span: (values[run] + 1) * this.#options.windowMs } : {}),
        text: "has been rising",
      });
    });
    return weightedParts(telling);
  }

  step(state: CusumState, window: EventWindow, { fired }: Outcome): void {
    const { table, season } = state, { values } = table, shape = shapeAt(season, hourOf(window));
    const sums = new Float64Array(table.length);
    this.#eachSum(state, window, (row, sum, count, mean) => {
      sums[row] = sum;
      run(values, row, count, mean);
    });
    const counts = this.#counts(state, window), levels = this.#levels(table, counts, shape);
    const largest = Math.max(...sums, 0);
    for (let row = 0; row < table.length; row++) {
      const at = row * WIDTH, windows = values[at + WINDOWS], usual = values[at + MEAN] * shape;
      const mean = values[at + MEAN] < LEAST_MEAN ? usual : usual * levelOf(levels, row);
      const rate = Math.max(this.#rate, 1 / (windows + 1));
      const count = Math.min(counts[row], Math.max(LARGEST.multiple * mean, LARGEST.count));
      if (mean > 0) {
        const residual = Math.min((count - mean) ** 2 / mean, 50 * Math.max(1, values[at + SPREAD]));
        values[at + SPREAD] += Math.max(this.#rate, 1 / (windows + 5)) * (residual - values[at + SPREAD]);
      }
      values[at + COUNT] += this.#lately * (count - values[at + COUNT]);
      values[at + EXPECTED] += this.#lately * (usual - values[at + EXPECTED]);
      values[at + MEAN] += rate * (count / shape - values[at + MEAN]);
      values[at + SUM] = fired && sums[row] > largest / 2 ? 0 : sums[row]; // said once: it begins again
      if (values[at + SUM] === 0) values.fill(0, at + RUN, at + RUN + 3);
      values[at + WINDOWS]++;
    }
    this.#open(state, window);
    season.values[hourOf(window)] += window.lines;
    season.count(hourOf(window), this.#perDay);
  }

  /** A rate is that of the template's own life: one that came to stay isn't rising, however new it is. */
  #open({ table }: CusumState, { events }: EventWindow): void {
    for (let i = 0; i < events.templates.length; i++) {
      if (table.find(events.templates[i]) >= 0) continue;
      const at = table.open(events.templates[i]);
      table.values[at + MEAN] = Math.min(events.counts[i], LARGEST.count);
      table.values[at + WINDOWS] = 1;
    }
  }

  #eachSum(
    state: CusumState,
    window: EventWindow,
    tell: (row: number, sum: number, count: number, mean: number) => void,
  ): void {
    if (this.missing(state) > 0) return;
    const { table } = state, { values } = table, shape = shapeAt(state.season, hourOf(window));
    const counts = this.#counts(state, window), levels = this.#levels(table, counts, shape);
    for (let row = 0; row < table.length; row++) {
      const at = row * WIDTH;
      if (values[at + MEAN] < LEAST_MEAN || values[at + WINDOWS] < LEAST.windows) continue;
      const mean = values[at + MEAN] * shape * levelOf(levels, row);
      const z = (counts[row] - mean) / Math.sqrt(Math.max(1, values[at + SPREAD]) * mean);
      const sum = Math.max(0, values[at + SUM] + Math.min(CLIP, Math.max(-CLIP, z)) - SLACK);
      if (sum > 0) tell(row, sum, counts[row], mean);
    }
  }

  /**
   * How much more there is of each template lately, this window included, beyond what chance makes of it: of many rare ones some
   * are always above their rate. What never varies says nothing of the others.
   */
  #levels({ values }: TemplateTable, counts: Float64Array, shape: number): Level[] {
    const levels: Level[] = [], rate = this.#lately;
    for (let row = 0; row < counts.length; row++) {
      const at = row * WIDTH, usual = values[at + MEAN] * shape;
      if (values[at + MEAN] < LEAST_MEAN) continue;
      const count = values[at + COUNT] + rate * (counts[row] - values[at + COUNT]);
      const expected = values[at + EXPECTED] + rate * (usual - values[at + EXPECTED]);
      const noise = CHANCE * Math.sqrt(Math.max(1, values[at + SPREAD]) * expected * rate / (2 - rate));
      const ratio = expected > 0 ? (count - noise) / expected : 1;
      levels.push({ row, ratio, weight: usual * Math.min(1, values[at + SPREAD]) });
    }
    return levels.sort((a, b) => b.ratio - a.ratio);
  }

  #counts({ table }: CusumState, { events }: EventWindow): Float64Array {
    const counts = new Float64Array(table.length);
    for (let i = 0; i < events.templates.length; i++) {
      const at = table.find(events.templates[i]);
      if (at >= 0) counts[at / WIDTH] = events.counts[i];
    }
    return counts;
  }

  copy({ table, season }: CusumState): CusumState {
    return { table: table.copy(), season: season.copy() };
  }

  save({ table, season }: CusumState): unknown {
    return { table: table.save(this.#options.names), season: season.save(this.#options.names) };
  }

  load(saved: unknown): CusumState {
    const { table, season } = (saved ?? {}) as Record<string, unknown>, { names } = this.#options;
    const state = {
      table: TemplateTable.load(table, WIDTH, names),
      season: SeasonalSums.load(season, 0, names),
    };
    if (state.season.table.length !== 1) {
      throw new TypeError("Cannot restore cusum: its season is not one row");
    }
    return state;
  }
}

/** Counts a window to those since the row's sum rose above 0. */
function run(values: Float64Array, row: number, count: number, mean: number): void {
  const at = row * WIDTH + RUN;
  values[at]++;
  values[at + 1] += count;
  values[at + 2] += mean;
}

/** By how much there is more of a template of late, and how much that says of the others. */
interface Level {
  row: number;
  ratio: number;
  weight: number;
}

/**
 * By how much there is more of many others than usual, at least 1: so much more is expected of the template, too, as a rush of
 * visitors is no rise of each page. Where there is less the mean stays: what a clock drives doesn't follow.
 *
 * @param levels Greatest ratio first.
 */
function levelOf(levels: readonly Level[], row: number): number {
  let all = 0, reached = 0;
  for (const level of levels) if (level.row !== row) all += level.weight;
  for (const level of levels) {
    if (level.row === row) continue;
    reached += level.weight;
    if (reached >= MANY * all) return Math.max(1, level.ratio);
  }
  return 1;
}

/** How busy the hour is, 1 = as the mean of the day. */
function shapeAt(season: SeasonalSums, hour: number): number {
  const mean = season.mean(0);
  return mean > 0 ? season.expected(0, hour, mean) / mean : 1;
}

/**
 * Sums how far each template's count lies above its rate, in standard deviations less a slack: what a slow rise adds up to,
 * though no window of it is unusual. Rates follow the last days and the season of all events; where there is more of
 * many others, more is expected of each. When it has fired, the sum begins again.
 *
 * @see Page, "Continuous inspection schemes", Biometrika 41, 1954
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cusum } from "./cusum.ts";
 *
 * assert.equal(cusum.name, "cusum");
 * ```
 */
export const cusum: SeriesDetectorKind<CusumState> = {
  name: "cusum",
  title: "A rate that creeps up",
  line: "calibrated",
  least: 5,
  cautious: 25,
  create: (options) => new Cusum(options),
};
