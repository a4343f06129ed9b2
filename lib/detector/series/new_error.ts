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
import type { TemplateTable } from "./template_table.ts";
import {
  type SeriesDetector,
  type SeriesDetectorKind,
  type SeriesOptions,
  windowsPerDay,
} from "./series_detector.ts";

/** Level classes in a window's events: of what is for developers, which says `error` of anything, of warnings and of errors. */
const DEBUG_CLASS = 1, WARN_CLASS = 3, ERROR_CLASS = 4;
/** While new errors came in no more windows a day than this, each is worth an alert. */
const RATE = 1;
/** New errors expected in one window of a young service, above which nothing can be said. */
const EXPECTED = 0.2;
/** False alarms a day where they come more often. */
const ALERTS_PER_DAY = 0.5;
/**
 * Events of new warnings and errors in one window that are a flood, whatever the service's age: so many for each window a day that
 * had new errors lately, and this multiple of what is expected of a young service.
 */
const FLOOD = { events: 20, multiple: 5 };
/** Milliseconds that a service is watched before something is new to it, and windows at the least. */
const FIRST = { time: 30 * 60_000, windows: 2 };

class NewErrors implements SeriesDetector<Novelty> {
  readonly kind = "new-error";
  readonly #options: SeriesOptions;
  readonly #allowed: number;
  readonly #first: number;

  constructor(options: SeriesOptions) {
    this.#options = options;
    const share = (options.alertsPerDay ?? ALERTS_PER_DAY) / windowsPerDay(options.windowMs);
    this.#allowed = -Math.log10(Math.min(0.5, share));
    this.#first = Math.max(FIRST.windows, Math.ceil(FIRST.time / options.windowMs));
  }

  start(): Novelty {
    return new Novelty(this.#options.windowMs);
  }

  missing({ windows, pooled }: Novelty): number {
    return pooled ? 0 : Math.max(0, this.#first - windows);
  }

  score(state: Novelty, window: EventWindow): number {
    if (this.missing(state) > 0) return 0;
    return Math.max(this.#newness(state, window), this.#flood(state, window));
  }

  explain(state: Novelty, window: EventWindow): Part[] {
    if (this.missing(state) > 0) return [];
    const isFlood = this.#flood(state, window) > this.#newness(state, window);
    return isFlood
      ? unseenParts(this.#alarming(state, window), window, (count) => count)
      : unseenParts(this.#errors(state, window), window);
  }

  /** That there is a new error at all. */
  #newness(state: Novelty, window: EventWindow): number {
    const news = this.#errors(state, window).length;
    if (news === 0) return 0;
    const rated = state.surprise(news) / this.#allowed;
    const isYoung = state.windows < windowsPerDay(this.#options.windowMs) &&
      window.lines * this.#errorShare(state.known) * state.unseenShare > EXPECTED;
    return state.perDay <= RATE && !isYoung ? Math.max(rated, 1 + news) : rated;
  }

  /** That warnings and errors new to this service come in numbers: octaves above what is a flood here. */
  #flood(state: Novelty, window: EventWindow): number {
    const { lines, events: { counts } } = window;
    const events = this.#alarming(state, window).reduce((sum, i) => sum + counts[i], 0);
    if (events < FLOOD.events || state.windows < this.#first) return 0;
    const expected = lines * this.#errorShare(state.own ?? state.known) * state.unseenShareHere;
    const ratio = events / Math.max(FLOOD.events * Math.max(1, state.perDay), FLOOD.multiple * expected);
    return ratio > 1 ? 1 + Math.log2(ratio) : ratio;
  }

  step(state: Novelty, window: EventWindow): void {
    state.learn(window, this.#errors(state, window).length);
  }

  /** Part of the templates that are errors. */
  #errorShare({ templates }: TemplateTable): number {
    const { names } = this.#options;
    const errors = templates.reduce((sum, template) => sum + (isErrorWorded(template, names) ? 1 : 0), 0.5);
    return errors / (templates.length + 1);
  }

  /** Places of what this service was never seen with and is a warning at least, or an error by its words where the log has no levels. */
  #alarming(state: Novelty, window: EventWindow): number[] {
    const { templates, levels } = window.events, { names } = this.#options;
    return state.unknownHere(window).filter((i) =>
      levels[i] >= WARN_CLASS || levels[i] === 0 && isErrorWorded(templates[i], names)
    );
  }

  /** Places of the window's errors that were never seen. */
  #errors(state: Novelty, window: EventWindow): number[] {
    const { templates, levels } = window.events, { names } = this.#options;
    return state.unknown(window).filter((i) =>
      levels[i] >= ERROR_CLASS || levels[i] !== DEBUG_CLASS && isErrorWorded(templates[i], names)
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
 * keeps quiet as long as much is new – unless new warnings and errors come in floods, which nothing excuses but its first half
 * hour.
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
