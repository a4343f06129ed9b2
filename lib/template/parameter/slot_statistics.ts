/**
 * What is known of the values of one slot.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";
import { DistinctSketch, type SavedDistinct } from "./distinct_sketch.ts";
import { FrequentValues, type SavedFrequent } from "./frequent_values.ts";
import * as valueKind from "./kind.ts";
import { isQuantity, UNITS, VALUE_KINDS, type ValueKind } from "./kind.ts";
import { QuantileSketch, type SavedQuantiles } from "./quantile_sketch.ts";
import type { ValueContext, ValueReader } from "./value_reader.ts";
import { FILE_ROLE, HOST_ROLE, ID_ROLE, NO_ROLE, SECRET_ROLE, USER_ROLE } from "./role.ts";

const { HOST, ID, NUMBER, PATH, PERCENTAGE, SECRET, USER, WORD } = valueKind;
const { amount, arrayOf, fieldsOf, integer, nullOr } = savedFields("slot statistics");

/** {@linkcode SlotStatistics} as plain data. */
export interface SavedSlotStatistics {
  version: 1;
  /** Values by number of their kind. */
  kinds: number[];
  quantiles: SavedQuantiles | null;
  distinct: SavedDistinct;
  frequent: SavedFrequent;
}

/** What the values of a slot with this role are, by what they look like alone. */
function kindInRole(kind: number, role: number): number {
  if (role === SECRET_ROLE) return SECRET;
  if (role === ID_ROLE) return kind === NUMBER ? ID : kind;
  if (kind !== WORD && kind !== ID && kind !== NUMBER) return kind;
  if (role === USER_ROLE) return USER;
  if (role === HOST_ROLE) return kind === NUMBER ? ID : HOST;
  return role === FILE_ROLE && kind !== NUMBER ? PATH : kind;
}

/**
 * Statistics of the values of one slot: how many, of what kinds, how many different ones, the most frequent ones, and the
 * distribution of quantities. Bounded (at most some 60 KB, about one while there are few different values), mergeable,
 * plain when saved.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SlotStatistics } from "./slot_statistics.ts";
 * import { ValueReader } from "./value_reader.ts";
 *
 * const statistics = new SlotStatistics(), reader = new ValueReader();
 * for (const text of ["12ms", "7ms", "1s"]) {
 *   const bytes = new TextEncoder().encode(text);
 *   reader.read(bytes, 0, bytes.length);
 *   statistics.add(reader, bytes, 0, bytes.length);
 * }
 * assert.deepEqual([statistics.kind, statistics.kindShare, statistics.count, statistics.distinct], ["duration", 1, 3, 3]);
 * assert.deepEqual([statistics.quantiles.least, statistics.quantiles.greatest], [7, 1000]);
 * ```
 */
export class SlotStatistics {
  readonly #kinds: Float64Array = new Float64Array(VALUE_KINDS.length);
  #quantiles: QuantileSketch | null = null;
  #distinct = new DistinctSketch();
  #frequent = new FrequentValues();

  /** Values. */
  get count(): number {
    return this.#kinds.reduce((sum, count) => sum + count, 0);
  }

