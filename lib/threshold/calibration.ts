/**
 * The scores that a threshold is chosen on: held-back normal windows, sorted, with weights.
 *
 * @module
 */
import type { ThresholdRule } from "./threshold.ts";

/** One distinct score and how many windows have it. */
export interface WeightedScore {
  score: number;
  weight: number;
}

/**
 * Scores of normal windows, ready for choosing a threshold.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Calibration } from "./calibration.ts";
 *
 * const calibration = new Calibration(Float64Array.of(0, 2, 0), Float64Array.of(7, 1, 2));
 * assert.equal(calibration.windows, 10);
 * assert.equal(calibration.rateAbove(0), .1);
 * ```
 */
export class Calibration {
  /** Distinct scores, ascending. */
  readonly scores: readonly WeightedScore[];
  /** Weights summed. */
  readonly windows: number;

  /**
   * @param scores Shape [n].
   * @param weights How many windows each score stands for, shape [n].
   * @throws {TypeError} if the lengths differ.
   * @throws {RangeError} if there are no scores, one is NaN, or a weight is negative or not finite.
   */
  constructor(scores: ArrayLike<number>, weights: ArrayLike<number>) {
    if (scores.length !== weights.length) {
      throw new TypeError(
        `Cannot choose a threshold: ${scores.length} scores have ${weights.length} weights`,
      );
    }
    const merged = new Map<number, number>();
    for (let i = 0; i < scores.length; i++) {
      const score = scores[i], weight = weights[i];
      if (Number.isNaN(score)) throw new RangeError(`Cannot choose a threshold: score ${i} is NaN`);
      if (!(weight >= 0) || weight === Infinity) {
        throw new RangeError(`Cannot choose a threshold: weight ${i} is ${weight}`);
      }
      if (weight > 0) merged.set(score, (merged.get(score) ?? 0) + weight);
    }
    if (merged.size === 0) throw new RangeError("Cannot choose a threshold: there are no scores");
    this.scores = Array.from(merged, ([score, weight]) => ({ score, weight })).sort((a, b) =>
      a.score - b.score
    );
    this.windows = this.scores.reduce((sum, { weight }) => sum + weight, 0);
  }

  /** The least score. */
  get least(): number {
    return this.scores[0].score;
  }

  /** Share of the windows whose score is greater than `value`. */
  rateAbove(value: number): number {
    let above = 0;
    for (const { score, weight } of this.scores) if (score > value) above += weight;
    return above / this.windows;
  }

  /** The greatest score that at least `count` windows reach. */
  reachedBy(count: number): number {
    let reached = 0, i = this.scores.length;
    do reached += this.scores[--i].weight; while (i > 0 && reached < count);
    return this.scores[i].score;
  }

  /** The weighted mean of something of each score. */
  mean(of: (score: number) => number): number {
    return this.scores.reduce((sum, { score, weight }) => sum + weight * of(score), 0) / this.windows;
  }

  /**
   * A line strictly between the least score and the next one that is possible, for discrete scores whose least value is
   * what nearly every normal window has (a known count vector scores exactly 0): halfway to the next score seen or to
   * `smallest`, whichever is less. Where neither is known it is twice the least score, or a millionth where that is 0.
   *
   * @param smallest The detector's least score above 0, where it has one.
   */
  aboveLeast(smallest: number | undefined): number {
    return aboveLeast(this.least, this.scores[1]?.score, smallest);
  }
}

/**
 * {@linkcode Calibration.aboveLeast} of the least score and the next one seen; `undefined` = there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { aboveLeast } from "./calibration.ts";
 *
 * assert.equal(aboveLeast(0, 4, undefined), 2);
 * ```
 */
export function aboveLeast(least: number, second: number | undefined, smallest: number | undefined): number {
  const possible = [second, smallest].filter((next) => next !== undefined && next > least);
  if (possible.length > 0) {
    const next = Math.min(...possible as number[]), middle = least + (next - least) / 2;
    return middle > least ? middle : next; // the smallest of all numbers has no half
  }
  return least > 0 ? 2 * least : least + 1e-6;
}

/**
 * The value of each of a rule's options, and `smallest`.
 *
 * @param given As the rule was given them.
 * @throws {TypeError} if the rule has no such option, or one that it needs is missing.
 * @throws {RangeError} if one is not a finite number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ruleOptions } from "./calibration.ts";
 *
 * const rule = { name: "mean-std", options: [{ name: "k", default: 3, title: "Standard deviations above the mean" }] };
 * assert.equal(ruleOptions(rule, { k: 2 }).k, 2);
 * assert.equal(ruleOptions(rule, {}).k, 3);
 * assert.throws(() => ruleOptions(rule, { q: 2 }), TypeError);
 * ```
 */
export function ruleOptions(
  { name: rule, options }: Pick<ThresholdRule, "name" | "options">,
  given: Readonly<Record<string, number>>,
): Record<string, number> & { smallest?: number } {
  const defaults = new Map(options.map((option) => [option.name, option.default]));
  for (const [name, value] of Object.entries(given)) {
    if (name !== "smallest" && !defaults.has(name)) {
      throw new TypeError(`Cannot choose a threshold by ${rule}: it has no option ${name}`);
    }
    if (!Number.isFinite(value)) {
      throw new RangeError(`Cannot choose a threshold by ${rule}: ${name} is ${value}`);
    }
  }
  const values = Object.fromEntries(defaults.entries().filter(([, value]) => value !== undefined));
  const all = { ...values, ...given } as Record<string, number>;
  const missing = options.find(({ name }) => all[name] === undefined);
  if (missing) throw new TypeError(`Cannot choose a threshold by ${rule}: ${missing.name} is not given`);
  return all;
}

/**
 * Checks that a share of windows is one.
 *
 * @throws {RangeError} if it is not between 0 and 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkLevel } from "./calibration.ts";
 *
 * assert.throws(() => checkLevel("quantile", 1), /^RangeError: Cannot choose a threshold by quantile: level is 1, /);
 * ```
 */
export function checkLevel(rule: string, level: number, name = "level"): void {
  if (level > 0 && level < 1) return;
  throw new RangeError(`Cannot choose a threshold by ${rule}: ${name} is ${level}, not between 0 and 1`);
}
