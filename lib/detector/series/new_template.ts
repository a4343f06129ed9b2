/**
 * `new-template`: more templates that were never seen than usual.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import type { Part } from "../part.ts";
import { DAYS, Novelty } from "./novelty.ts";
import {
  type SeriesDetector,
  type SeriesDetectorKind,
  type SeriesOptions,
  windowsPerDay,
} from "./series_detector.ts";
import { weightedParts } from "./weighted_parts.ts";

/** False alarms a day where nobody says. */
const ALERTS_PER_DAY = 0.5;

class NewTemplates implements SeriesDetector<Novelty> {
  readonly kind = "new-template";
  readonly #options: SeriesOptions;
  readonly #allowed: number;

  constructor(options: SeriesOptions) {
    this.#options = options;
    const share = (options.alertsPerDay ?? ALERTS_PER_DAY) / windowsPerDay(options.windowMs);
    this.#allowed = -Math.log10(Math.min(0.5, share));
  }

  /** A rate looks back no further than a week. */
  get isHopeless(): boolean {
    return 0.5 * 10 ** this.#allowed - 1 > DAYS * windowsPerDay(this.#options.windowMs);
  }

  start(): Novelty {
    return new Novelty(this.#options.windowMs);
  }

  /** With fewer windows no rate this low can be told from none. */
  missing({ span }: Novelty): number {
    return Math.max(0, 2 * Math.ceil(0.5 * 10 ** this.#allowed - 1 - span));
  }

  score(state: Novelty, window: EventWindow): number {
    return this.missing(state) > 0 ? 0 : state.surprise(state.unknown(window).length) / this.#allowed;
  }

  explain(state: Novelty, window: EventWindow): Part[] {
    return this.missing(state) > 0 ? [] : unseenParts(state.unknown(window), window);
  }

  step(state: Novelty, window: EventWindow): void {
    state.learn(window, state.unknown(window).length);
  }

  copy(state: Novelty): Novelty {
    return state.copy();
  }

  save(state: Novelty): unknown {
    return state.save(this.#options.names);
  }

  load(saved: unknown): Novelty {
    return Novelty.load(saved, this.#options.windowMs, this.#options.names);
  }
}

/**
 * Parts for the events at these places.
 *
 * @param weigh How telling so many events of a template are; default: one template as much as the other.
 */
export function unseenParts(
  places: readonly number[],
  { events }: EventWindow,
  weigh: (count: number) => number = () => 1,
): Part[] {
  return weightedParts(places.map((i) => ({
    kind: "unseen" as const,
    template: events.templates[i],
    weight: weigh(events.counts[i]),
    actual: events.counts[i],
    text: "never seen before",
  })));
}

/**
 * Counts the templates of a window that the service was never seen with, against how often that happened in the last week: a
 * rate, because some services have something new every hour. A score above 1 comes up about once in two days, or as often as
 * the budget allows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newTemplates } from "./new_template.ts";
 *
 * assert.equal(newTemplates.name, "new-template");
 * ```
 */
export const newTemplates: SeriesDetectorKind<Novelty> = {
  name: "new-template",
  title: "More templates that were never seen than usual",
  line: "own",
  least: 1,
  cautious: 1,
  create: (options) => new NewTemplates(options),
  pool: (states, { windowMs }) => Novelty.pooled(states, windowMs),
};
