/**
 * Dice that fall the same way for the same seed, on every machine.
 *
 * @module
 */

/**
 * Numbers in [0, 1), 32 random bits each, from one seed: the generator sfc32 of PractRand, started by splitmix32.
 *
 * @param seed Any finite number; its fraction is dropped, and its lowest 32 bits count.
 * @throws {RangeError} if the seed is not finite.
 * @see https://pracrand.sourceforge.net/RNG_engines.txt
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { seededRandom } from "./seeded_random.ts";
 *
 * const first = seededRandom(7), second = seededRandom(7);
 * assert.equal(first(), second());
 * ```
 */
export function seededRandom(seed: number): () => number {
  if (!Number.isFinite(seed)) throw new RangeError(`Cannot seed a generator: the seed is ${seed}`);
  const words = splitmix(seed | 0);
  let [a, b, c, counter] = [words(), words(), words(), 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

/** Words of 32 bits that spread a small seed over a whole state. */
function splitmix(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return word ^ (word >>> 15);
  };
}

/**
 * The numbers 0 … length − 1 in a random order (Fisher–Yates).
 *
 * @param length How many numbers.
 * @param random Numbers in [0, 1), as {@linkcode seededRandom} gives.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { seededPermutation, seededRandom } from "./seeded_random.ts";
 *
 * assert.deepEqual(seededPermutation(3, seededRandom(1)).sort(), Int32Array.of(0, 1, 2));
 * ```
 */
export function seededPermutation(length: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
