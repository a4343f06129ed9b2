/**
 * The closed windows of a training span, in order of time.
 *
 * @module
 */
import type { ClosedWindows } from "../window/open_windows.ts";

/** One closed window as a row of numbers. */
export interface HistoryRow {
  kind: "session" | "window";
  /** Index into the services. */
  service: number;
  /** ms, UTC; NaN where the lines have no times. */
  start: number;
  end: number;
  /** Records. */
  lines: number;
  /** Number of the count vector. */
  vector: number;
}

/**
 * Collects what {@linkcode ClosedWindows} hand out; a window that was reopened replaces its earlier row.
 */
export class WindowHistory {
  #rows: HistoryRow[] = [];
  #byKey = new Map<string, number>();

  /** Windows collected. */
  get length(): number {
    return this.#rows.length;
  }

  /** Adds what was closed. */
  add(closed: ClosedWindows): void {
    for (let i = 0; i < closed.length; i++) {
      const row: HistoryRow = {
        kind: closed.kind[i] === 0 ? "session" : "window",
        service: closed.service[i],
        start: closed.start[i],
        end: closed.end[i],
        lines: closed.lines[i],
        vector: closed.vector[i],
      };
      const key = closed.key(i), known = closed.reopened[i] ? this.#byKey.get(key) : undefined;
      if (known !== undefined) this.#rows[known] = row;
      else this.#byKey.set(key, this.#rows.push(row) - 1);
    }
  }

  /** After templates were merged: every row's vector by its new number. */
  rekey(vectors: Int32Array): void {
    for (const row of this.#rows) row.vector = vectors[row.vector];
  }

  /** All rows, earliest start first; rows without times keep the order in which they were closed. */
  rows(): HistoryRow[] {
    return [...this.#rows].sort((a, b) => (Number.isNaN(a.start) || Number.isNaN(b.start)) ? 0 : a.start - b.start);
  }
}
