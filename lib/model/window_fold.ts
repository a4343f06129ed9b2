/**
 * An ensemble led over windows in order of time, while the latest of them may still change.
 *
 * @module
 */
import type { Decision, Ensemble, StartOptions } from "../ensemble/ensemble.ts";
import type { EventWindow } from "../feature/event_window.ts";

/** A closed window, and what was decided on it. */
export interface FoldRow {
  /** Names it among all of its stream; asked for only where that matters. */
  readonly identity: () => string;
  /** Name of its service. */
  readonly service: string;
  /** 0 it comes for the first time, 1 again, 2 it is taken back. */
  readonly reopened: number;
  readonly window: EventWindow;
  decision: Decision | null;
}

/**
 * Decides on windows in the order of their ends, so that what is decided depends on the windows alone, not on when they were
 * handed in: a state that has seen all windows that can't change any more is kept apart from one that has seen the later
 * ones as well. When one of those changes, comes late or is taken back, the later ones are decided anew.
 *
 * @example The third window changes what is decided on the second
 * ```ts
 * import assert from "node:assert/strict";
 * import { StaticEnsemble } from "../ensemble/static_ensemble.ts";
 * import { WindowFold } from "./window_fold.ts";
 *
 * // Calls anomalous what has more lines than any window before.
 * const most: import("../ensemble/ensemble.ts").Ensemble<{ most: number }> = {
 *   kind: "most",
 *   notes: [],
 *   start: () => ({ most: 0 }),
 *   judge: (state, { lines }) => {
 *     const score = lines / (state.most || lines);
 *     state.most = Math.max(state.most, lines);
 *     return { score, opinions: [] };
 *   },
 *   copy: ({ most }) => ({ most }),
 *   save: (state) => state,
 *   load: (saved) => saved as { most: number },
 *   toJSON: () => ({ kind: "most", version: 1 }),
 * };
 * const events = { templates: new Int32Array(), counts: new Int32Array(), levels: new Uint8Array() };
 * const row = (end: number, lines: number) => ({
 *   identity: () => String(end),
 *   service: "web",
 *   reopened: 0,
 *   window: { start: end - 1, end, lines, events, sequence: null },
 *   decision: null,
 * });
 * const fold = new WindowFold(most), second = row(2, 6);
 * fold.add([row(1, 5), second]);
 * assert.deepEqual(fold.add([row(1.5, 9)]), [second]); // it came late: what was decided on the second has changed
 * assert(second.decision!.score < 1);
 * ```
 */
export class WindowFold<State = unknown> {
  /** Whether the settled state has changed since it was saved. */
  changed = false;
  readonly #ensemble: Ensemble<State>;
  #settled: State;
  #latest: State;
  #pending: FoldRow[] = [];

  /** @param options How scanning begins. */
  constructor(ensemble: Ensemble<State>, options?: StartOptions) {
    this.#ensemble = ensemble;
    this.#settled = ensemble.start(options);
    this.#latest = ensemble.copy(this.#settled);
  }

  /**
   * Decides on windows that have closed.
   *
   * @param rows In the order of closed windows; those taken back are decided on as normal.
   * @returns Rows of earlier calls whose score is another one now.
   */
  add(rows: readonly FoldRow[]): FoldRow[] {
    const coming = rows.filter((row) => row.reopened !== 2).sort(compareRows);
    const left = this.#without(rows), last = this.#pending.at(-1);
    const goesOn = left === this.#pending &&
      (last === undefined || coming.length === 0 || compareRows(last, coming[0]) < 0);
    if (goesOn) {
      for (const row of coming) this.#decide(row);
      for (const row of coming) this.#pending.push(row); // not by spreading: there may be very many
      return [];
    }
    const before = new Map(left.map((row) => [row, row.decision]));
    this.#pending = left.concat(coming).sort(compareRows);
    this.#latest = this.#ensemble.copy(this.#settled);
    for (const row of this.#pending) this.#decide(row);
    return this.#pending.filter((row) => before.has(row) && before.get(row)?.score !== row.decision!.score);
  }

  /** Decides on a window that comes behind all others and will never change. */
  decide(window: EventWindow): Decision {
    return this.#ensemble.judge(this.#latest, window);
  }

  /** Forgets windows that can't change any more, once the settled state has seen them. */
  settle(isSettled: (window: EventWindow) => boolean): void {
    let count = 0;
    while (count < this.#pending.length && isSettled(this.#pending[count].window)) count++;
    if (count === 0) return;
    if (count === this.#pending.length) this.#settled = this.#ensemble.copy(this.#latest);
    else for (let i = 0; i < count; i++) this.#ensemble.judge(this.#settled, this.#pending[i].window);
    this.#pending.splice(0, count);
    this.changed = true;
  }

  /** The settled state, as plain data. */
  save(): unknown {
    this.changed = false;
    return this.#ensemble.save(this.#settled);
  }

  /**
   * Goes on from a saved state.
   *
   * @param retained Windows that were decided on after it, as they were.
   * @throws {TypeError} if the state is none of this ensemble's.
   */
  resume(saved: unknown, retained: readonly FoldRow[]): void {
    this.#settled = this.#ensemble.load(saved);
    this.#latest = this.#ensemble.copy(this.#settled);
    this.#pending = [];
    this.add(retained);
  }

  /** What is pending but for what comes again or is taken back; the very same array where that is nothing. */
  #without(rows: readonly FoldRow[]): FoldRow[] {
    const again = rows.filter(({ reopened }) => reopened !== 0);
    if (again.length === 0 || this.#pending.length === 0) return this.#pending;
    const identities = new Set(again.map(({ identity }) => identity()));
    const left = this.#pending.filter(({ identity }) => !identities.has(identity()));
    return left.length === this.#pending.length ? this.#pending : left;
  }

  #decide(row: FoldRow): void {
    row.decision = this.#ensemble.judge(this.#latest, row.window);
  }
}

/** By end (those without times last), service, identity. */
function compareRows(a: FoldRow, b: FoldRow): number {
  const [endA, endB] = [a.window.end, b.window.end].map((end) => Number.isNaN(end) ? Infinity : end);
  if (endA !== endB) return endA < endB ? -1 : 1;
  if (a.service !== b.service) return a.service < b.service ? -1 : 1;
  const [left, right] = [a.identity(), b.identity()];
  return left < right ? -1 : left > right ? 1 : 0;
}
