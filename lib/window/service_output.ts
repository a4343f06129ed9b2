/**
 * How the time windows of one service come out.
 *
 * @module
 */
import type { ClosedRows } from "./closed_rows.ts";
import type { Facts } from "./facts.ts";

/** How time windows are formed and shown. */
export interface ServiceWindowsOptions {
  /** Length of a window in milliseconds; windows are aligned to the epoch. */
  size: number;
  /** How long a closed window can still be reopened, in milliseconds. */
  lateness: number;
  /** Empty windows shown after a service's last line, at the most. */
  silenceLimit: number;
}

/** One window `[index · size, (index + 1) · size)` that has records. */
export interface TimeWindow {
  readonly index: number;
  lines: number;
  /** Counts by symbol column, or null when {@linkcode vector} has them. */
  row: Int32Array | null;
  vector: number;
  /** What collectors noted. */
  facts?: Facts;
  /** It has come out with records. */
  shown: boolean;
  /** Its records haven't come out yet, or not all. */
  changed: boolean;
}

/** The windows of one service, as they are put out. */
export interface OutgoingWindows {
  readonly windows: ReadonlyMap<number, TimeWindow>;
  readonly first: number;
  readonly last: number;
  readonly forgotten: number;
  next: number;
  open: number;
  settle(window: TimeWindow): void;
}

/**
 * Puts out windows in order, empty ones between them too, and again those whose place has been passed when they changed.
 *
 * @example Used by `ServiceWindows`
 * ```ts
 * import assert from "node:assert/strict";
 * import { ClosedRows } from "./closed_rows.ts";
 * import { CountVectors } from "./count_vectors.ts";
 * import { SymbolColumns } from "./dense_counts.ts";
 * import { ServiceOutput } from "./service_output.ts";
 * import { ServiceWindows } from "./service_windows.ts";
 *
 * const options = { size: 10, lateness: 0, silenceLimit: 1 };
 * const shared = { vectors: new CountVectors(), columns: new SymbolColumns(), watermark: -Infinity };
 * const windows = new ServiceWindows(0, options, shared), rows = new ClosedRows();
 * windows.add(5, 8);
 * new ServiceOutput(windows, 0, options).putOutBelow(9, rows);
 * assert(rows.length === 2); // one with the record, then no more than one empty one
 * ```
 */
export class ServiceOutput {
  /** Windows below `next` that must come (again). */
  readonly #changed = new Set<TimeWindow>();

  constructor(
    private readonly windows: OutgoingWindows,
    private readonly service: number,
    private readonly options: ServiceWindowsOptions,
  ) {}

  /** To be called when a window has got records that haven't come out. */
  note(window: TimeWindow): void {
    if (window.index < this.windows.next) this.#changed.add(window);
  }

  /** Puts out all windows below an index that haven't come out, and those that have changed since. */
  putOutBelow(index: number, rows: ClosedRows): void {
    const { windows } = this;
    if (windows.next === Infinity) {
      if (!(windows.first < index)) return;
      windows.next = windows.first;
      this.#changed.clear();
    }
    this.#putOutChanged(rows);
    if (index > windows.next) {
      this.#putOutRange(windows.next, index, rows);
      windows.next = index;
    }
  }

  /** Puts out again, as they were, windows from an index on that have come out and that nothing has changed since. */
  putOutAgain(from: number, rows: ClosedRows): void {
    const { windows: { windows, next }, options: { silenceLimit } } = this;
    if (next === Infinity) return;
    let last = this.#lastBefore(from, ({ shown }) => shown);
    for (let index = from; index < next; index++) {
      const window = windows.get(index);
      if (window?.shown) last = index;
      if (window !== undefined) {
        if (window.shown && !window.changed) this.#pushSettled(window, 0, rows);
      } else if (index - last <= silenceLimit) this.#putOutEmpty(index, rows);
      else index = Math.min(next, this.#firstFrom(index)) - 1;
    }
  }

  /** Puts out, by their identities alone, the windows that have come out, with records or empty, and have changed since. */
  putOutIdentities(rows: ClosedRows): void {
    const { silenceLimit } = this.options;
    for (const { index, shown } of this.#changed) {
      if (shown || index - this.#lastBefore(index, (other) => other.shown) <= silenceLimit) {
        this.#push({ index, lines: 0, vector: 0 }, 1, rows);
      }
    }
  }

  /** Windows `[from, to)`, none of which has come out yet. */
  #putOutRange(from: number, to: number, rows: ClosedRows): void {
    const { windows: { windows, last: latest } } = this;
    let last = latest < from ? latest : this.#lastBefore(from, () => true);
    for (let index = from; index < to; index++) {
      const window = windows.get(index);
      if (window !== undefined) {
        this.#putOut(window, 0, rows);
        last = index;
      } else if (index - last <= this.options.silenceLimit) this.#putOutEmpty(index, rows);
      else index = Math.min(to, this.#firstFrom(index)) - 1;
    }
  }

  /** Windows with new records whose place has been passed already. */
  #putOutChanged(rows: ClosedRows): void {
    const limit = this.options.silenceLimit;
    const changed = [...this.#changed].filter((window) => window.changed).sort((a, b) => a.index - b.index);
    this.#changed.clear();
    const silentFrom = changed.map(({ index, shown }) =>
      shown ? Infinity : this.#lastBefore(index, (other) => other.shown) + limit + 1
    ); // index of the first empty window that hadn't come out before this one had records
    changed.forEach((window, i) => {
      this.#putOut(window, window.shown || window.index < silentFrom[i] ? 1 : 0, rows);
      const to = Math.min(window.index + limit + 1, this.#firstFrom(window.index + 1), this.windows.next);
      for (let index = Math.max(window.index + 1, silentFrom[i]); index < to; index++) {
        this.#putOutEmpty(index, rows);
      }
    });
  }

  #putOut(window: TimeWindow, reopened: number, rows: ClosedRows): void {
    this.#pushSettled(window, reopened, rows);
    if (window.changed) this.windows.open--;
    window.changed = false;
    window.shown = true;
  }

  #pushSettled(window: TimeWindow, reopened: number, rows: ClosedRows): void {
    this.windows.settle(window);
    this.#push(window, reopened, rows);
  }

  #putOutEmpty(index: number, rows: ClosedRows): void {
    this.#push({ index, lines: 0, vector: 0 }, 0, rows);
  }

  #push(
    { index, lines, vector, facts }: Pick<TimeWindow, "index" | "lines" | "vector" | "facts">,
    reopened: number,
    rows: ClosedRows,
  ): void {
    const { size } = this.options, start = index * size;
    rows.push({ kind: 1, service: this.service, start, end: start + size, lines, vector, reopened, facts });
  }

  /** Index of the last window with records before this one. */
  #lastBefore(index: number, counts: (window: TimeWindow) => boolean): number {
    const { windows, forgotten } = this.windows, before = windows.get(index - 1);
    if (before !== undefined && counts(before)) return index - 1;
    let last = forgotten < index ? forgotten : -Infinity;
    for (const other of windows.values()) {
      if (other.index < index && other.index > last && counts(other)) last = other.index;
    }
    return last;
  }

  /** Index of the first window with records from this one on; Infinity where there is none. */
  #firstFrom(index: number): number {
    let first = Infinity;
    for (const other of this.windows.windows.keys()) if (other >= index && other < first) first = other;
    return first;
  }
}
