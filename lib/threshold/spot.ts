/**
 * Peaks over threshold on a stream: the tail grows with every score that falls into it.
 *
 * @module
 */
import { Calibration, checkLevel } from "./calibration.ts";
import { tailLine } from "./pot.ts";
import { fitTail, tailExcess } from "./tail.ts";

/** Options of {@linkcode Spot}. */
export interface SpotOptions {
  /** Share of normal windows that stay at or below the line; default .999. */
  level?: number;
  /** Share of the first scores that the tail begins with; default .1. */
  tail?: number;
  /** Drift (DSPOT): scores are taken as differences from the mean of as many normal ones before; default 0 = none (SPOT). */
  depth?: number;
  /** Peaks kept; default 500: the oldest go. */
  peaks?: number;
}

/**
 * SPOT: after a first calibration, a score above the line is anomalous and changes nothing; one in the tail moves the line; all
 * others only count. With `depth` it is DSPOT, which follows a drifting mean.
 *
 * What it calls anomalous it never learns from, also where that is the tail of normal scores; so the line comes down bit by bit:
 * on 50,000 exponential scores it flags 5 times the 1 % asked for, 3 times 0.1 %, twice 0.01 %. It has no memory of time either:
 * the rate is that of all scores so far. For an alert budget see `RollingCalibration`.
 *
 * @see Siffer et al., "Anomaly Detection in Streams with Extreme Value Theory", KDD 2017, algorithms 2 and 3
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { seededRandom } from "../detector/seeded_random.ts";
 * import { Spot } from "./spot.ts";
 *
 * const random = seededRandom(1), spot = new Spot(Array.from({ length: 1000 }, random), { level: .999 });
 * assert.equal(spot.add(5), true);
 * assert.equal(spot.add(.5), false);
 * ```
 */
export class Spot {
  readonly #share: number;
  readonly #depth: number;
  readonly #most: number;
  /** The last normal scores, for the mean that differences are taken from. */
  readonly #recent: number[] = [];
  readonly #peaks: number[];
  /** Peaks ever in the tail, and scores ever that were not anomalous. */
  #inTail: number;
  #seen: number;
  readonly #level: number;
  #line: number;

  /**
   * @param first Scores of normal windows in order of time, more than `depth`.
   * @throws {RangeError} if an option is out of range, a score is NaN, or there are too few scores.
   */
  constructor(first: readonly number[], options: SpotOptions = {}) {
    const { level = .999, tail = .1, depth = 0, peaks = 500 } = options;
    checkLevel("spot", level);
    checkLevel("spot", tail, "tail");
    if (!(Number.isInteger(depth) && depth >= 0 && first.length > depth && peaks >= 1)) {
      throw new RangeError(
        `Cannot follow scores by spot: depth ${depth} and ${peaks} peaks with ${first.length} first scores`,
      );
    }
    [this.#share, this.#depth, this.#most] = [1 - level, depth, peaks];
    const differences = first.map((score) => this.#difference(score)).slice(depth);
    const calibration = new Calibration(differences, differences.map(() => 1));
    this.#level = calibration.reachedBy(Math.floor(Math.max(tail, this.#share) * differences.length) + 1);
    this.#peaks = differences.filter((score) => score > this.#level).map((score) => score - this.#level);
    [this.#inTail, this.#seen] = [this.#peaks.length, differences.length];
    this.#line = tailLine(calibration, this.#share, tail).value;
  }

  /** What the next score is compared with. */
  get threshold(): number {
    return this.#line + this.#mean();
  }

  /**
   * Takes in the next score.
   *
   * @returns Whether it is anomalous.
   * @throws {RangeError} if it is NaN.
   */
  add(score: number): boolean {
    if (Number.isNaN(score)) throw new RangeError("Cannot follow scores by spot: a score is NaN");
    if (score > this.threshold) return true;
    const difference = this.#difference(score);
    this.#seen++;
    if (difference > this.#level) {
      this.#inTail++;
      this.#peaks.push(difference - this.#level);
      if (this.#peaks.length > this.#most) this.#peaks.shift();
    }
    const share = this.#share * this.#seen / this.#inTail;
    if (difference > this.#level && share < 1) {
      this.#line = this.#level + tailExcess(fitTail(this.#peaks), share);
    }
    return false;
  }

  #mean(): number {
    return this.#recent.length === 0
      ? 0
      : this.#recent.reduce((sum, score) => sum + score, 0) / this.#recent.length;
  }

  #difference(score: number): number {
    const difference = score - this.#mean();
    if (this.#depth > 0) {
      this.#recent.push(score);
      if (this.#recent.length > this.#depth) this.#recent.shift();
    }
    return difference;
  }
}
