/**
 * Seeded choices.
 *
 * @module
 */
import { seededPermutation, seededRandom } from "../../detector/seeded_random.ts";

/**
 * Choices that fall the same way for the same seed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dice } from "./dice.ts";
 *
 * assert.equal(new Dice(7).below(1000), new Dice(7).below(1000));
 * ```
 */
export class Dice {
  readonly random: () => number;

  /** @param seed See `seededRandom`. */
  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** A whole number from 0 up to, and not with, `limit`. */
  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  /** A whole number from `low` to `high`. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** One of them. */
  pick<Thing>(things: readonly Thing[]): Thing {
    return things[this.below(things.length)];
  }

  /** All of them in a random order. */
  shuffled<Thing>(things: readonly Thing[]): Thing[] {
    return [...seededPermutation(things.length, this.random)].map((i) => things[i]);
  }

  /** Numbers within `[from, to)`, ascending. */
  times(count: number, from: number, to: number): number[] {
    return Array.from({ length: count }, () => Math.floor(from + this.random() * (to - from))).sort((a, b) =>
      a - b
    );
  }
}
