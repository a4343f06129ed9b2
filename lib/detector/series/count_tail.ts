/**
 * How unlikely a count is: tails of the negative binomial distribution.
 *
 * @module
 */

/** Nothing is called less likely than 10 to the minus this. */
const LIMIT = 300;
/** Counts vary by one part in a hundred at the least (variance mean + .0001 mean²), however regular they looked. */
const LEAST_DISPERSION = 1e-4;
/** Lanczos coefficients for g = 7, n = 9. */
const LANCZOS = [
  ...[0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313],
  ...[
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7,
  ],
];

/**
 * −log10 of the probability that a negative binomial count is `count` or less.
 *
 * @param mean Expected count, above 0.
 * @param dispersion 1 / k: the variance is mean + dispersion · mean²; 0 = Poisson.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lowerTail } from "./count_tail.ts";
 *
 * assert(Math.abs(lowerTail(0, 10, 0) - 10 / Math.LN10) < .01); // e^-10
 * assert(Math.abs(lowerTail(0, 10, 1) - Math.log10(11)) < 1e-6); // 1 / 11
 * ```
 */
export function lowerTail(count: number, mean: number, dispersion: number): number {
  const k = 1 / Math.max(dispersion, LEAST_DISPERSION);
  if (count === 0) return Math.min(LIMIT, k * Math.log1p(mean / k) / Math.LN10); // (k / (k + mean))^k
  return bounded(incompleteBeta(k, count + 1, k / (k + mean)));
}

/**
 * −log10 of the probability that a negative binomial count is `count` or more.
 *
 * @param mean Expected count, above 0.
 * @param dispersion As in {@linkcode lowerTail}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { upperTail } from "./count_tail.ts";
 *
 * assert.equal(upperTail(0, 10, 1), 0);
 * assert(Math.abs(upperTail(1, 10, 1) + Math.log10(10 / 11)) < 1e-6);
 * ```
 */
export function upperTail(count: number, mean: number, dispersion: number): number {
  if (count <= 0) return 0;
  const k = 1 / Math.max(dispersion, LEAST_DISPERSION);
  return bounded(incompleteBeta(count, k, mean / (k + mean)));
}

/**
 * −log10 of the probability that a Poisson count is `count` or more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { poissonTail } from "./count_tail.ts";
 *
 * assert(Math.abs(poissonTail(1, .1) + Math.log10(1 - Math.exp(-.1))) < 1e-12);
 * ```
 */
export function poissonTail(count: number, mean: number): number {
  if (count <= 0) return 0;
  if (mean <= 0) return LIMIT;
  // Σ from count on of e^-mean mean^i / i!, from its largest term: what comes before would cancel.
  let term = 1, sum = 1;
  for (let i = count + 1; term > 1e-17 * sum && i < count + 1000; i++) sum += term *= mean / i;
  return bounded(Math.exp(count * Math.log(mean) - mean - logGamma(count + 1)) * sum);
}

/**
 * −log10 of the probability that a time with a gamma distribution is longer than `time`.
 *
 * @param mean Above 0.
 * @param shape 1 = exponential; greater = more regular.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gammaTail } from "./count_tail.ts";
 *
 * assert(Math.abs(gammaTail(6, 2, 1) - 3 / Math.LN10) < 1e-9); // e^-3
 * assert(gammaTail(6, 2, 4) > gammaTail(6, 2, 1));
 * ```
 */
export function gammaTail(time: number, mean: number, shape: number): number {
  const x = time * shape / mean;
  if (x <= 0) return 0;
  const front = shape * Math.log(x) - x - logGamma(shape);
  return x < shape + 1 ? bounded(1 - Math.exp(front) * lowerSeries(shape, x)) : logTail(front, shape, x);
}

/** Σ of the lower incomplete gamma function (Press et al., Numerical Recipes, § 6.2). */
function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape, sum = term;
  for (let n = 1; n < 1000 && term > sum * 1e-15; n++) sum += term *= x / (shape + n);
  return sum;
}

/** −log10 of the upper tail, by its continued fraction. */
function logTail(front: number, shape: number, x: number): number {
  let b = x + 1 - shape, c = 1e300, d = 1 / b, fraction = d;
  for (let i = 1; i < 1000; i++) {
    const a = -i * (i - shape);
    b += 2;
    d = 1 / nonzero(a * d + b, 1e-300);
    c = nonzero(b + a / c, 1e-300);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return Math.min(LIMIT, Math.max(0, -(front + Math.log(fraction)) / Math.LN10));
}

function bounded(probability: number): number {
  return Math.min(LIMIT, Math.max(0, -Math.log10(probability)));
}

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (x - 1 + i);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** I_x(a, b), by the continued fraction of Lentz (Press et al., Numerical Recipes, § 6.4). */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return x < (a + 1) / (a + b + 2) ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, 1 - x) / b;
}

function fraction(a: number, b: number, x: number): number {
  const tiny = 1e-300, steps = 200 + 4 * Math.sqrt(Math.max(a, b));
  let c = 1, d = 1 / nonzero(1 - (a + b) * x / (a + 1), tiny), result = d;
  for (let m = 1; m <= steps; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonzero(1 + even * d, tiny);
    c = nonzero(1 + even / c, tiny);
    result *= d * c;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonzero(1 + odd * d, tiny);
    c = nonzero(1 + odd / c, tiny);
    const step = d * c;
    result *= step;
    if (Math.abs(step - 1) < 1e-12) break;
  }
  return result;
}

function nonzero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
