/**
 * Windows that were judged by slots of time, kept in step with the verdicts on them.
 *
 * @module
 */
import { COUNT_SLOT } from "../../model/record_counts.ts";
import type { Database } from "../database.ts";
import { SLOT_SIZES } from "./count_tables.ts";
import { SeriesNumbers, slotStart } from "./slot_rows.ts";

/** A window that was judged, as far as it is counted. */
export interface CountedVerdict {
  stream: string;
  service: string;
  /** ms; NaN where it has no times: then it is in no slot. */
  start: number;
  score: number;
  threshold: number;
  anomalous: boolean;
}

/** What changes in one slot. */
interface Cell {
  judged: number;
  anomalous: number;
  /** Highest score as a multiple of its threshold, of the windows that came. */
  highest: number;
  /** Whether a window went: then the highest is looked up. */
  isLess: boolean;
}

/** Changes by stream and service; empty service behind `true` = all of the stream. */
type Changes = Map<string, { stream: string; service: string | null; cells: Map<number, Cell> }>;

/**
 * Collects changes, and writes only their sums.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "../state.ts";
 * import { WindowSums } from "./window_sums.ts";
 *
 * const state = State.open(":memory:"), { Database } = await import("../database.ts");
 * const tables = new Database(state.database), sums = new WindowSums(tables);
 * const verdict = { stream: "shop", service: "db", start: 0, score: 3, threshold: 1, anomalous: true };
 * sums.add(verdict);
 * sums.add({ ...verdict, start: 60_000, score: .5, anomalous: false });
 * sums.write();
 * const row = tables.sql("select judged, anomalous, highest from window_count where size = 300000").get();
 * assert.deepEqual({ ...row }, { judged: 2, anomalous: 1, highest: 3 });
 * state.close();
 * ```
 */
export class WindowSums {
  readonly #changes: Changes = new Map();

  constructor(private readonly tables: Database) {}

  /** A window was judged. */
  add(verdict: CountedVerdict): void {
    for (const cell of this.#cells(verdict)) {
      cell.judged++;
      cell.anomalous += Number(verdict.anomalous);
      cell.highest = Math.max(cell.highest, verdict.score / verdict.threshold);
    }
  }

  /** A verdict is no more. */
  remove(verdict: CountedVerdict): void {
    for (const cell of this.#cells(verdict)) {
      cell.judged--;
      cell.anomalous -= Number(verdict.anomalous);
      cell.isLess = true;
    }
  }

  /** Writes the changes, once the verdicts themselves are written; to be called in their transaction. */
  write(): void {
    for (const { stream, service, cells } of this.#changes.values()) {
      const series = new SeriesNumbers(this.tables, stream).of(service), byStart = [...cells];
      for (const [i, size] of SLOT_SIZES.entries()) {
        for (const [start, cell] of summed(byStart, size)) {
          this.#put(series, size, start, cell);
          if (!cell.isLess) continue;
          const highest = i === 0
            ? this.#highestVerdict(stream, service, start)
            : this.#highestOf(series, SLOT_SIZES[i - 1], start, start + size);
          this.tables.sql("update window_count set highest = ? where series = ? and size = ? and start = ?")
            .run(highest, series, size, start);
        }
      }
    }
    this.#changes.clear();
  }

  *#cells({ stream, service, start }: CountedVerdict): Generator<Cell> {
    if (Number.isNaN(start)) return;
    const slot = slotStart(start, COUNT_SLOT);
    for (const name of [service, null]) {
      const key = JSON.stringify([stream, name]);
      let change = this.#changes.get(key);
      if (change === undefined) {
        this.#changes.set(key, change = { stream, service: name, cells: new Map() });
      }
      let cell = change.cells.get(slot);
      if (cell === undefined) change.cells.set(slot, cell = { ...NOTHING });
      yield cell;
    }
  }

  #put(series: number, size: number, start: number, { judged, anomalous, highest }: Cell): void {
    this.tables.sql(
      `insert into window_count values (?, ?, ?, ?, ?, ?) on conflict do update set judged = judged + excluded.judged,
      anomalous = anomalous + excluded.anomalous, highest = max(highest, excluded.highest)`,
    ).run(series, size, start, judged, anomalous, highest);
  }

  #highestVerdict(stream: string, service: string | null, start: number): number {
    const row = this.tables.sql(
      `select max(score / threshold) as highest from verdict indexed by verdict_by_time
      where start >= ?3 and start < ?4 and stream = ?1 and (?2 is null or service = ?2)`,
    ).get(stream, service, start, start + COUNT_SLOT);
    return Number(row?.highest ?? 0);
  }

  #highestOf(series: number, size: number, from: number, to: number): number {
    const row = this.tables.sql(
      `select max(highest) as highest from window_count
      where series = ? and size = ? and start >= ? and start < ?`,
    ).get(series, size, from, to);
    return Number(row?.highest ?? 0);
  }
}

const NOTHING: Cell = { judged: 0, anomalous: 0, highest: 0, isLess: false };

/** Cells by longer slots. */
function summed(cells: readonly [number, Cell][], size: number): Map<number, Cell> {
  const sums = new Map<number, Cell>();
  for (const [start, cell] of cells) {
    const slot = slotStart(start, size), sum = sums.get(slot) ?? NOTHING;
    sums.set(slot, {
      judged: sum.judged + cell.judged,
      anomalous: sum.anomalous + cell.anomalous,
      highest: Math.max(sum.highest, cell.highest),
      isLess: sum.isLess || cell.isLess,
    });
  }
  return sums;
}
