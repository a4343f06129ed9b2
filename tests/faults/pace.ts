/**
 * How fast the time of the logs runs: fast where nothing happens, slowly where incidents begin and end, so that people are told of them
 * while they last.
 *
 * @module
 */
import { liveIncidents, type LiveOptions } from "../../data/live.ts";
import { HOUR, MINUTE, type Span } from "../../data/shop/calendar.ts";

/** Real time that an hour of the logs takes, ms. */
export interface PaceOptions {
  calm: number;
  busy: number;
}

/** How long before and behind its beginning and its end an incident is looked at closely, ms. */
const BEFORE = 5 * MINUTE, BEHIND = 40 * MINUTE;

/** The time of the logs. */
export class Pace {
  readonly #busy: Span[];
  #last = performance.now();

  /** @param time Where it begins, ms since the epoch. */
  constructor(public time: number, private readonly options: PaceOptions, traffic: LiveOptions) {
    this.#busy = liveIncidents(traffic).incidents.flatMap(({ from, to }) =>
      [from, to].map((time) => ({ from: time - BEFORE, to: time + BEHIND }))
    );
  }

  /** What time it is by now; no jump, however long nobody has asked. */
  next(): number {
    const now = performance.now(), passed = Math.min(now - this.#last, 500);
    this.#last = now;
    const isBusy = this.#busy.some(({ from, to }) => this.time >= from && this.time < to);
    return this.time += passed * HOUR / (isBusy ? this.options.busy : this.options.calm);
  }
}
