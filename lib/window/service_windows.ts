/**
 * Tumbling time windows of one service.
 *
 * @module
 */
import type { ClosedRows } from "./closed_rows.ts";
import type { CountVectors } from "./count_vectors.ts";
import type { LogBatch } from "../record/log_batch.ts";
import { SymbolColumns } from "./dense_counts.ts";
import { Collectors, type Facts } from "./facts.ts";
import { ServiceOutput, type ServiceWindowsOptions, type TimeWindow } from "./service_output.ts";

/** Windows of one service whose counts are kept dense at a time; older ones are numbered. */
const DENSE_WINDOWS = 16;

/**
 * The time windows of one service: few, long and dense, so each is an object with a growable row of counts.
 *
 * A window closes when the watermark has reached its end and is kept for `lateness` more. Between the first and the last
 * window with records, and on up to the watermark, windows without records come out as well: silence is visible.
 * After `silenceLimit` empty windows in a row no more come, so that one line with a time far off can't fill the memory.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ClosedRows } from "./closed_rows.ts";
 * import { CountVectors } from "./count_vectors.ts";
 * import { SymbolColumns } from "./dense_counts.ts";
 * import { ServiceWindows } from "./service_windows.ts";
 *
 * const options = { size: 60_000, lateness: 0, silenceLimit: 100 };
 * const shared = { vectors: new CountVectors(), columns: new SymbolColumns(), watermark: -Infinity };
 * const windows = new ServiceWindows(0, options, shared);
 * windows.add(5, 8);
 * const rows = new ClosedRows();
 * windows.close(180_000, rows);
 * assert(rows.length === 3); // one with the record, two empty ones
 * ```
 */
export class ServiceWindows {
  /** Windows with records, by index. */
  readonly windows: Map<number, TimeWindow> = new Map();
  /** Index of the first window that ever had records. */
  first = Infinity;
  /** Index of the last window that ever had records. */
  last = -Infinity;
  /** Index of the last window with records that is forgotten. */
  forgotten = -Infinity;
  /** Index of the first window that hasn't come out yet; Infinity = none has. */
  next = Infinity;
  /** Windows whose records haven't come out, or not all. */
  open = 0;
  #watermark: number;
  #current: TimeWindow | null = null;
  #dense: TimeWindow[] = [];
  readonly #output: ServiceOutput;
  readonly #options: ServiceWindowsOptions;
  readonly #vectors: CountVectors;
  readonly #columns: SymbolColumns;
  readonly #collectors: Collectors;

  constructor(
    service: number,
    options: ServiceWindowsOptions,
    shared: { vectors: CountVectors; columns: SymbolColumns; watermark: number; collectors?: Collectors },
  ) {
    this.#output = new ServiceOutput(this, service, options);
    this.#options = options;
    this.#vectors = shared.vectors;
    this.#columns = shared.columns;
    this.#collectors = shared.collectors ?? new Collectors([]);
    this.#watermark = shared.watermark;
  }

