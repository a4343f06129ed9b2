/**
 * Quantiles of a stream of numbers in bounded memory.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";

const { amount, arrayOf, fieldsOf, flag, integer, number } = savedFields("a quantile sketch");

/** Every quantile is within this part of a value that really has its rank. */
export const RELATIVE_ERROR = 0.01;

const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR), PER_LOG = 1 / Math.log(GAMMA);
/** Magnitudes below it are zero. */
const LEAST = 1e-9;
/** Bins of one sign; those of the smallest magnitudes are made one when there are more (within 35 orders of magnitude there are not). */
const BIN_LIMIT = 4096;

/** Bins that are kept by number; more of them are a column, which most wide distributions of few values would leave empty. */
const FEW_BINS = 32;

/** Counts by the logarithm of a magnitude. */
class Bins {
  counts: Float64Array = new Float64Array(0);
  /** Bin of `counts[0]`. */
  from = 0;
  total = 0;
  #few: Map<number, number> | null = new Map();

  add(bin: number, weight: number): void {
    this.total += weight;
    if (this.#few !== null) {
      this.#few.set(bin, (this.#few.get(bin) ?? 0) + weight);
      if (this.#few.size > FEW_BINS) this.#spread(this.#few);
      return;
    }
    if (bin < this.from || bin >= this.from + this.counts.length) this.#cover(bin);
    this.counts[Math.max(0, bin - this.from)] += weight;
  }

  #spread(few: Map<number, number>): void {
    this.#few = null;
    for (const [bin, count] of [...few].sort(([a], [b]) => b - a)) {
      if (bin < this.from || bin >= this.from + this.counts.length) this.#cover(bin);
      this.counts[Math.max(0, bin - this.from)] += count;
    }
  }

  /** Makes room for a bin; where that is too much, what is smallest goes into one. */
  #cover(bin: number): void {
    let low = bin, high = bin;
    for (let i = 0; i < this.counts.length; i++) {
      if (this.counts[i] === 0) continue;
      low = Math.min(low, this.from + i);
      high = Math.max(high, this.from + i);
    }
    const length = Math.min(BIN_LIMIT, 2 ** Math.ceil(Math.log2(1.5 * (high - low + 1))));
    const room = length - (high - low + 1), from = room >= 0 ? low - (room >> 1) : high - length + 1;
    const counts = new Float64Array(length);
    for (let i = 0; i < this.counts.length; i++) {
      if (this.counts[i] > 0) counts[Math.max(0, this.from + i - from)] += this.counts[i];
    }
    this.counts = counts;
    this.from = from;
  }

  /** Bins and counts that are not zero. */
  entries(): [number, number][] {
    if (this.#few !== null) return [...this.#few].sort(([a], [b]) => a - b);
    const found: [number, number][] = [];
    this.counts.forEach((count, i) => count > 0 && found.push([this.from + i, count]));
    return found;
  }
}

/** {@linkcode QuantileSketch} as plain data. */
export interface SavedQuantiles {
  version: 1;
  /** Whether all numbers were whole. */
  whole: boolean;
  zero: number;
  least: number | null;
  greatest: number | null;
  positive: [bin: number, count: number][];
  negative: [bin: number, count: number][];
}

/**
 * Counts numbers by the logarithm of their magnitude, so that each quantile is within 1 % of a value of that rank, whatever the
 * distribution. Sketches of parts merge into that of the whole.
 *
 * Source: C. Masson, J. E. Rim, H. K. Lee, *DDSketch: A Fast and Fully-Mergeable Quantile Sketch with Relative-Error
 * Guarantees*, VLDB 12 (2019).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { QuantileSketch } from "./quantile_sketch.ts";
 *
 * const sketch = new QuantileSketch();
 * for (let ms = 1; ms <= 1000; ms++) sketch.add(ms);
 * assert(Math.abs(sketch.quantile(0.5) - 500) <= 5);
 * assert.deepEqual([sketch.count, sketch.least, sketch.greatest], [1000, 1, 1000]);
 * ```
 */
export class QuantileSketch {
  /** The least and the greatest number; NaN without any. */
  least = NaN;
  greatest = NaN;
  #zero = 0;
  #positive: Bins | null = null;
  #negative: Bins | null = null;
  #last = NaN;
  #lastBin = 0;
  #whole = true; // no fraction so far

