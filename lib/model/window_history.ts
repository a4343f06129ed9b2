/**
 * The closed windows of a training span, in order of time.
 *
 * @module
 */
import type { ClosedWindows } from "../window/closed_windows.ts";
import type { Collectors, Facts } from "../window/facts.ts";
import type { Sequences } from "../window/sequences.ts";
import type { ExcludedWindows, Exclusion } from "./excluded_windows.ts";

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
  /** Templates of a session's events in order; `null` = no order was kept. */
  sequence: Int32Array | null;
  /** What collectors noted. */
  facts?: Facts;
  /** Why nothing is learned from it; absent = it is an example of what is normal. */
  leftOut?: Exclusion;
}

/**
 * Collects what {@linkcode ClosedWindows} hand out; a window that was reopened replaces its earlier row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { ClosedRows } from "../window/closed_rows.ts";
 * import { WindowHistory } from "./window_history.ts";
 *
 * const services = new Dictionary(), history = new WindowHistory(), service = services.internText("web");
 * const minute = { kind: 1 as const, service, start: 0, end: 60_000, lines: 3, vector: 7, reopened: 0 as const };
 * for (const row of [minute, { ...minute, lines: 4, vector: 8, reopened: 1 as const }]) { // a late line came
 *   const rows = new ClosedRows();
 *   rows.push(row);
 *   history.add(rows.finish(services));
 * }
 * const changed = { kind: "window", service, start: 0, end: 60_000, lines: 4, vector: 8, sequence: null };
 * assert.deepEqual(history.rows(), [changed]);
 * ```
 */
export class WindowHistory {
  #rows: (HistoryRow | null)[] = []; // null = withdrawn
  #byIdentity = new Map<string, number>();
  readonly #excluded: ExcludedWindows | null;

  /** @param excluded Windows that are not to be learned from; default: none. */
  constructor(excluded: ExcludedWindows | null = null) {
    this.#excluded = excluded;
  }

  /** Adds what was closed; a withdrawn window is taken out. Where the order of sessions is kept, `sequences` has it. */
  add(closed: ClosedWindows, sequences: Sequences | null = null): void {
    for (let i = 0; i < closed.length; i++) {
      const identity = closed.identity(i);
      const known = closed.reopened[i] === 0 ? undefined : this.#byIdentity.get(identity);
      const row = closed.isWithdrawn(i) ? null : this.#rowOf(closed, i, sequences);
      if (known !== undefined) this.#rows[known] = row;
      else if (row !== null) this.#byIdentity.set(identity, this.#rows.push(row) - 1);
    }
  }

  /** Adds all windows of a log at once: none of them comes again. */
  addAll(closed: ClosedWindows, sequences: Sequences | null = null): void {
    for (let i = 0; i < closed.length; i++) {
      if (!closed.isWithdrawn(i)) this.#rows.push(this.#rowOf(closed, i, sequences));
    }
  }

  #rowOf(closed: ClosedWindows, i: number, sequences: Sequences | null): HistoryRow {
    const row = rowOf(closed, i, sequences), leftOut = this.#excluded?.of(closed, i);
    if (leftOut !== undefined) row.leftOut = leftOut;
    return row;
  }

  /**
   * After templates were renumbered.
   *
   * @param vectors New number of each count vector.
   * @param templates New index of each template.
   */
  rekey(vectors: Int32Array, templates: Int32Array, collectors: Collectors): void {
    const renamed = new Map<Int32Array, Int32Array>();
    for (const row of this.#rows) {
      if (row === null) continue;
      row.vector = vectors[row.vector];
      if (row.sequence !== null) {
        const { sequence } = row, known = renamed.get(sequence);
        row.sequence = known ?? sequence.map((template) => templates[template]);
        if (known === undefined) renamed.set(sequence, row.sequence);
      }
      if (row.facts !== undefined) row.facts = collectors.rename(row.facts, templates);
    }
  }

  /** What was noted of each window that is learned from, by the names of collectors. */
  *facts(collectors: Collectors): Generator<ReadonlyMap<string, unknown>> {
    for (const row of this.#rows) {
      if (row?.leftOut !== undefined) continue;
      const facts = collectors.named(row?.facts);
      if (facts !== undefined) yield facts;
    }
  }

  /** Puts other facts in place of each window's; those of windows that are left out are forgotten. */
  keepFacts(kept: (facts: Facts) => Facts): void {
    for (const row of this.#rows) {
      if (row?.facts === undefined) continue;
      if (row.leftOut !== undefined) delete row.facts;
      else row.facts = kept(row.facts);
    }
  }

  /** All rows, earliest start first; rows without times keep the order in which they were closed. */
  rows(): HistoryRow[] {
    const rows = this.#rows.filter((row) => row !== null);
    return rows.every((row) => !Number.isNaN(row.start)) ? rows.sort((a, b) => a.start - b.start) : rows;
  }
}

function rowOf(closed: ClosedWindows, i: number, sequences: Sequences | null): HistoryRow {
  const facts = closed.facts.get(i);
  const row: HistoryRow = {
    kind: closed.isSession(i) ? "session" : "window",
    service: closed.service[i],
    start: closed.start[i],
    end: closed.end[i],
    lines: closed.lines[i],
    vector: closed.vector[i],
    sequence: sequences?.read(closed.sequence[i]) ?? null,
  };
  if (facts !== undefined) row.facts = facts;
  return row;
}
