/**
 * How many events a template usually has at an hour of the day.
 *
 * @module
 */
import type { TemplateNames } from "../../feature/event_window.ts";
import { type SavedTable, TemplateTable } from "./template_table.ts";

/** Hours of a day: the season. */
const HOURS = 24;
/** Windows of the general mean that each hour's own is mixed with, so that few windows make no season. */
const SHRINKAGE = 20;
/** Days after which older ones fade. */
const MEMORY_DAYS = 28;

/** {@linkcode SeasonalSums} as plain data. */
export interface SavedSums {
  hours: number[];
  table: SavedTable;
}

/**
 * Counts summed by hour of the day, for each template: a slow baseline that isn't dragged along by a drop or a rise of hours.
 * All days count alike until there are four weeks, from then on older ones fade.
 *
 * Each row has `extra` further numbers behind its 24 sums.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SeasonalSums } from "./seasonal_sums.ts";
 *
 * const sums = new SeasonalSums(0);
 * const row = sums.table.open(7);
 * for (let day = 0; day < 28; day++) {
 *   sums.values[row + 3] += 24; // 24 events at three o'clock
 *   for (let hour = 0; hour < 24; hour++) sums.count(hour, 24);
 * }
 * assert.equal(sums.mean(row), 1);
 * assert(sums.expected(row, 3) > 12 && sums.expected(row, 4) < 1);
 * ```
 */
export class SeasonalSums {
  table: TemplateTable;
  /** Windows counted by hour. */
  readonly hours: Float64Array = new Float64Array(HOURS);
  #windows = 0; // the sum of the hours

  /** @param extra Further numbers of each row. */
  constructor(readonly extra: number) {
    this.table = new TemplateTable(HOURS + extra);
  }

  /** Windows counted. */
  get windows(): number {
    return this.#windows;
  }

  /** Numbers of all rows. */
  get values(): Float64Array {
    return this.table.values;
  }

  /** Offset of the further numbers in the row at `row`. */
  extras(row: number): number {
    return row + HOURS;
  }

  /** Counts a window at this hour, and lets the older ones fade. Rows are added to by their owner, before. */
  count(hour: number, windowsPerDay: number): void {
    this.hours[hour]++;
    this.#sumHours();
    const limit = MEMORY_DAYS * windowsPerDay + Math.max(1, windowsPerDay / HOURS);
    if (this.#windows <= limit) return;
    const factor = 1 - windowsPerDay / HOURS / limit, { table } = this;
    for (let i = 0; i < HOURS; i++) this.hours[i] *= factor;
    for (let row = 0; row < table.length; row++) {
      const offset = row * table.width;
      for (let i = 0; i < HOURS; i++) table.values[offset + i] *= factor;
    }
    this.#sumHours();
  }

  #sumHours(): void {
    let sum = 0;
    for (let hour = 0; hour < HOURS; hour++) sum += this.hours[hour];
    this.#windows = sum;
  }

  /** Events per window, of all hours. */
  mean(row: number): number {
    const { values } = this.table;
    let sum = 0;
    for (let i = 0; i < HOURS; i++) sum += values[row + i];
    return this.#windows > 0 ? sum / this.#windows : 0;
  }

  /** Events expected in a window at this hour. */
  expected(row: number, hour: number, mean = this.mean(row)): number {
    if (mean === 0) return 0;
    const sum = this.values[row + hour] + SHRINKAGE * mean;
    return mean * sum / (this.hours[hour] * mean + SHRINKAGE * mean);
  }

  /** Spreads what was counted before the row began over the hours, as if there were no season. */
  spread(row: number, sum: number): void {
    for (let i = 0; i < HOURS; i++) this.values[row + i] += sum * this.hours[i] / Math.max(1, this.#windows);
  }

  copy(): SeasonalSums {
    const copy = new SeasonalSums(this.extra);
    copy.table = this.table.copy();
    copy.hours.set(this.hours);
    copy.#windows = this.#windows;
    return copy;
  }

  save(names: TemplateNames): SavedSums {
    return { hours: [...this.hours], table: this.table.save(names) };
  }

  /** @throws {TypeError} if it is not what {@linkcode save} gives. */
  static load(saved: unknown, extra: number, names: TemplateNames): SeasonalSums {
    const { hours, table } = (saved ?? {}) as Partial<SavedSums>;
    if (
      !Array.isArray(hours) || hours.length !== HOURS || !hours.every((n) => Number.isFinite(n) && n >= 0)
    ) {
      throw new TypeError("Cannot restore a baseline: its hours are not 24 counts of windows");
    }
    const sums = new SeasonalSums(extra);
    sums.hours.set(hours);
    sums.#sumHours();
    sums.table = TemplateTable.load(table, HOURS + extra, names);
    return sums;
  }
}