  /** Numbers added. */
  get count(): number {
    return this.#zero + (this.#positive?.total ?? 0) + (this.#negative?.total ?? 0);
  }

  /** Adds a number `weight` times; what is not finite is left out. */
  add(value: number, weight = 1): void {
    if (!(value - value === 0)) return;
    value += 0; // -0 is 0
    if (!(value >= this.least)) this.least = value;
    if (!(value <= this.greatest)) this.greatest = value;
    if (this.#whole && value % 1 !== 0) this.#whole = false;
    const size = value < 0 ? -value : value;
    if (size < LEAST) {
      this.#zero += weight;
      return;
    }
    if (size !== this.#last) {
      this.#last = size;
      this.#lastBin = Math.ceil(Math.log(size) * PER_LOG);
    }
    const bins = value > 0 ? this.#positive ??= new Bins() : this.#negative ??= new Bins();
    bins.add(this.#lastBin, weight);
  }

  /**
   * The number of which a part `q` is less or equal; NaN without any.
   *
   * @param q 0–1.
   */
  quantile(q: number): number {
    const rank = q * (this.count - 1);
    if (!(rank >= 0)) return NaN;
    let seen = 0;
    for (const [bin, count] of this.#negative?.entries().reverse() ?? []) {
      seen += count;
      if (seen > rank) return this.#clamp(-middleOf(bin));
    }
    seen += this.#zero;
    if (seen > rank) return this.#clamp(0);
    for (const [bin, count] of this.#positive?.entries() ?? []) {
      seen += count;
      if (seen > rank) return this.#clamp(middleOf(bin));
    }
    return this.greatest;
  }

  #clamp(value: number): number {
    const near = this.#whole ? Math.round(value) : value; // of whole numbers up to 49 that is the very one
    return Math.min(this.greatest, Math.max(this.least, near));
  }

  /** Adds what another one counted. Returns itself. */
  merge(other: QuantileSketch): this {
    if (other.count === 0) return this;
    if (!(other.least >= this.least)) this.least = other.least;
    if (!(other.greatest <= this.greatest)) this.greatest = other.greatest;
    this.#zero += other.#zero;
    this.#whole &&= other.#whole;
    this.#take(other.#positive?.entries() ?? [], other.#negative?.entries() ?? []);
    return this;
  }

  #take(positive: [number, number][], negative: [number, number][]): void {
    for (const [bin, count] of positive) (this.#positive ??= new Bins()).add(bin, count);
    for (const [bin, count] of negative) (this.#negative ??= new Bins()).add(bin, count);
  }

  toJSON(): SavedQuantiles {
    const known = (value: number) => Number.isNaN(value) ? null : value;
    return {
      version: 1,
      whole: this.#whole,
      zero: this.#zero,
      least: known(this.least),
      greatest: known(this.greatest),
      positive: this.#positive?.entries() ?? [],
      negative: this.#negative?.entries() ?? [],
    };
  }

  /**
   * The sketch behind plain data.
   *
   * @throws {TypeError} if a field is missing, of the wrong type, or of another version.
   */
  static fromJSON(saved: unknown): QuantileSketch {
    const fields = fieldsOf(saved, "sketch"), sketch = new QuantileSketch();
    integer(fields.version, "version", 1, 1);
    const bins = (name: string) =>
      arrayOf(fields[name], name, (entry, path): [number, number] => {
        const pair = arrayOf(entry, path, number);
        return [integer(pair[0], `${path}[0]`, -1e6, 1e6), amount(pair[1], `${path}[1]`)];
      });
    sketch.#whole = flag(fields.whole, "whole");
    sketch.#zero = amount(fields.zero, "zero");
    sketch.#take(bins("positive"), bins("negative"));
    if (sketch.count > 0) {
      sketch.least = number(fields.least, "least");
      sketch.greatest = number(fields.greatest, "greatest");
    }
    return sketch;
  }
}

/** The value that no value of a bin is farther than 1 % from. */
function middleOf(bin: number): number {
  return 2 * GAMMA ** bin / (GAMMA + 1);
}
