/**
 * What session windows have had.
 *
 * @module
 */
import type { CountVectors } from "./count_vectors.ts";
import { NO_SEQUENCE, type Sequences } from "./sequences.ts";
import type { SessionColumns } from "./session_columns.ts";

/**
 * A window whose order is kept has its sequence alone: counts are made of it where they are asked for, once for windows with
 * equal sequences. Without an order, or where a sequence has grown too long, events are counted as they come.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CountVectors } from "./count_vectors.ts";
 * import { Sequences } from "./sequences.ts";
 * import { SessionColumns } from "./session_columns.ts";
 * import { SessionEvents } from "./session_events.ts";
 *
 * const columns = new SessionColumns(), vectors = new CountVectors();
 * columns.makeRoom(1);
 * const events = new SessionEvents(columns, vectors, new Sequences());
 * events.begin(0, 16);
 * events.add(0, 8);
 * assert.deepEqual([...vectors.counts(events.settle(0)).symbols], [8, 16]);
 * ```
 */
export class SessionEvents {
  #counted = new Int32Array(1024); // count vector by sequence; 0 = not counted yet

  /** @param sequences `null` = no order is kept. */
  constructor(
    private readonly columns: SessionColumns,
    private readonly vectors: CountVectors,
    private readonly sequences: Sequences | null,
  ) {}

  /** Notes the first event of a window. */
  begin(window: number, symbol: number): void {
    this.columns.vector[window] = 0;
    this.columns.sequence[window] = this.sequences === null ? NO_SEQUENCE : 0;
    this.add(window, symbol);
  }

  /** Notes the next event of a window. */
  add(window: number, symbol: number): void {
    const { sequence, vector } = this.columns, before = sequence[window];
    if (before >= 0) {
      const after = this.sequences!.step(before, symbol);
      if (after < 0) vector[window] = this.#vectorOf(before);
      sequence[window] = after;
      if (after >= 0) return;
    }
    vector[window] = this.vectors.step(vector[window], symbol);
  }

  /** Puts the events of two windows into `window`, which is one of them. */
  join(window: number, earlier: number, later: number): void {
    const { sequence, vector } = this.columns;
    const joined = this.sequences?.merge(sequence[earlier], sequence[later]) ?? NO_SEQUENCE;
    if (joined < 0) vector[window] = this.vectors.merge(this.number(earlier), this.number(later));
    sequence[window] = joined;
  }

  /** Number of a window's count vector as it is; negative = in cells. */
  number(window: number): number {
    const { sequence, vector } = this.columns;
    return sequence[window] >= 0 ? this.#vectorOf(sequence[window]) : vector[window];
  }

  /** Final number of a window's count vector; cells are given back. */
  settle(window: number): number {
    return this.columns.vector[window] = this.vectors.settle(this.number(window));
  }

  /** To be called before vectors or sequences are numbered anew. */
  reset(): void {
    this.#counted = new Int32Array(1024);
  }

  #vectorOf(sequence: number): number {
    if (sequence >= this.#counted.length) {
      const counted = new Int32Array(Math.max(this.sequences!.size, this.#counted.length * 2));
      counted.set(this.#counted);
      this.#counted = counted;
    }
    const known = this.#counted[sequence];
    if (known > 0) return known;
    return this.#counted[sequence] = this.vectors.internPairs(this.sequences!.pairs(sequence));
  }
}
