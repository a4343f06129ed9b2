/**
 * Templates that training didn't know, and since when they are there.
 *
 * @module
 */
import type { TemplateNames } from "../feature/event_window.ts";

/** How long (ms) a template that the model doesn't know is news. */
export const NEWS_FOR = 60 * 60_000;
/** Level class (see `lib/window/symbol.ts`) from which on an unknown template never stops being news: warn. */
const ALARMING = 3;

/**
 * When templates unknown to training were first seen, by event time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { FirstSeen, NEWS_FOR } from "./first_seen.ts";
 *
 * const firstSeen = new FirstSeen();
 * assert(firstSeen.isUsual(7, 0, 2) === false);
 * assert(firstSeen.isUsual(7, NEWS_FOR + 1, 2) === true);
 * assert(firstSeen.isUsual(9, NEWS_FOR + 1, 4) === false);
 * ```
 */
export class FirstSeen {
  readonly #times: Map<number, number>;

  /** @param times ms, by template index. */
  constructor(times: Iterable<readonly [template: number, time: number]> = []) {
    this.#times = new Map(times);
  }

  /** Notes a template in a window that starts at `start` (ms); whether it is usual by now: harmless, and no news any more. */
  isUsual(template: number, start: number, level: number): boolean {
    const first = this.#times.get(template) ?? Infinity;
    if (start < first) this.#times.set(template, start);
    return level < ALARMING && start - Math.min(first, start) >= NEWS_FOR;
  }

  /** One that changes apart from this. */
  copy(): FirstSeen {
    return new FirstSeen(this.#times);
  }

  /** Times by template id. */
  save(names: TemplateNames): Record<string, number> {
    return Object.fromEntries([...this.#times].map(([template, time]) => [names.id(template), time]));
  }

  /** From what {@linkcode FirstSeen.save} gave; templates that are gone are left out. */
  static load(saved: Record<string, unknown>, names: TemplateNames): FirstSeen {
    const times = Object.entries(saved).map(([id, time]): [number, number] => {
      if (typeof time !== "number") throw new TypeError(`Cannot restore first times: ${id} has ${time}`);
      return [names.indexOf(id), time];
    });
    return new FirstSeen(times.filter(([template]) => template >= 0));
  }
}
