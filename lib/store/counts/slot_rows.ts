/**
 * Sums over slots of time, and over the longer slots that those are in.
 *
 * @module
 */
import type { Database } from "../database.ts";
import { SLOT_SIZES } from "./count_tables.ts";

/** Start of the slot of a length (ms) that a time is in. */
export function slotStart(time: number, size: number): number {
  return Math.floor(time / size) * size;
}

/**
 * Adds of one day, of which only the sums reach the database: by series and slot, then by the longer slots.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DaySums } from "./slot_rows.ts";
 *
 * const rows: number[][] = [], sums = new DaySums({ width: 1, write: (...row) => rows.push(row.flat()) });
 * sums.add(7, 0, [2]);
 * sums.add(7, 300_000, [3]);
 * sums.flush();
 * assert.deepEqual(rows, [[7, 300_000, 0, 2], [7, 300_000, 300_000, 3], [7, 3_600_000, 0, 5], [7, 86_400_000, 0, 5]]);
 * ```
 */
export class DaySums {
  readonly #rows = new Map<number, Map<number, number[]>>();
  readonly #width: number;
  readonly #sizes: readonly number[];
  readonly #write: (series: number, size: number, start: number, sums: number[]) => void;
  #day = NaN;

  /**
   * @param options `width`: numbers of a row; `sizes`: lengths of the slots, ms, each a part of the next, the last a day; `write`:
   * adds to a row of the database.
   */
  constructor(
    { width, sizes = SLOT_SIZES, write }: {
      width: number;
      sizes?: readonly number[];
      write: (series: number, size: number, start: number, sums: number[]) => void;
    },
  ) {
    this.#width = width;
    this.#sizes = sizes;
    this.#write = write;
  }

  /** Adds numbers to the slot that begins at `start`; what another day had is written then. */
  add(series: number, start: number, numbers: ArrayLike<number>): void {
    const day = slotStart(start, this.#sizes.at(-1)!);
    if (day !== this.#day) this.flush();
    this.#day = day;
    let slots = this.#rows.get(series);
    if (slots === undefined) this.#rows.set(series, slots = new Map());
    addTo(slots, start, numbers, this.#width);
  }

  /** Writes what was added. */
  flush(): void {
    for (const [series, slots] of this.#rows) this.#writeAll(series, slots);
    this.#rows.clear();
  }

  #writeAll(series: number, slots: Map<number, number[]>): void {
    let finer = slots;
    this.#sizes.forEach((size, i) => {
      const sums = i === 0 ? finer : new Map<number, number[]>();
      if (i > 0) { for (const [start, row] of finer) addTo(sums, slotStart(start, size), row, this.#width); }
      for (const [start, row] of sums) this.#write(series, size, start, row);
      finer = sums;
    });
  }
}

function addTo(
  slots: Map<number, number[]>,
  start: number,
  numbers: ArrayLike<number>,
  width: number,
): void {
  let row = slots.get(start);
  if (row === undefined) slots.set(start, row = new Array(width).fill(0));
  for (let i = 0; i < width; i++) row[i] += numbers[i];
}

/** Numbers of the series of a stream: of each of its services, and of all together. Valid within one transaction. */
export class SeriesNumbers {
  readonly #known = new Map<string, number>();

  constructor(private readonly tables: Database, private readonly stream: string) {}

  /** The number of a service's series; `null` = of the whole stream. */
  of(service: string | null): number {
    const key = service === null ? "" : `=${service}`;
    return this.#known.get(key) ?? this.#make(key, service);
  }

  #make(key: string, service: string | null): number {
    const place = [this.stream, service ?? "", service === null ? 1 : 0];
    this.tables.sql("insert or ignore into series (stream, service, is_all) values (?, ?, ?)").run(...place);
    const row = this.tables.sql("select number from series where stream = ? and service = ? and is_all = ?")
      .get(...place);
    const number = Number(row!.number);
    this.#known.set(key, number);
    return number;
  }
}
