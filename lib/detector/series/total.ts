/**
 * `total`: far more or far fewer events in all than lately.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import type { Part } from "../part.ts";
import { lowerTail, upperTail } from "./count_tail.ts";
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
import { ALL_EVENTS } from "./template_table.ts";
import { weightedParts } from "./weighted_parts.ts";

/** Days in which half of the level is forgotten. */
const HALF_LIFE = 2;
/** Events expected within a scale at the least: of fewer nothing tells how much they vary, as services that hardly speak do so in clumps. */
const LEAST_MEAN = 1;
/** Squared residuals count for this at the most. */
const LARGEST_RESIDUAL = 50;
/** Places of the extra numbers: the last counts, what was expected of them, the level, dispersion by scale. */
const COUNTS = 0, EXPECTED = REACH, LEVEL = 2 * REACH, DISPERSION = LEVEL + 1;
const EXTRA = DISPERSION + SCALES.length;

interface TotalState {
  /** One row, for all events. */
  sums: SeasonalSums;
  recent: RecentHours;
}

class Totals implements SeriesDetector<TotalState> {
  readonly kind = "total";
  readonly #options: SeriesOptions;
  readonly #perDay: number;
  readonly #rate: number;

  constructor(options: SeriesOptions) {
    this.#options = options;
    this.#perDay = windowsPerDay(options.windowMs);
    this.#rate = 1 - 0.5 ** (1 / (HALF_LIFE * this.#perDay));
  }

  start(): TotalState {
    const sums = new SeasonalSums(EXTRA);
    sums.table.open(ALL_EVENTS);
    return { sums, recent: new RecentHours() };
  }

  missing({ recent }: TotalState): number {
    return Math.max(0, REACH - recent.windows);
  }

  score(state: TotalState, window: EventWindow): number {
    return this.#most(state, window).surprise;
  }

  explain(state: TotalState, window: EventWindow): Part[] {
    const { surprise, count, mean, scale } = this.#most(state, window);
    const span = scale > 1 ? { span: scale * this.#options.windowMs } : {};
    return weightedParts([{ kind: "total", weight: surprise, actual: count, expected: mean, ...span }]);
  }

  step(state: TotalState, window: EventWindow, { alerted }: Outcome): void {
    const { sums, recent } = state,
      { values } = sums,
      at = sums.extras(0),
      hour = hourOf(window),
      { lines } = window;
    const expected = this.#expected(state, hour), rate = Math.max(this.#rate, 1 / (recent.windows + 1));
    SCALES.forEach((scale, i) => {
      if (recent.windows < scale) return;
      const count = recent.sum(values, at + COUNTS, scale, lines);
      const mean = recent.sum(values, at + EXPECTED, scale, expected);
      const residual = mean > 0
        ? Math.min((count - mean) ** 2 / mean, LARGEST_RESIDUAL * dispersion(values, at, i))
        : 1;
      const seen = recent.windows - scale, weight = Math.max(this.#rate, 1 / (seen + 5));
      values[at + DISPERSION + i] += weight * (residual - values[at + DISPERSION + i]);
    });
    const clipped = alerted
      ? clamp(lines, expected / 2, 2 * expected)
      : Math.min(lines, Math.max(10 * expected, 5));
    const season = expected > 0 && values[at + LEVEL] > 0 ? expected / values[at + LEVEL] : 1;
    values[at + LEVEL] += rate * ((recent.windows === 0 ? lines : clipped) / season - values[at + LEVEL]);
    values[hour] += recent.windows === 0 ? lines : clipped;
    values[at + COUNTS + recent.place] = lines;
    values[at + EXPECTED + recent.place] = expected;
    sums.count(hour, this.#perDay);
    recent.push(hour);
  }

  /** The level lately, with the season of all days. */
  #expected({ sums }: TotalState, hour: number): number {
    const mean = sums.mean(0), level = sums.values[sums.extras(0) + LEVEL];
    return mean > 0 ? level * sums.expected(0, hour, mean) / mean : level;
  }

  #most(state: TotalState, window: EventWindow) {
    const { sums, recent } = state,
      { values } = sums,
      at = sums.extras(0),
      expected = this.#expected(state, hourOf(window));
    let most = { surprise: 0, count: 0, mean: 0, scale: 0 };
    SCALES.forEach((scale, i) => {
      if (recent.windows < 2 * scale) return;
      const count = recent.sum(values, at + COUNTS, scale, window.lines);
      const mean = recent.sum(values, at + EXPECTED, scale, expected);
      if (mean < LEAST_MEAN) return;
      if (count > mean !== window.lines > expected) return; // it is over: what remains is an echo
      const spread = (dispersion(values, at, i) - 1) / mean;
      const surprise = count < mean ? lowerTail(count, mean, spread) : upperTail(count, mean, spread);
      if (surprise > most.surprise) most = { surprise, count, mean, scale };
    });
    return most;
  }

  copy({ sums, recent }: TotalState): TotalState {
    return { sums: sums.copy(), recent: recent.copy() };
  }

  save({ sums, recent }: TotalState): unknown {
    return { sums: sums.save(this.#options.names), recent: recent.save() };
  }

  load(saved: unknown): TotalState {
    const { sums, recent } = (saved ?? {}) as Record<string, unknown>;
    const state = {
      sums: SeasonalSums.load(sums, EXTRA, this.#options.names),
      recent: RecentHours.load(recent),
    };
    if (state.sums.table.templates[0] !== ALL_EVENTS) {
      throw new TypeError("Cannot restore total: it has no row for all events");
    }
    return state;
  }
}

/** Variance / mean at a scale: 1 = Poisson. */
function dispersion(values: Float64Array, at: number, scale: number): number {
  return Math.max(1.01, values[at + DISPERSION + scale]);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/**
 * All events of a window, and of the last 6 and 24, against a level that follows the last days (an exponentially weighted
 * mean with a half-life of two days) times the season of the hour: both tails of a negative binomial, with the dispersion
 * that lately was. A window that is itself on the other side says that a rush, or a lack, is over.
 *
 * @see Noufaily et al., 2013 (see `low`); the level as in Roberts, "Control chart tests based on geometric moving averages",
 * Technometrics 1, 1959
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { total } from "./total.ts";
 *
 * assert.equal(total.name, "total");
 * ```
 */
export const total: SeriesDetectorKind<TotalState> = {
  name: "total",
  title: "Far more or fewer events in all than lately",
  line: "calibrated",
  least: 3,
  cautious: 8,
  create: (options) => new Totals(options),
};
