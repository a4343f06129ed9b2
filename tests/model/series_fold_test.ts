import assert from "node:assert/strict";
import fc from "fast-check";
import { SeriesEnsemble } from "../../lib/ensemble/series.ts";
import type { EventWindow, TemplateNames } from "../../lib/feature/event_window.ts";
import { type FoldRow, WindowFold } from "../../lib/model/window_fold.ts";

const WINDOW = 1_800_000;
const NAMES: TemplateNames = {
  id: String,
  text: (index) => index % 5 === 4 ? `failed: step ${index}` : `step ${index}`,
  severity: () => 9,
  indexOf: Number,
};

/** Template and count. */
type Counts = [number, number][];

/** What happens when the next windows have closed. */
interface Step {
  windows: number;
  /** Window, counted from the last one back, that comes only with the next step; 0 = none does. */
  late: number;
  /** Windows that can still change. */
  open: number;
  restart: boolean;
}

function windowAt(index: number, counts: Counts): EventWindow {
  const sorted = counts.toSorted(([a], [b]) => a - b);
  return {
    start: index * WINDOW,
    end: (index + 1) * WINDOW,
    lines: sorted.reduce((sum, [, count]) => sum + count, 0),
    events: {
      templates: Int32Array.from(sorted, ([template]) => template),
      counts: Int32Array.from(sorted, ([, count]) => count),
      levels: new Uint8Array(sorted.length).fill(3),
    },
    sequence: null,
  };
}

function rowOf(window: EventWindow): FoldRow {
  return { identity: () => `${window.start}`, service: "web", reopened: 0, window, decision: null };
}

/** A fold, and what holds of all windows that it was handed. */
class Run {
  readonly #ensemble: SeriesEnsemble;
  readonly #rows = new Map<number, FoldRow>();
  #fold: WindowFold;
  #settled = 0;
  #saved: unknown = null;

  constructor(ensemble: SeriesEnsemble) {
    this.#ensemble = ensemble;
    this.#fold = new WindowFold(ensemble);
  }

  add(windows: readonly EventWindow[]): void {
    const rows = windows.map(rowOf);
    this.#fold.add(rows);
    for (const row of rows) this.#rows.set(row.window.start, row);
  }

  /** Windows that begin before `from` can't change any more. */
  settle(from: number): void {
    this.#settled = Math.max(this.#settled, from);
    this.#fold.settle(({ start }) => start < this.#settled);
    this.#saved = this.#fold.save() ?? this.#saved; // null = as it was saved last
  }

  restart(): void {
    if (this.#saved === null) return;
    const all = Array.from(this.#rows.values(), ({ window }) => window);
    const retained = all.filter(({ start }) => start >= this.#settled).map(rowOf);
    this.#fold = new WindowFold(this.#ensemble);
    this.#fold.resume(JSON.parse(JSON.stringify(this.#saved)), retained);
    for (const row of retained) this.#rows.set(row.window.start, row);
  }

  /** Decisions in order of time, and the state at the end. */
  end() {
    this.settle(Infinity);
    const rows = [...this.#rows].sort(([a], [b]) => a - b);
    return { decisions: rows.map(([, { decision }]) => decision), saved: JSON.stringify(this.#saved) };
  }
}

function inSteps(ensemble: SeriesEnsemble, windows: readonly EventWindow[], steps: readonly Step[]) {
  const run = new Run(ensemble);
  let late: EventWindow[] = [];
  for (let at = 0, step = 0; at < windows.length; step++) {
    const { windows: count, late: back, open, restart } = steps[step % steps.length];
    const coming = [...late, ...windows.slice(at, at += count)];
    late = back > 0 && back < coming.length && at < windows.length ? coming.splice(-back - 1, 1) : [];
    run.add(coming);
    run.settle(Math.min(late[0]?.start ?? Infinity, (at - open) * WINDOW));
    if (restart) run.restart();
  }
  return run.end();
}

const counts = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 40 })), {
  selector: ([template]) => template,
  maxLength: 12,
});
const windows = (maxLength: number) =>
  fc.array(counts, { minLength: 2, maxLength }).map((all) => all.map((made, i) => windowAt(i, made)));
const steps = fc.array(
  fc.record({
    windows: fc.integer({ min: 1, max: 6 }),
    late: fc.integer({ min: 0, max: 3 }),
    open: fc.integer({ min: 0, max: 5 }),
    restart: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

Deno.test("WindowFold leads a pooled service's channels to the same state however windows came, runs ended and windows were late", () => {
  fc.assert(
    fc.property(windows(20), windows(40), steps, (others, all, steps) => {
      const ensemble = SeriesEnsemble.pooled([others], NAMES, { windowMs: WINDOW });
      const undisturbed = [{ windows: all.length, late: 0, open: 0, restart: false }];
      assert.deepEqual(inSteps(ensemble, all, steps), inSteps(ensemble, all, undisturbed));
    }),
  );
});
