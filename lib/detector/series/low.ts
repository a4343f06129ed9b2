/**
 * `low`: far fewer events than there usually are at this time of day.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import type { Part } from "../part.ts";
import { lowerTail } from "./count_tail.ts";
import { REACH, RecentHours, SCALES } from "./recent_counts.ts";
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

/** Events after which a template gets a baseline: rarer ones can't be missed. */
const ENOUGH = 10;
/** Events expected at a scale for its lack to mean anything. */
const LEAST_EXPECTED = 3;
/** Windows after which the day is known well enough. */
const LEAST_WINDOWS = REACH;
/** Windows that a template's own dispersion is mixed with, and the dispersion of those. */
const PRIOR = { windows: 5, dispersion: 0.5 };
/** Days in which what is known of dispersion fades. */
const MEMORY_DAYS = 14;
/** Standard deviations that a deviation counts for at the most when dispersion is learned. */
const CLIP = 4;
/** Extra numbers of a row: its last counts, then by scale squares of deviations beyond Poisson's and of expectations. */
const EXTRA = REACH + 2 * SCALES.length;

interface LowState {
  sums: SeasonalSums;
  recent: RecentHours;
  /** Events of templates that have no baseline yet. */
  rare: TemplateTable;
}

/** What is known of a row at one scale. */
interface Expectation {
  count: number;
  mean: number;
  dispersion: number;
}

class LowTail implements SeriesDetector<LowState> {
  readonly kind = "low";
  readonly #options: SeriesOptions;
  readonly #perDay: number;

  constructor(options: SeriesOptions) {
    this.#options = options;
    this.#perDay = windowsPerDay(options.windowMs);
  }

  start(): LowState {
    return { sums: new SeasonalSums(EXTRA), recent: new RecentHours(), rare: new TemplateTable(1) };
  }

  missing({ recent }: LowState): number {
    return Math.max(0, LEAST_WINDOWS - recent.windows);
  }

  score(state: LowState, window: EventWindow): number {
    let score = 0;
    for (const { surprise } of this.#surprises(state, window)) score = Math.max(score, surprise);
    return score;
  }

  explain(state: LowState, window: EventWindow): Part[] {
    const found = this.#surprises(state, window),
      most = Math.max(...found.map(({ surprise }) => surprise), 0);
    return weightedParts(
      found.filter(({ surprise }) => surprise > most / 2).map(({ template, surprise, scale, ...counts }) => ({
        kind: template === ALL_EVENTS ? "total" as const : "template" as const,
        template,
        weight: surprise,
        actual: counts.count,
        expected: counts.mean,
        text: scale > 1 ? `in the last ${scale} windows` : "",
      })),
    );
  }

  step(state: LowState, window: EventWindow, { alerted }: Outcome): void {
    const { sums, recent } = state, hour = hourOf(window), counts = this.#counts(state, window);
    const spans = SCALES.map((scale) => recent.within(scale, hour));
    for (let row = 0; row < sums.table.length; row++) {
      const offset = row * sums.table.width, count = counts[row], mean = sums.mean(offset);
      if (!alerted) this.#learnDispersion(state, offset, count, spans);
      const usual = sums.expected(offset, hour, mean);
      sums.values[offset + hour] += alerted && mean > 0 ? usual : count;
      sums.values[sums.extras(offset) + recent.place] = count;
    }
    sums.count(hour, this.#perDay);
    recent.push(hour);
    this.#promote(state, window);
  }

  /** Surprises of all rows with a lack, each at its most surprising scale. */
  #surprises(state: LowState, window: EventWindow) {
    const { sums, recent } = state, hour = hourOf(window), counts = this.#counts(state, window);
    const spans = SCALES.map((scale) => recent.within(scale, hour));
    const found: ({ template: number; surprise: number; scale: number } & Expectation)[] = [];
    for (let row = 0; row < sums.table.length; row++) {
      let best = 0, at = -1, kept: Expectation | null = null;
      for (let i = 0; i < SCALES.length; i++) {
        if (recent.windows < 2 * SCALES[i] - 1) continue;
        const expectation = this.#expectation(state, row * sums.table.width, i, counts[row], spans[i]);
        const surprise = surpriseOf(expectation);
        if (surprise > best) [best, at, kept] = [surprise, SCALES[i], expectation];
      }
      if (kept) found.push({ template: sums.table.templates[row], surprise: best, scale: at, ...kept });
    }
    return found;
  }

  #expectation(
    { sums, recent }: LowState,
    row: number,
    scale: number,
    count: number,
    hours: Uint8Array,
  ): Expectation {
    const extras = sums.extras(row), { values } = sums, general = sums.mean(row);
    let mean = 0;
    for (let hour = 0; hour < 24; hour++) {
      if (hours[hour] > 0) mean += hours[hour] * sums.expected(row, hour, general);
    }
    const own = dispersionAt(values, extras, scale, mean);
    // Sums of independent windows vary at least as single windows allow: a nightly job is one event of many lines.
    const dispersion = Math.max(own, dispersionAt(values, extras, 0, general) / SCALES[scale]);
    return { count: recent.sum(values, extras, SCALES[scale], count), mean, dispersion };
  }

