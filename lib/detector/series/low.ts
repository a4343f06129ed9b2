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
/** Windows before the lowest so far means anything; never less than a day, whose hours differ. */
const LEAST_WINDOWS = 2 * REACH;
/** A count is taken for no more than this: bursts say nothing of what is missing. */
const LARGEST = { multiple: 2, count: 2 };
/** Days in which the lowest level so far loses half of its depth. */
const HALF_LIFE = 28;
/** What varies beyond Poisson even at the lowest level, as variance beyond the mean in units of the squared mean. */
const DISPERSION = 0.05;
/** Octaves that the lowest level may fall in a window that alerted. */
const STEP = 0.5;
/** Extra numbers of a row: its last counts, then by scale the lowest level in octaves below what was expected. */
const EXTRA = REACH + SCALES.length;

interface LowState {
  sums: SeasonalSums;
  recent: RecentHours;
  /** Events of templates that have no baseline yet. */
  rare: TemplateTable;
}

/** What is known of a row at one scale: the count, what was expected, and the least that was usual. */
interface Expectation {
  count: number;
  mean: number;
  least: number;
}

/** What a window is compared with: asked for when it is scored, told of and learned. */
interface Compared {
  state: LowState;
  window: EventWindow;
  /** Windows that the state had seen. */
  seen: number;
  /** Count of each row. */
  counts: Float64Array;
  /** By scale, hours of the day and how many of the last windows began at them: `hour, windows, …`. */
  spans: number[][];
  /** By row and scale. */
  known: (Expectation | undefined)[];
}

class LowTail implements SeriesDetector<LowState> {
  readonly kind = "low";
  readonly #options: SeriesOptions;
  readonly #perDay: number;
  readonly #fade: number;
  #compared: Compared | null = null;

  constructor(options: SeriesOptions) {
    this.#options = options;
    this.#perDay = windowsPerDay(options.windowMs);
    this.#fade = 0.5 ** (1 / (HALF_LIFE * this.#perDay));
  }

  start(): LowState {
    return { sums: new SeasonalSums(EXTRA), recent: new RecentHours(), rare: new TemplateTable(1) };
  }

  missing({ recent }: LowState): number {
    return Math.max(0, Math.max(LEAST_WINDOWS, Math.ceil(this.#perDay)) - recent.windows);
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
        ...(scale > 1 ? { span: scale * this.#options.windowMs } : {}),
      })),
    );
  }

  step(state: LowState, window: EventWindow, { alerted }: Outcome): void {
    const { sums, recent } = state, hour = hourOf(window), compared = this.#compare(state, window);
    for (let row = 0; row < sums.table.length; row++) {
      const offset = row * sums.table.width, count = compared.counts[row];
      this.#learnLowest(compared, row, alerted);
      const usual = sums.expected(offset, hour);
      sums.values[offset + hour] += alerted && usual > 0 ? usual : count;
      sums.values[sums.extras(offset) + recent.place] = count;
    }
    sums.count(hour, this.#perDay);
    recent.push(hour);
    this.#promote(state, window);
    this.#compared = null;
  }

  /** Surprises of all rows with a lack, each at its most surprising scale. */
  #surprises(state: LowState, window: EventWindow) {
    const { sums, recent } = state, compared = this.#compare(state, window);
    const found: ({ template: number; surprise: number; scale: number } & Expectation)[] = [];
    for (let row = 0; row < sums.table.length; row++) {
      let best = 0, at = -1, kept: Expectation | null = null;
      for (let i = 0; i < SCALES.length; i++) {
        if (recent.windows < 2 * SCALES[i] - 1) continue;
        const expectation = expectationOf(compared, row, i);
        const surprise = surpriseOf(expectation);
        if (surprise > best) [best, at, kept] = [surprise, SCALES[i], expectation];
      }
      if (kept) found.push({ template: sums.table.templates[row], surprise: best, scale: at, ...kept });
    }
    return found;
  }

  #compare(state: LowState, window: EventWindow): Compared {
    const { recent } = state, last = this.#compared;
    if (last !== null && last.state === state && last.window === window && last.seen === recent.windows) {
      return last;
    }
    const counts = this.#counts(state, window), hour = hourOf(window);
    const spans = SCALES.map((scale) => recent.spans(scale, hour));
    return this.#compared = { state, window, seen: recent.windows, counts, spans, known: [] };
  }

  /** The lowest level fades, and falls where a window lies below it. */
  #learnLowest(compared: Compared, row: number, alerted: boolean): void {
    const { sums, recent } = compared.state, { values } = sums;
    const lowest = sums.extras(row * sums.table.width) + REACH;
    for (let i = 0; i < SCALES.length; i++) {
      if (recent.windows < SCALES[i]) continue;
      const sum = expectationOf(compared, row, i),
        level = Math.log2((sum.count + 1) / (sum.mean + 1));
      const faded = values[lowest + i] * this.#fade;
      values[lowest + i] = Math.min(faded, alerted ? Math.max(level, faded - STEP) : level);
    }
  }

  #clipped(sums: SeasonalSums, row: number, hour: number, count: number): number {
    return Math.min(count, Math.ceil(LARGEST.multiple * sums.expected(row, hour)) + LARGEST.count);
  }

  /** Counts by row. */
  #counts({ sums }: LowState, window: EventWindow): Float64Array {
    const { events, lines } = window, hour = hourOf(window);
    const counts = new Float64Array(sums.table.length);
    for (let i = 0; i < events.templates.length; i++) {
      const offset = sums.table.find(events.templates[i]);
      if (offset >= 0) {
        counts[offset / sums.table.width] = this.#clipped(sums, offset, hour, events.counts[i]);
      }
    }
    const all = sums.table.find(ALL_EVENTS);
    if (all >= 0) counts[all / sums.table.width] = this.#clipped(sums, all, hour, lines);
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
    for (let i = 0; i < events.templates.length; i++) {
      add(events.templates[i], Math.min(LARGEST.count, events.counts[i]));
    }
    add(ALL_EVENTS, Math.min(LARGEST.count, lines));
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

/** What a row is compared with at a scale. */
function expectationOf({ state, counts, spans, known }: Compared, row: number, scale: number): Expectation {
  const place = row * SCALES.length + scale, before = known[place];
  if (before !== undefined) return before;
  const { sums, recent } = state, { values } = sums, offset = row * sums.table.width;
  const extras = sums.extras(offset), general = sums.mean(offset), span = spans[scale];
  let mean = 0;
  for (let i = 0; i < span.length; i += 2) mean += span[i + 1] * sums.expected(offset, span[i], general);
  const least = (mean + 1) * 2 ** values[extras + REACH + scale] - 1;
  return known[place] = { count: recent.sum(values, extras, SCALES[scale], counts[row]), mean, least };
}

/** −log10 of the probability of so few, if so few are to be expected as there ever were. */
function surpriseOf({ count, least }: Expectation): number {
  return count < least ? lowerTail(count, least, DISPERSION) : 0;
}

/**
 * Sums of the last 1, 6 and 24 windows, for each template and for all events, against the least that was usual: a baseline by
 * hour of the day times the lowest level of the last weeks. The score is the lower tail of a negative binomial about that,
 * so services of any unrest have the same scale. Bursts are cut off: they say nothing of what is missing. Windows that alerted
 * move neither the baseline nor, but for a little, the lowest level.
 *
 * @see Noufaily et al., "An improved algorithm for outbreak detection in multiple surveillance systems", Statistics in
 * Medicine 32, 2013, for counts against a seasonal negative binomial baseline
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
  least: 0.5,
  cautious: 3,
  create: (options) => new LowTail(options),
};
