/**
 * How many different values a stream has, in bounded memory.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";

const { arrayOf, fieldsOf, integer, nullOr } = savedFields("a distinct sketch");

/** Values that are counted exactly. */
export const EXACT_LIMIT = 256;
/** Registers: their number gives a standard error of 1.04 / √2048 = 2.3 %. */
const BITS = 11, REGISTERS = 1 << BITS;
/** Bits that leading zeros are counted in. */
const WIDTH = 32;

/** {@linkcode DistinctSketch} as plain data. */
export interface SavedDistinct {
  version: 1;
  /** Hashes while they are counted exactly. */
  exact: number[] | null;
  registers: number[] | null;
}

/**
 * Counts different hashes: exactly up to 256, then by HyperLogLog with a standard error of 2.3 %. Sketches of parts merge into
 * that of the whole. What is saved of few values are their hashes: of values that can be guessed they are no secret.
 *
 * Source: P. Flajolet et al., *HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm*, AofA 2007, with the
 * estimator of O. Ertl, *New cardinality estimation algorithms for HyperLogLog sketches*, arXiv:1702.01284, algorithm 6.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DistinctSketch } from "./distinct_sketch.ts";
 *
 * const sketch = new DistinctSketch();
 * for (const hash of [7, 9, 7]) sketch.add(hash);
 * assert.equal(sketch.count, 2);
 * ```
 */
export class DistinctSketch {
  #exact = new Float64Array(8).fill(-1);
  #size = 0;
  #registers: Uint8Array | null = null;

  /** Whether {@linkcode count} is no estimate. */
  get isExact(): boolean {
    return this.#registers === null;
  }

  /** Different hashes. */
  get count(): number {
    return this.#registers === null ? this.#size : Math.round(estimate(this.#registers));
  }

  /** Adds a hash: a whole number of up to 53 bits, not negative. Returns whether it is known to be new: only while it is exact. */
  add(hash: number): boolean {
    if (this.#registers !== null) {
      note(this.#registers, hash);
      return false;
    }
    const exact = this.#exact, mask = exact.length - 1;
    let slot = hash & mask;
    for (let each = exact[slot]; each >= 0; each = exact[slot = (slot + 1) & mask]) {
      if (each === hash) return false;
    }
    exact[slot] = hash;
    if (++this.#size > EXACT_LIMIT) this.#estimateFromNow();
    else if (this.#size * 2 > exact.length) this.#grow();
    return true;
  }

  /** Adds what another one counted. Returns itself. */
  merge(other: DistinctSketch): this {
    if (other.#registers === null) {
      for (const hash of other.#exact) if (hash >= 0) this.add(hash);
      return this;
    }
    if (this.#registers === null) this.#estimateFromNow();
    const registers = this.#registers!;
    other.#registers.forEach((rank, i) => registers[i] = Math.max(rank, registers[i]));
    return this;
  }

  #grow(): void {
    const hashes = this.#exact.filter((hash) => hash >= 0);
    this.#exact = new Float64Array(this.#exact.length * 2).fill(-1);
    this.#size = 0;
    for (const hash of hashes) this.add(hash);
  }

  #estimateFromNow(): void {
    const registers = this.#registers = new Uint8Array(REGISTERS);
    for (const hash of this.#exact) if (hash >= 0) note(registers, hash);
    this.#exact = new Float64Array(0);
    this.#size = 0;
  }

  toJSON(): SavedDistinct {
    const registers = this.#registers;
    const exact = registers === null
      ? [...this.#exact].filter((hash) => hash >= 0).sort((a, b) => a - b)
      : null;
    return { version: 1, exact, registers: registers === null ? null : [...registers] };
  }

  /**
   * The sketch behind plain data.
   *
   * @throws {TypeError} if a field is missing, of the wrong type, or of another version.
   */
  static fromJSON(saved: unknown): DistinctSketch {
    const fields = fieldsOf(saved, "sketch"), sketch = new DistinctSketch();
    integer(fields.version, "version", 1, 1);
    const hash = (value: unknown, path: string) => integer(value, path, 0);
    const rank = (value: unknown, path: string) => integer(value, path, 0, WIDTH + 1);
    const hashes = (value: unknown, path: string) => arrayOf(value, path, hash);
    for (const each of nullOr(fields.exact, "exact", hashes) ?? []) sketch.add(each);
    const ranks = nullOr(fields.registers, "registers", (value, path) => arrayOf(value, path, rank));
    if (ranks === null) return sketch;
    if (ranks.length !== REGISTERS) {
      throw new RangeError(
        `Cannot restore a distinct sketch: registers must have ${REGISTERS} entries, it has ${ranks.length}`,
      );
    }
    sketch.#estimateFromNow();
    sketch.#registers!.set(ranks);
    return sketch;
  }
}

/** The low bits choose a register, the zeros that the high 32 bits begin with are its rank. */
function note(registers: Uint8Array, hash: number): void {
  const high = Math.floor(hash / 0x200000), low = hash & (REGISTERS - 1);
  const rank = Math.clz32(mix(high)) + 1;
  if (rank > registers[low]) registers[low] = rank;
}

function mix(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function estimate(registers: Uint8Array): number {
  const counts = new Float64Array(WIDTH + 2);
  for (const rank of registers) counts[rank]++;
  let z = REGISTERS * tau(1 - counts[WIDTH + 1] / REGISTERS);
  for (let rank = WIDTH; rank >= 1; rank--) z = 0.5 * (z + counts[rank]);
  z += REGISTERS * sigma(counts[0] / REGISTERS);
  return REGISTERS * REGISTERS / (2 * Math.LN2) / z;
}

function sigma(x: number): number {
  if (x === 1) return Infinity;
  let y = 1, z = x;
  for (let before = NaN; z !== before;) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let y = 1, z = 1 - x;
  for (let before = NaN; z !== before;) {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}
