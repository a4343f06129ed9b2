/**
 * An ensemble led over windows in order of time, while the latest of them may still change.
 *
 * @module
 */
import type { Decision, Ensemble, StartOptions, Waiting } from "../ensemble/ensemble.ts";
import type { EventWindow } from "../feature/event_window.ts";
import { savedFields } from "../record/saved_fields.ts";

const { arrayOf, fieldsOf, text } = savedFields("the state of an ensemble");

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
 * const row = (end: number, lines: number): import("./window_fold.ts").FoldRow => ({
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
  readonly #ensemble: Ensemble<State>;
  #settled: State;
  #latest: State;
  #pending: FoldRow[] = [];
  #reopened: ReadonlySet<string> = new Set(); // identities that were left out because their windows are open again
  #doubtful: ReadonlySet<FoldRow> = new Set(); // what an earlier run decided on these may be something else
  #isSaved = true;

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
   * @param changed Identities of windows that are open again: they are left out until they come anew.
   * @returns Rows of earlier calls on which something else is decided now.
   */
  add(rows: readonly FoldRow[], changed: readonly string[] = []): FoldRow[] {
    const coming = rows.filter((row) => row.reopened !== 2).sort(compareRows);
    const left = this.#without(rows, changed), last = this.#pending.at(-1), doubtful = this.#doubtful;
    this.#doubtful = new Set();
    const goesOn = left === this.#pending &&
      (last === undefined || coming.length === 0 || compareRows(last, coming[0]) < 0);
    if (goesOn) {
      for (const row of coming) this.#decide(row);
      for (const row of coming) this.#pending.push(row); // not by spreading: there may be very many
      return [...doubtful];
    }
    const before = new Map(left.map((row) => [row, row.decision]));
    this.#pending = left.concat(coming).sort(compareRows);
    this.#latest = this.#ensemble.copy(this.#settled);
    for (const row of this.#pending) this.#decide(row);
    return this.#pending.filter((row) => {
      const earlier = before.get(row);
      return earlier && (doubtful.has(row) || !isSame(earlier, row.decision!));
    });
  }

  /** Decides on a window that comes behind all others and will never change. */
  decide(window: EventWindow): Decision {
    return this.#ensemble.judge(this.#latest, window);
  }

  /** Detectors that can't judge the next window yet. */
  get waiting(): Waiting[] {
    return this.#ensemble.waiting?.(this.#latest) ?? [];
  }

  /** Forgets windows that can't change any more, once the settled state has seen them. */
  settle(isSettled: (window: EventWindow) => boolean): void {
    let count = 0;
    while (count < this.#pending.length && isSettled(this.#pending[count].window)) count++;
    if (count === 0) return;
    if (count === this.#pending.length) this.#settled = this.#ensemble.copy(this.#latest);
    else for (let i = 0; i < count; i++) this.#ensemble.judge(this.#settled, this.#pending[i].window);
    this.#pending.splice(0, count);
    this.#isSaved = false;
  }

  /**
   * The settled state, as plain data; `null` where it is as it was saved last.
   *
   * @param changed Identities of windows that have changed since they were decided on. {@linkcode resume} won't be handed what
   * they were, so those are noted on which something else would have been decided without them.
   */
  save(changed: readonly string[] = []): unknown {
    const anew = this.#decidedAnew(changed);
    if (this.#isSaved && anew.length === 0) return null;
    this.#isSaved = anew.length === 0;
    return { state: this.#ensemble.save(this.#settled), anew };
  }

  /**
   * Goes on from a saved state.
   *
   * @param retained Windows that were decided on after it and haven't changed since.
   * @throws {TypeError} if the state is none of this ensemble's.
   */
  resume(saved: unknown, retained: readonly FoldRow[]): void {
    const { state, anew } = fieldsOf(saved, "fold"), doubtful = new Set(arrayOf(anew, "fold.anew", text));
    this.#settled = this.#ensemble.load(state);
    this.#latest = this.#ensemble.copy(this.#settled);
    this.#pending = [];
    this.add(retained);
    this.#isSaved = doubtful.size === 0;
    if (!this.#isSaved) this.#doubtful = new Set(retained.filter(({ identity }) => doubtful.has(identity())));
  }

  /** Identities of pending rows, but for the changed ones, on which something else is decided where those are missing. */
  #decidedAnew(changed: readonly string[]): string[] {
    const identities = new Set(changed), doubtful = this.#doubtful;
    const left = changed.length === 0
      ? this.#pending
      : this.#pending.filter(({ identity }) => !identities.has(identity()));
    if (left.length === this.#pending.length) return [...doubtful].map(({ identity }) => identity());
    const state = this.#ensemble.copy(this.#settled);
    return left.filter((row) => {
      const decision = this.#ensemble.judge(state, row.window);
      return doubtful.has(row) || !isSame(decision, row.decision!);
    }).map(({ identity }) => identity());
  }

  /** What is pending but for what comes again, is open again or is taken back; the very same array where that is nothing. */
  #without(rows: readonly FoldRow[], changed: readonly string[]): FoldRow[] {
    const again = rows.filter(({ reopened }) => reopened !== 0).map(({ identity }) => identity());
    const gone = new Set([...again, ...changed.filter((identity) => !this.#reopened.has(identity))]);
    this.#reopened = new Set(changed);
    if (gone.size === 0 || this.#pending.length === 0) return this.#pending;
    const left = this.#pending.filter(({ identity }) => !gone.has(identity()));
    return left.length === this.#pending.length ? this.#pending : left;
  }

  #decide(row: FoldRow): void {
    row.decision = this.#ensemble.judge(this.#latest, row.window);
  }
}

/** Whether two decisions are told alike. */
function isSame(a: Decision, b: Decision): boolean {
  if (a.score !== b.score || a.note !== b.note || a.opinions.length !== b.opinions.length) return false;
  return a.opinions === b.opinions || a.opinions.length === 0 ||
    JSON.stringify(a.opinions) === JSON.stringify(b.opinions);
}

/** By end (those without times last), service, identity. */
function compareRows(a: FoldRow, b: FoldRow): number {
  const [endA, endB] = [a.window.end, b.window.end].map((end) => Number.isNaN(end) ? Infinity : end);
  if (endA !== endB) return endA < endB ? -1 : 1;
  if (a.service !== b.service) return a.service < b.service ? -1 : 1;
  const [left, right] = [a.identity(), b.identity()];
  return left < right ? -1 : left > right ? 1 : 0;
}
