import assert from "node:assert/strict";
import fc from "fast-check";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { OpenWindows, type WindowOptions } from "../../lib/window/open_windows.ts";
import { expectedWindows } from "./expected_windows.ts";
import { type Piece, pieces, row, settings, sourcesOf } from "./made_history.ts";
import { batchOf, type PlainWindow, type Row, settleInto, sorted } from "./made_rows.ts";

const RUNS = { numRuns: 200 };

interface Outcome {
  settled: Map<string, PlainWindow>;
  stats: OpenWindows["stats"];
}

/** A history: pieces of rows, with closes at what all sources have passed, restarts in between, and the end. */
function history(
  rows: Row[],
  options: WindowOptions,
  plan: Piece[],
): Outcome {
  let services = new Dictionary(), windows = new OpenWindows(options, services);
  const settled = new Map<string, PlainWindow>();
  const take = (closed: ReturnType<OpenWindows["closeAll"]>) =>
    settleInto(settled, closed, { vectors: windows.vectors, services });
  let at = 0;
  for (let piece = 0; at < rows.length; piece++) {
    const { rows: count, close, save, forget } = plan[piece % plan.length];
    for (const one of sourcesOf(rows.slice(at, at + count))) {
      const batch = batchOf(one, services);
      windows.add(batch, 0, one.length, one[0].source);
    }
    at += count;
    const watermark = watermarkOf(windows, rows);
    if (close && Number.isFinite(watermark)) take(windows.close(watermark));
    if (forget) windows.forgetVectors();
    if (save) {
      const bytes = windows.save();
      services = new Dictionary();
      services.internText("another first service");
      windows = OpenWindows.restore(bytes, options, services);
    }
  }
  const watermark = watermarkOf(windows, rows);
  if (Number.isFinite(watermark)) take(windows.close(watermark));
  take(windows.closeAll());
  return { settled, stats: windows.stats };
}

/** What all sources have passed. */
function watermarkOf(windows: OpenWindows, rows: Row[]): number {
  return Math.min(...rows.map(({ source }) => windows.latest(source)));
}

const whole = [{ rows: Infinity, close: false, save: false, forget: false }];

Deno.test("OpenWindows settle the same however rows are cut, closed, saved and restored", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 80, size: "max" }), settings, pieces, (rows, options, plan) => {
      const once = history(rows, options, whole), cut = history(rows, options, plan);
      assert.deepEqual(sorted(cut.settled), sorted(once.settled));
      assert.deepEqual({ ...cut.stats, spilled: 0 }, { ...once.stats, spilled: 0 });
    }),
    RUNS,
  );
});

Deno.test("OpenWindows settle to what the slow way gives when rows come within the lateness", () => {
  const jittered = fc.array(fc.tuple(row, fc.double({ min: 0, max: 1, noNaN: true })), {
    maxLength: 80,
    size: "max",
  });
  fc.assert(
    fc.property(jittered, settings, pieces, (drawn, options, plan) => {
      const lateness = Math.min(options.lateness, 10_000);
      const order = drawn.map(([row, jitter]) => ({
        row: { ...row, source: 0 },
        at: (Number.isNaN(row.time) ? 0 : row.time) + jitter * lateness,
      }));
      const rows = order.sort((a, b) => a.at - b.at).map(({ row }) => row);
      const visible = options.session === null ? rows.map((row) => ({ ...row, keys: [] })) : rows;
      const { settled, stats } = history(rows.map((row) => ({ ...row })), options, plan);
      assert.equal(stats.late, 0);
      const expected = expectedWindows(visible, { ...options, watermark: -Infinity });
      for (const [identity, window] of expected) assert.deepEqual(settled.get(identity), window, identity);
      for (const [identity, window] of settled) {
        assert.ok(expected.has(identity) || window.lines === 0, `${identity} is not expected`);
      }
    }),
    RUNS,
  );
});

Deno.test("OpenWindows show the same silence as the slow way, up to the watermark", () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 60, size: "max" }),
      settings,
      pieces,
      (drawn, options, plan) => {
        const rows = drawn.map((row) => ({ ...row, source: 0 }))
          .sort((a, b) => (Number.isNaN(a.time) ? 0 : a.time) - (Number.isNaN(b.time) ? 0 : b.time));
        const watermark = Math.max(...rows.map(({ time }) => Number.isNaN(time) ? -Infinity : time));
        const visible = options.session === null ? rows.map((row) => ({ ...row, keys: [] })) : rows;
        const { settled, stats } = history(rows, options, plan);
        assert.equal(stats.late, 0);
        assert.deepEqual(sorted(settled), sorted(expectedWindows(visible, { ...options, watermark })));
      },
    ),
    RUNS,
  );
});

Deno.test("OpenWindows drop nothing silently: records + repeated = placed + late + untimed", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 80, size: "max" }), settings, pieces, (rows, options, plan) => {
      const { settled, stats } = history(rows, options, plan);
      let inWindows = 0, repeated = 0;
      for (const window of settled.values()) inWindows += window.lines;
      if (options.session) { for (const { keys } of rows) repeated += Math.max(0, keys!.length - 1); }
      assert.equal(stats.records, rows.length);
      assert.equal(stats.repeated, repeated);
      assert.equal(stats.placed, inWindows);
      assert.equal(stats.records + stats.repeated, stats.placed + stats.late + stats.untimed);
      assert.equal(stats.open, 0);
      assert.equal(stats.held, 0);
    }),
    RUNS,
  );
});