  #learnDispersion(state: LowState, row: number, count: number, spans: Uint8Array[]): void {
    const { values } = state.sums, learned = state.sums.extras(row) + REACH;
    const fade = 1 - 1 / (MEMORY_DAYS * this.#perDay);
    for (let i = 0; i < SCALES.length; i++) {
      if (state.recent.windows < SCALES[i]) continue;
      const expectation = this.#expectation(state, row, i, count, spans[i]),
        { mean, dispersion } = expectation;
      const most = CLIP ** 2 * (mean + dispersion * mean * mean);
      const square = Math.min((expectation.count - mean) ** 2, most);
      values[learned + i] = values[learned + i] * fade + square - mean;
      values[learned + SCALES.length + i] = values[learned + SCALES.length + i] * fade + mean * mean;
    }
  }

  /** Counts by row. */
  #counts({ sums }: LowState, { events, lines }: EventWindow): Float64Array {
    const counts = new Float64Array(sums.table.length);
    for (let i = 0; i < events.templates.length; i++) {
      const offset = sums.table.find(events.templates[i]);
      if (offset >= 0) counts[offset / sums.table.width] = events.counts[i];
    }
    const all = sums.table.find(ALL_EVENTS);
    if (all >= 0) counts[all / sums.table.width] = lines;
    return counts;
  }

  /** Gives a row to what was seen often enough. */
  #promote({ sums, rare }: LowState, { events, lines }: EventWindow): void {
    const add = (template: number, count: number) => {
      if (count === 0 || sums.table.find(template) >= 0) return;
      const offset = rare.open(template);
      rare.values[offset] += count;
      if (rare.values[offset] >= ENOUGH) sums.spread(sums.table.open(template), rare.values[offset]);
    };
    for (let i = 0; i < events.templates.length; i++) add(events.templates[i], events.counts[i]);
    add(ALL_EVENTS, lines);
  }

  copy({ sums, recent, rare }: LowState): LowState {
    return { sums: sums.copy(), recent: recent.copy(), rare: rare.copy() };
  }

  save({ sums, recent, rare }: LowState): unknown {
    const { names } = this.#options;
    return { sums: sums.save(names), recent: recent.save(), rare: rare.save(names) };
  }

  load(saved: unknown): LowState {
    const { sums, recent, rare } = (saved ?? {}) as Record<string, unknown>, { names } = this.#options;
    return {
      sums: SeasonalSums.load(sums, EXTRA, names),
      recent: RecentHours.load(recent),
      rare: TemplateTable.load(rare, 1, names),
    };
  }
}

/** 1 / k by moments: the variance beyond Poisson's, in units of the squared expectation. */
function dispersionAt(values: Float64Array, extras: number, scale: number, mean: number): number {
  const learned = extras + REACH, prior = PRIOR.windows * mean * mean;
  const beyond = values[learned + scale] + PRIOR.dispersion * prior;
  const weight = values[learned + SCALES.length + scale] + prior;
  return weight > 0 ? Math.max(0, beyond / weight) : PRIOR.dispersion;
}

/** −log10 of the probability of so few; 0 where there aren't fewer than expected. */
function surpriseOf({ count, mean, dispersion }: Expectation): number {
  if (mean < LEAST_EXPECTED || count >= mean) return 0;
  const square = (count - mean) ** 2 / (mean + dispersion * mean * mean);
  return square < 1 ? 0.5 * square : lowerTail(count, mean, dispersion);
}

/**
 * The lower tail of a negative binomial at three scales, for each template and for all events: sums of the last 1, 6 and 24
 * windows against a baseline that knows the hour of the day, moves slowly and doesn't learn from windows that alerted. Its
 * dispersion is that of the template's own past, by moments.
 *
 * @see Noufaily et al., "An improved algorithm for outbreak detection in multiple surveillance systems", Statistics in
 * Medicine 32, 2013, for counts against a seasonal quasi-Poisson baseline
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { low } from "./low.ts";
 *
 * assert.equal(low.name, "low");
 * ```
 */
export const low: SeriesDetectorKind<LowState> = {
  name: "low",
  title: "Far fewer events than usual at this time of day",
  line: "calibrated",
  least: 3,
  cautious: 8,
  create: (options) => new LowTail(options),
};
