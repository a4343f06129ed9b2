/**
 * Chance that leaves nothing out.
 *
 * @module
 */
import type { Random } from "../../data/shop/random.ts";

/** Cards that are dealt one by one; when all were, they are shuffled anew. */
export class Deck<T> {
  #left: T[] = [];

  /** @param cards At least one. */
  constructor(private readonly random: Random, private readonly cards: readonly T[]) {}

  /** The next card. */
  deal(): T {
    if (this.#left.length === 0) this.#left = [...this.cards];
    return this.#left.splice(this.random.integer(0, this.#left.length - 1), 1)[0];
  }
}
