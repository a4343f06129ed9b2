/**
 * Templates that a scope doesn't know, and since when they are there.
 *
 * @module
 */

/** How long (ms) a template that the model doesn't know is news. */
export const NEWS_FOR = 60 * 60_000;
/** Level class (see `lib/window/symbol.ts`) from which on an unknown template never stops being news: warn. */
const ALARMING = 3;

/** What was first seen. */
export interface Novelty {
  scope: string;
  template: string;
  /** Start of the earliest window that had it, ms. */
  firstSeen: number;
}

/**
 * Remembers when templates unknown to a scope were first seen. Depends on event time alone, so it does not matter how often
 * or when a run was made.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { NEWS_FOR, Novelties } from "./novelties.ts";
 *
 * const novelties = new Novelties();
 * assert(novelties.see("*", "deployed", 0, 2) === false);
 * assert(novelties.see("*", "deployed", NEWS_FOR + 1, 2) === true);
 * assert(novelties.see("*", "crashed", NEWS_FOR + 1, 4) === false);
 * ```
 */
export class Novelties {
  #firstSeen: Map<string, number>;
  #changed = new Map<string, Novelty>();

  /** @param firstSeen Times by `scope template`, from earlier runs. */
  constructor(firstSeen: Map<string, number> = new Map()) {
    this.#firstSeen = new Map(firstSeen);
  }

  /** Notes the template in a window that starts at `start` (ms); whether it is adopted: harmless, and no news any more. */
  see(scope: string, template: string, start: number, level: number): boolean {
    const key = `${scope} ${template}`, first = this.#firstSeen.get(key) ?? Infinity;
    if (start < first) {
      this.#firstSeen.set(key, start);
      this.#changed.set(key, { scope, template, firstSeen: start });
    }
    return level < ALARMING && start - Math.min(first, start) >= NEWS_FOR;
  }

  /** When the template was first seen, ms; `null` = never. */
  firstSeen(scope: string, template: string): number | null {
    return this.#firstSeen.get(`${scope} ${template}`) ?? null;
  }

  /** What has changed since the last call. */
  takeChanged(): Novelty[] {
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    return changed;
  }
}