  /**
   * Counts one record at `time`, milliseconds UTC.
   *
   * @returns false where the record is too late: its window is forgotten.
   */
  add(time: number, symbol: number): boolean {
    const index = Math.floor(time / this.#options.size);
    let window = this.#current;
    if (window === null || window.index !== index || window.row === null) {
      if (this.#isGone(index)) return false;
      window = this.#open(index);
    }
    if (!window.changed) this.#change(window);
    window.lines++;
    window.row = this.#columns.add(window.row!, symbol, 1);
    this.#current = window;
    return true;
  }

  /**
   * Counts records of the window that begins at `start`, milliseconds UTC, all at once.
   *
   * @param pairs `symbol, count, …`.
   * @param facts What was noted of them; taken over.
   * @returns false where they are too late: their window is forgotten.
   */
  addCounts(start: number, pairs: Int32Array, lines: number, facts: Facts | undefined): boolean {
    const index = Math.floor(start / this.#options.size);
    if (this.#isGone(index)) return false;
    const window = this.#open(index);
    if (!window.changed) this.#change(window);
    window.lines += lines;
    for (let i = 0; i < pairs.length; i += 2) {
      window.row = this.#columns.add(window.row!, pairs[i], pairs[i + 1]);
    }
    if (facts !== undefined) window.facts = this.#collectors.merge(window.facts, facts);
    return true;
  }

  /** Shows the record that {@linkcode add} has just counted to the collectors. */
  note(batch: LogBatch, row: number): void {
    const window = this.#current!;
    window.facts = this.#collectors.add(window.facts, batch, row);
  }

  /**
   * Puts out again, as they were, the windows that have come out, that nothing has changed since, and that can still change;
   * empty ones as well.
   */
  putOutRetained(rows: ClosedRows): void {
    const { size, lateness } = this.#options;
    let from = Math.max(this.first, Math.floor((this.#watermark - lateness) / size) - 1);
    while (this.#isGone(from)) from++;
    this.#output.putOutAgain(from, rows);
  }

  /** Puts out, by their identities alone, the windows that have come out, empty ones too, and have changed since. */
  putOutChanged(rows: ClosedRows): void {
    this.#output.putOutIdentities(rows);
  }

  /** Puts out what the watermark has reached and forgets what can't be reopened any more. */
  close(watermark: number, rows: ClosedRows): void {
    this.#watermark = watermark;
    this.#output.putOutBelow(Math.floor(watermark / this.#options.size), rows);
    if (this.#options.lateness === Infinity) return;
    for (const window of this.windows.values()) {
      if (!this.#isGone(window.index)) continue;
      this.settle(window);
      this.windows.delete(window.index);
      this.forgotten = Math.max(this.forgotten, window.index);
    }
    this.#current = null;
  }

  /** Puts out everything up to the last window with records. */
  closeAll(rows: ClosedRows): void {
    this.#output.putOutBelow(this.last + 1, rows);
  }

  /** Gives a window's counts a number. */
  settle(window: TimeWindow): void {
    if (window.row === null) return;
    window.vector = this.#vectors.internPairs(this.pairs(window));
    window.row = null;
    this.#dense = this.#dense.filter((other) => other !== window);
  }

  /** A window's counts as `symbol, count, …`, sorted by symbol. */
  pairs(window: TimeWindow): Int32Array {
    return window.row === null ? this.#vectors.pairs(window.vector) : this.#columns.pairs(window.row);
  }

  /** Puts a window back that was saved. */
  restore(window: TimeWindow): void {
    this.windows.set(window.index, window);
    if (!window.changed) return;
    this.open++;
    this.#output.note(window);
  }

  #open(index: number): TimeWindow {
    let window = this.windows.get(index);
    if (window === undefined) {
      window = { index, lines: 0, row: null, vector: 0, shown: false, changed: false };
      this.windows.set(index, window);
      this.first = Math.min(this.first, index);
      this.last = Math.max(this.last, index);
    }
    if (window.row === null) this.#makeDense(window);
    this.#current = window;
    return window;
  }

  #makeDense(window: TimeWindow): void {
    window.row = new Int32Array(16);
    const pairs = this.#vectors.pairs(window.vector);
    for (let i = 0; i < pairs.length; i += 2) {
      window.row = this.#columns.add(window.row, pairs[i], pairs[i + 1]);
    }
    this.#dense.push(window);
    if (this.#dense.length > DENSE_WINDOWS) {
      const others = this.#dense.filter((other) => other !== window);
      this.settle(others.reduce((oldest, other) => other.index < oldest.index ? other : oldest));
    }
  }

  /** What has come out stays as it is: the window goes on with facts of its own. */
  #change(window: TimeWindow): void {
    if (window.facts !== undefined) window.facts = this.#collectors.copy(window.facts);
    window.changed = true;
    this.open++;
    this.#output.note(window);
  }

  #isGone(index: number): boolean {
    return (index + 1) * this.#options.size + this.#options.lateness <= this.#watermark;
  }
}
