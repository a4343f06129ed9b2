/**
 * Templates that training didn't know, and since when they are there.
 *
 * @module
 */

/** What was first seen. */
export interface Novelty {
  template: string;
  /** Start of the earliest window that had it, ms. */
  firstSeen: number;
}

/**
 * Remembers when templates unknown to training were first seen. Depends on event time alone, so it does not matter how often
 * or when a run was made.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Novelties } from "./novelties.ts";
 *
 * const novelties = new Novelties();
 * novelties.see("P7", 60_000);
 * novelties.see("P7", 0); // a late line
 * assert.equal(novelties.firstSeen("P7"), 0);
 * assert.deepEqual(novelties.takeChanged(), [{ template: "P7", firstSeen: 0 }]);
 * ```
 */
export class Novelties {
  #firstSeen: Map<string, number>;
  #changed = new Map<string, Novelty>();

  /** @param firstSeen Times by template id, from earlier runs. */
  constructor(firstSeen: Map<string, number> = new Map()) {
    this.#firstSeen = new Map(firstSeen);
  }

  /** Notes the template in a window that starts at `start` (ms). */
  see(template: string, start: number): void {
    if (start >= (this.#firstSeen.get(template) ?? Infinity)) return;
    this.#firstSeen.set(template, start);
    this.#changed.set(template, { template, firstSeen: start });
  }

  /** When the template was first seen, ms; `null` = never. */
  firstSeen(template: string): number | null {
    return this.#firstSeen.get(template) ?? null;
  }

  /** What has changed since the last call. */
  takeChanged(): Novelty[] {
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    return changed;
  }
}
