/**
 * How many logins are usually refused, over all sources, and whether there are more.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";

const { arrayOf, fieldsOf, amount, number, pairOf } = savedFields("a rate of refusals");

const HOUR = 3_600_000;
/** Spans that are looked at, ms. */
const SPANS = [HOUR, 6 * HOUR, 24 * HOUR];
/** After so many ms half of what was learned is left. */
const MEMORY = 72 * HOUR;
/** A span may count this much over what is expected in what is learned, in standard deviations: an attack is not learned. */
const CLIP = 3;

/** The most telling span. */
export interface Excess {
  /** Standard deviations above what is expected. */
  deviations: number;
  span: number;
  count: number;
  expected: number;
}

/**
 * The rate of refusals of a service and how much it varies (a quasi-Poisson model: variance = dispersion × mean), learned with what
 * is far above it clipped; and the last day's refusals by window.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { RefusalRate } from "./refusal_rate.ts";
 *
 * const rate = new RefusalRate(), hour = 3_600_000;
 * for (let i = 1; i <= 100; i++) rate.add((i - 1) * hour, i * hour, 7, 5);
 * assert(rate.excess.deviations < 1);
 * rate.add(100 * hour, 101 * hour, 44, 30);
 * assert(rate.excess.deviations > 8 && Math.round(rate.excess.expected) === 7);
 * ```
 */
export class RefusalRate {
  /** Refusals per ms. */
  #rate = 0;
  #dispersion = 1;
  /** ms learned from, faded. */
  #learned = 0;
  #recent: { end: number; count: number; sources: number }[] = [];
  /** As of the last window. */
  excess: Excess = { deviations: 0, span: HOUR, count: 0, expected: 0 };

  /** Adds a window; the excess is judged by what was known before it. */
  add(start: number, end: number, count: number, sources: number): void {
    const length = end - start;
    if (!(length > 0)) return;
    if (count > 0) this.#recent.push({ end, count, sources });
    while (this.#recent.length > 0 && this.#recent[0].end <= end - SPANS[SPANS.length - 1]) {
      this.#recent.shift();
    }
    this.excess = this.#judge(end, length);
    this.#learn(count, length);
  }

  #judge(end: number, length: number): Excess {
    let most: Excess = { deviations: 0, span: HOUR, count: 0, expected: 0 };
    for (const span of SPANS) {
      const covered = Math.max(span, length);
      let count = 0;
      for (const each of this.#recent) if (each.end > end - covered) count += each.count;
      const expected = this.#rate * covered;
      const deviations = (count - expected) / Math.sqrt(this.#dispersion * expected + 1);
      if (deviations > most.deviations) most = { deviations, span: covered, count, expected };
    }
    return most;
  }

  #learn(count: number, length: number): void {
    const expected = this.#rate * length, deviation = Math.sqrt(this.#dispersion * expected + 1);
    const usual = this.#learned > 24 * HOUR ? Math.min(count, expected + CLIP * deviation) : count;
    const kept = this.#learned * 0.5 ** (length / MEMORY), weight = length / (kept + length);
    if (expected > 0) {
      const residual = Math.min((usual - expected) ** 2 / expected, 50);
      this.#dispersion = Math.max(1, this.#dispersion + weight * (residual - this.#dispersion));
    }
    this.#rate += weight * (usual / length - this.#rate);
    this.#learned = kept + length;
  }

  /** What one window of this length has, usually. */
  expected(length: number): number {
    return this.#rate * length;
  }

  copy(): RefusalRate {
    return RefusalRate.fromJSON(this.toJSON());
  }

  toJSON() {
    const { deviations, span, count, expected } = this.excess;
    return {
      ...{ rate: this.#rate, dispersion: this.#dispersion, learned: this.#learned },
      recent: this.#recent.map(({ end, count, sources }) => [end, [count, sources]]),
      excess: [[deviations, span], [count, expected]],
    };
  }

  /** @throws {TypeError} if it is not what {@linkcode toJSON} gives. */
  static fromJSON(value: unknown): RefusalRate {
    const saved = fieldsOf(value, "rate"), read = new RefusalRate();
    read.#rate = amount(saved.rate, "rate.rate");
    read.#dispersion = amount(saved.dispersion, "rate.dispersion");
    read.#learned = amount(saved.learned, "rate.learned");
    const pair = (each: unknown, path: string) => pairOf(each, path, amount, amount);
    read.#recent = arrayOf(saved.recent, "rate.recent", (each, path) => pairOf(each, path, number, pair))
      .map(([end, [count, sources]]) => ({ end, count, sources }));
    const [[deviations, span], [count, expected]] = pairOf(saved.excess, "rate.excess", pair, pair);
    read.excess = { deviations, span, count, expected };
    return read;
  }
}
