/**
 * `new-error`: an error that was never seen.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import type { Part } from "../part.ts";
import { isErrorWorded } from "./error_words.ts";
import { unseenParts } from "./new_template.ts";
import { Novelty } from "./novelty.ts";
import {
  type SeriesDetector,
  type SeriesDetectorKind,
  type SeriesOptions,
  windowsPerDay,
} from "./series_detector.ts";

/** Level class of errors in a window's events. */
const ERROR_CLASS = 4;
/** While new errors came in no more windows a day than this, each is worth an alert. */
const RATE = 1;
/** New errors expected in one window of a young service, above which nothing can be said. */
const EXPECTED = 0.2;
/** False alarms a day where they come more often. */
const ALERTS_PER_DAY = 0.5;
/** Milliseconds that a service is watched before something is new to it, and windows at the least. */
const FIRST = { time: 30 * 60_000, windows: 2 };

class NewErrors implements SeriesDetector<Novelty> {
  readonly kind = "new-error";
  readonly #options: SeriesOptions;
  readonly #allowed: number;

  constructor(options: SeriesOptions) {
    this.#options = options;
    const share = (options.alertsPerDay ?? ALERTS_PER_DAY) / windowsPerDay(options.windowMs);
    this.#allowed = -Math.log10(Math.min(0.5, share));
  }

  start(): Novelty {
    return new Novelty(this.#options.windowMs);
  }

  missing({ windows, pooled }: Novelty): number {
    if (pooled) return 0;
    return Math.max(0, Math.max(FIRST.windows, Math.ceil(FIRST.time / this.#options.windowMs)) - windows);
  }

  score(state: Novelty, window: EventWindow): number {
    const news = this.#errors(state, window).length;
    if (news === 0 || this.missing(state) > 0) return 0;
    const rated = state.surprise(news) / this.#allowed;
    return state.perDay <= RATE && !this.#isYoung(state, window) ? Math.max(rated, 1 + news) : rated;
  }

  explain(state: Novelty, window: EventWindow): Part[] {
    return this.missing(state) > 0 ? [] : unseenParts(this.#errors(state, window), window);
  }

  step(state: Novelty, window: EventWindow): void {
    state.learn(window, this.#errors(state, window).length);
  }

  /** Within the first day: whether new errors are to be expected, as there still is so much new. */
  #isYoung(state: Novelty, { lines }: EventWindow): boolean {
    if (state.windows >= windowsPerDay(this.#options.windowMs)) return false;
    const { templates } = state.known, { names } = this.#options;
    const errors = templates.reduce((sum, template) => sum + (isErrorWorded(template, names) ? 1 : 0), 0.5);
    return lines * state.unseenShare * errors / (templates.length + 1) > EXPECTED;
  }

  /** Places of the window's errors that were never seen. */
  #errors(state: Novelty, window: EventWindow): number[] {
    const { templates, levels } = window.events, { names } = this.#options;
    return state.unknown(window).filter((i) =>
      levels[i] >= ERROR_CLASS || isErrorWorded(templates[i], names)
    );
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
 * A template that was never seen and is an error by its level or its words. While that happened no more than once a day it
 * always scores above 1; where it happens more often it is tested by its rate, as `new-template`. In a service's first day it
 * keeps quiet as long as much is new.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newErrors } from "./new_error.ts";
 *
 * assert.equal(newErrors.line, "own");
 * ```
 */
export const newErrors: SeriesDetectorKind<Novelty> = {
  name: "new-error",
  title: "An error that was never seen",
  line: "own",
  least: 1,
  cautious: 1,
  create: (options) => new NewErrors(options),
  pool: (states, { windowMs }) => Novelty.pooled(states, windowMs),
};
