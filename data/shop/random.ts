/**
 * Seeded dice: the same numbers for the same seed and name on every machine.
 *
 * @module
 */

/** FNV-1a over the code units of `text`, mixed with `seed`; 32 bits. */
export function hashOf(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/**
 * A stream of random numbers (sfc32 by Chris Doty-Humphrey, PractRand 2010).
 *
 * Every part of the shop has a stream of its own, named after it, so that planting an incident changes no other line.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, name: string) {
    this.#a = hashOf(name, seed);
    this.#b = hashOf(name, seed ^ 0x9e3779b9);
    this.#c = seed | 0;
    for (let i = 0; i < 12; i++) this.next();
  }

  /** At least 0, less than 1. */
  next(): number {
    const t = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t | 0;
    return (t >>> 0) / 4294967296;
  }

  /** A whole number, both ends included. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the values, all alike. */
  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)];
  }

  /** One of the values, the first ones far more often. */
  pickEarly<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * this.next() * values.length)];
  }

  /** A positive number with a long tail: half of them under `median`, one in a hundred above about four times it. */
  skewed(median: number): number {
    return median * (0.5 + this.next() * 0.55) / Math.sqrt(1 - this.next() * 0.97);
  }

  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string {
    let text = "";
    for (let i = 0; i < length; i += 4) {
      text += (0x10000 + Math.floor(this.next() * 0x10000)).toString(16).slice(1);
    }
    return text.slice(0, length);
  }
}
