/**
 * How far a rate that was counted on few windows can be trusted.
 *
 * @module
 */

/** A range that holds a rate with a stated confidence. */
export interface RateInterval {
  /** 0–1. */
  low: number;
  high: number;
}

/**
 * The exact binomial interval of a rate (Clopper–Pearson): if the true rate were outside, so few or so many events would come
 * up with a probability of at most (1 − confidence) / 2. It takes the windows as independent; where high scores come in
 * clusters it is too narrow.
 *
 * With the threshold's `realised · windows` events it says how stable a threshold is: the rate of further windows like these.
 *
 * @param events 0–`windows`; need not be whole.
 * @param windows Above 0.
 * @param confidence In (0, 1); default 0.9.
 * @throws {RangeError} if one is out of range.
 * @see Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26,
 * 1934
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rateInterval } from "./rate_interval.ts";
 *
 * const { low, high } = rateInterval(1, 1000);
 * assert.ok(low < .0001 && high > .0047 && high < .0048);
 * ```
 */
export function rateInterval(events: number, windows: number, confidence = 0.9): RateInterval {
  if (!(windows > 0 && events >= 0 && events <= windows && confidence > 0 && confidence < 1)) {
    throw new RangeError(
      `Cannot tell how certain a rate is: ${events} of ${windows} windows, confidence ${confidence}`,
    );
  }
  const outside = (1 - confidence) / 2, rest = windows - events;
  return {
    low: events > 0 ? betaQuantile(outside, events, rest + 1) : 0,
    high: rest > 0 ? betaQuantile(1 - outside, events + 1, rest) : 1,
  };
}

/**
 * The quantile of a beta distribution: with `a` the rank of an order statistic from above and `b` the rest + 1, of the share
 * of all scores that lie above it.
 *
 * @param probability In (0, 1).
 * @param a Above 0.
 * @param b Above 0.
 * @throws {RangeError} if one is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { betaQuantile } from "./rate_interval.ts";
 *
 * assert.ok(Math.abs(betaQuantile(.5, 1, 99) - (1 - .5 ** (1 / 99))) < 1e-12);
 * ```
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (!(probability > 0 && probability < 1 && a > 0 && b > 0)) {
    throw new RangeError(`Cannot find a quantile of a beta distribution: ${probability} of (${a}, ${b})`);
  }
  let low = 0, high = 1;
  for (let step = 0; step < 100 && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2;
    if (betaShare(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The regularised incomplete beta function: the share of the distribution below x. */
function betaShare(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaShare(1 - x, b, a);
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return Math.exp(front) * continuedFraction(x, a, b) / a;
}

/** Its continued fraction by Lentz's method (Press et al., "Numerical Recipes", section 6.4). */
function continuedFraction(x: number, a: number, b: number): number {
  const away = (value: number) => Math.abs(value) < 1e-300 ? 1e-300 : value;
  let c = 1, d = 1 / away(1 - (a + b) * x / (a + 1)), fraction = d;
  for (let m = 1, change = 0; m < 10_000 && Math.abs(change - 1) > 1e-15; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      change = c * d;
      fraction *= change;
    }
  }
  return fraction;
}

const LANCZOS = [
  ...[676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059],
  ...[12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7],
];

/** ln Γ(x) for x above 0. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const sum = LANCZOS.reduce((sum, term, i) => sum + term / (x + i), 0.99999999999980993), t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}