  /** The kind of most values; of equally many that with the smaller number. */
  get kind(): ValueKind {
    return VALUE_KINDS[this.#commonest()];
  }

  /** Part of the values that are of this kind, 0–1; 0 without any. */
  get kindShare(): number {
    const { count } = this;
    return count === 0 ? 0 : this.#kinds[this.#commonest()] / count;
  }

  /** The unit of the quantities: `ms`, `B`, `%`, or empty. */
  get unit(): string {
    return UNITS[this.#commonest()];
  }

  /** Whether quantities are most of the values. */
  get isQuantity(): boolean {
    return isQuantity(this.#commonest());
  }

  /** Different values, at most as many as there are; an estimate where {@linkcode isExact} is false. */
  get distinct(): number {
    return Math.min(this.count, this.#distinct.count);
  }

  /** Whether {@linkcode distinct} is no estimate. */
  get isExact(): boolean {
    return this.#distinct.isExact;
  }

  /** The distribution of the quantities; empty where there are none. */
  get quantiles(): QuantileSketch {
    return this.#quantiles ?? new QuantileSketch();
  }

  /** The most frequent values; their texts are as in the log, to be redacted where they leave. */
  get frequent(): FrequentValues {
    return this.#frequent;
  }

  #commonest(): number {
    let best = 0;
    for (let kind = 1; kind < this.#kinds.length; kind++) {
      if (this.#kinds[kind] > this.#kinds[best]) best = kind;
    }
    return best;
  }

  /**
   * Adds the value `bytes[start, end)`.
   *
   * @param value What a `ValueReader` found it to be.
   */
  add(
    value: { kind: number; number: number; hash: number },
    bytes: Uint8Array,
    start: number,
    end: number,
    weight = 1,
  ): void {
    const { kind, number, hash } = value;
    this.#kinds[kind] += weight;
    if (kind >= NUMBER && kind <= PERCENTAGE) (this.#quantiles ??= new QuantileSketch()).add(number, weight);
    const known = this.#frequent.add(hash, bytes, start, kind === SECRET ? start : end, weight);
    if (!known) this.#distinct.add(hash);
  }

  /** Copies what it still has to copy out of the bytes of the values added last: to be called before these change. */
  settle(): void {
    this.#frequent.settle();
  }

  /** What the values are when the slot's name is known. Returns itself. */
  inRole(role: number): this {
    if (role === NO_ROLE) return this;
    const before = this.#kinds.slice();
    this.#kinds.fill(0);
    before.forEach((count, kind) => this.#kinds[kindInRole(kind, role)] += count);
    if (role === SECRET_ROLE) {
      this.#quantiles = null;
      this.#distinct = new DistinctSketch();
      this.#frequent = new FrequentValues();
    } else if (this.#kinds[NUMBER] === 0 && before[NUMBER] > 0) this.#quantiles = null;
    return this;
  }

  /**
   * The statistics of longer values, of each of which a value here is a part: the same text stands before and behind all of them.
   * Exact up to 256 different values; beyond, all are taken to be of the kinds of the most frequent ones.
   */
  between(before: string, after: string, reader: ValueReader, context: ValueContext): SlotStatistics {
    const longer = new SlotStatistics();
    let left = this.count;
    for (const { text, count } of this.#frequent.top(Infinity)) {
      const bytes = new TextEncoder().encode(before + text + after);
      reader.read(bytes, 0, bytes.length, context);
      longer.add(reader, bytes, 0, bytes.length, count);
      longer.settle();
      left -= count;
    }
    if (left <= 0) return longer;
    longer.#kinds[longer.#commonest()] += left;
    longer.#distinct = new DistinctSketch().merge(this.#distinct);
    return longer;
  }

  /** Adds what another one counted. Returns itself. */
  merge(other: SlotStatistics): this {
    other.#kinds.forEach((count, kind) => this.#kinds[kind] += count);
    if (other.#quantiles !== null) (this.#quantiles ??= new QuantileSketch()).merge(other.#quantiles);
    this.#distinct.merge(other.#distinct);
    this.#frequent.merge(other.#frequent);
    return this;
  }

  /** @param show What may leave of a value's text: see `shownValue`. */
  toJSON(show: (text: string) => string): SavedSlotStatistics {
    return {
      version: 1,
      kinds: [...this.#kinds],
      quantiles: this.#quantiles?.toJSON() ?? null,
      distinct: this.#distinct.toJSON(),
      frequent: this.#frequent.toJSON(show),
    };
  }

  /**
   * The statistics behind plain data.
   *
   * @throws {TypeError} if a field is missing, of the wrong type, or of another version.
   */
  static fromJSON(saved: unknown): SlotStatistics {
    const fields = fieldsOf(saved, "statistics"), statistics = new SlotStatistics();
    integer(fields.version, "version", 1, 1);
    const kinds = arrayOf(fields.kinds, "kinds", amount);
    statistics.#kinds.set(kinds.slice(0, VALUE_KINDS.length));
    statistics.#quantiles = nullOr(fields.quantiles, "quantiles", QuantileSketch.fromJSON);
    statistics.#distinct = DistinctSketch.fromJSON(fields.distinct);
    statistics.#frequent = FrequentValues.fromJSON(fields.frequent);
    return statistics;
  }
}
