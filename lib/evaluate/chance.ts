/**
 * What counts say, and how far chance may have moved them.
 *
 * @module
 */

/** A share of so many, 0–1, with the interval that holds the truth in 95 of 100 cases. */
export interface Share {
  share: number;
  low: number;
  high: number;
}

/** How often something happens in a unit of time. */
export interface Rate {
  rate: number;
  /** 95 % interval of the rate. */
  low: number;
  high: number;
  /** Least and most of it in a unit of time to come, in nine of ten. */
  least: number;
  most: number;
}

/** Of a normal distribution, 97.5 %. */
const Z = 1.959964;

/**
 * The share of `found` in `of`, with Wilson's interval.
 *
 * @see Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { shareOf } from "./chance.ts";
 *
 * const { share, low, high } = shareOf(20, 20);
 * assert(share === 1 && low > .83 && low < .84 && high === 1);
 * ```
 */
export function shareOf(found: number, of: number): Share {
  if (of === 0) return { share: 0, low: 0, high: 1 };
  const share = found / of, spread = Z * Z / of, middle = (share + spread / 2) / (1 + spread);
  const half = Z * Math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread);
  return { share, low: found === 0 ? 0 : middle - half, high: found === of ? 1 : middle + half };
}

/**
 * The rate of what happened `count` times in so many units of time: Garwood's exact interval for a Poisson rate, and what a
 * unit to come will bring (negative binomial, from Jeffreys' prior).
 *
 * @param units Above 0.
 * @see Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28, 1936
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rateOf } from "./chance.ts";
 *
 * const { rate, low, high, least, most } = rateOf(10, 5);
 * assert(rate === 2 && low > .95 && low < .97 && high > 3.67 && high < 3.69);
 * assert.deepEqual([least, most], [0, 5]);
 * ```
 */
export function rateOf(count: number, units: number): Rate {
  const upper = meanWith((mean) => poissonBelow(count, mean) - 0.025);
  const lower = count === 0 ? 0 : meanWith((mean) => poissonBelow(count - 1, mean) - 0.975);
  const shape = count + 0.5, success = units / (units + 1);
  return {
    ...{ rate: count / units, low: lower / units, high: upper / units },
    ...{ least: quantile(shape, success, .05), most: quantile(shape, success, .95) },
  };
}

/** P(X <= count) for a Poisson variable. */
function poissonBelow(count: number, mean: number): number {
  let log = -mean, sum = Math.exp(log); // terms in logarithms: the mean may be large
  for (let i = 1; i <= count; i++) {
    log += Math.log(mean / i);
    sum += Math.exp(log);
  }
  return sum;
}

/** The mean at which a falling function is 0. */
function meanWith(falling: (mean: number) => number): number {
  let low = 0, high = 1;
  while (falling(high) > 0) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (falling(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Least number of events with at least `level` of a negative binomial distribution at or below it. */
function quantile(shape: number, success: number, level: number): number {
  let log = shape * Math.log(success), sum = Math.exp(log), events = 0;
  while (sum < level && events < 1e6) {
    events++;
    log += Math.log((shape + events - 1) / events) + Math.log(1 - success);
    sum += Math.exp(log);
  }
  return events;
}
