/**
 * How unusual a value is among held-back ones.
 *
 * @module
 */

/** Nats at most beyond the largest held-back value. */
const BEYOND = 2;

/** Plain data of a {@linkcode Tail}. */
export interface TailState {
  /** Distinct held-back values, ascending. */
  values: number[];
  /** Held-back values that are not below each, shape [values.length]. */
  reaching: number[];
  /** Held-back values in all. */
  total: number;
  /** What one nat is worth beyond the largest. */
  scale: number;
}

/**
 * −ln of the share of held-back values that are as large, extrapolated beyond the largest as an exponential tail would be, by
 * two nats at most.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Tail } from "./tail.ts";
 *
 * const tail = Tail.of([0, 0, 0, 1]);
 * assert.equal(tail.surprise(1), -Math.log(2 / 5));
 * assert(tail.surprise(2) > tail.surprise(1.1));
 * ```
 */
export class Tail {
  constructor(readonly state: TailState) {}

  /** Learns held-back values. @throws {RangeError} if there are none. */
  static of(heldBack: ArrayLike<number>): Tail {
    const sorted = Float64Array.from(heldBack).sort(), total = sorted.length;
    if (total === 0) throw new RangeError("Cannot calibrate: there are no held-back values");
    const values: number[] = [], reaching: number[] = [];
    for (let i = 0; i < total; i++) {
      if (i > 0 && sorted[i] === sorted[i - 1]) continue;
      values.push(sorted[i]);
      reaching.push(total - i);
    }
    const upper = quantile(sorted, .9), above = sorted.filter((value) => value > upper);
    const excess = above.reduce((sum, value) => sum + value - upper, 0) / Math.max(1, above.length);
    return new Tail({
      values,
      reaching,
      total,
      scale: Math.max(excess, .1 * Math.abs(sorted[total - 1]), .25),
    });
  }

  /** Nats of a new value. */
  surprise(value: number): number {
    const { values, total, scale } = this.state, largest = values[values.length - 1];
    const beyond = value > largest ? Math.min((value - largest) / scale, BEYOND) : 0;
    return beyond - Math.log((this.#reaching(value) + 1) / (total + 1));
  }

  /** Nats of one of the held-back values, among the others. */
  ownSurprise(value: number): number {
    const { values, reaching, total, scale } = this.state, others = this.#reaching(value) - 1;
    const isLargest = reaching[reaching.length - 1] === 1 && values.length > 1;
    const next = values[values.length - (isLargest ? 2 : 1)];
    const beyond = others === 0 && value > next ? Math.min((value - next) / scale, BEYOND) : 0;
    return beyond - Math.log((others + 1) / total);
  }

  /** Held-back values that are as large. */
  #reaching(value: number): number {
    const { values, reaching } = this.state;
    let low = 0, high = values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low < values.length ? reaching[low] : 0;
  }
}

/** The value below which this share of ascending ones lies, interpolated (type 7 of Hyndman and Fan). */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const at = share * (ascending.length - 1),
    low = Math.floor(at),
    high = Math.min(low + 1, ascending.length - 1);
  return ascending[low] + (at - low) * (ascending[high] - ascending[low]);
}
