import assert from "node:assert/strict";
import fc from "fast-check";
import { LEVEL_CLASS } from "../../lib/record/level.ts";
import type { ClosedWindows } from "../../lib/window/closed_windows.ts";
import type { CountedRecords, CountedWindow, SessionEvent } from "../../lib/window/counted_records.ts";
import type { WindowOptions } from "../../lib/window/open_windows.ts";
import { counting } from "./counting_collector.ts";
import { type Detail, Led, OPTIONS } from "./led_windows.ts";
import { type Piece, pieces, row, settings } from "./made_history.ts";
import type { Row } from "./made_rows.ts";

/** Template numbers that whoever counted had, by ours, and back. */
const THEIRS = [2, 0, 3, 1], OURS = Int32Array.of(1, 3, 0, 2);

/** A window on its way. */
type Counting = CountedWindow & { counts: Map<number, number> };

/** What somebody else counted of rows, as JSON brings it. */
function counted(rows: Row[], { session, size }: WindowOptions): CountedRecords {
  const windows = new Map<string, Counting>();
  const events: SessionEvent[] = [];
  let untimed = 0;
  for (const { time, keys = [], service = "api", template = 0, severity = 9 } of rows) {
    const theirs = THEIRS[template], symbol = theirs << 3 | LEVEL_CLASS[severity];
    const facts: Record<string, unknown> = template === 0 ? {} : { counting: [[theirs, 1]] };
    if (session && keys.length > 0) {
      events.push({
        ...{ time: Number.isNaN(time) ? null : time, service, template: theirs, severity, keys },
        ...(template === 0 ? {} : { facts }),
      });
    } else if (Number.isNaN(time)) untimed++;
    else {
      const start = Math.floor(time / size) * size, key = `${service} ${start}`;
      const none = { service, start, lines: 0, pairs: new Int32Array(), facts: {}, counts: new Map() };
      const window: Counting = windows.get(key) ?? none;
      windows.set(key, window);
      window.lines++;
      window.counts.set(symbol, (window.counts.get(symbol) ?? 0) + 1);
      if (template === 0) continue;
      const noted = counting.load(window.facts.counting ?? []);
      window.facts.counting = counting.save(counting.merge(noted, new Map([[theirs, 1]])));
    }
  }
  const times = rows.map(({ time }) => time).filter((time) => !Number.isNaN(time));
  const last = times.length === 0 ? null : Math.max(...times);
  const plain = [...windows.values()].map(({ counts, ...window }) => ({
    ...window,
    pairs: [...counts].sort(([a], [b]) => a - b).flat(),
  }));
  const { windows: read, ...rest } = JSON.parse(JSON.stringify({ windows: plain, events, untimed, last }));
  return {
    ...rest,
    windows: read.map((one: { pairs: number[] }) => ({ ...one, pairs: Int32Array.from(one.pairs) })),
  };
}

/** Leads windows through a history whose pieces come as rows or counted; what is settled at the end, and all figures. */
function lead(rows: Row[], options: WindowOptions, plan: Piece[], isCounted: (piece: number) => boolean) {
  const led = new Led({ ...options, sequences: true, collectors: [counting] });
  const out = new Map<string, Detail>();
  const take = (closed: ClosedWindows) =>
    led.details(closed).forEach((detail, i) =>
      closed.isWithdrawn(i) ? out.delete(detail.identity) : out.set(detail.identity, detail)
    );
  let at = 0;
  for (let piece = 0; at < rows.length; piece++) {
    const { rows: count, close, save, forget } = plan[piece % plan.length];
    const taken = rows.slice(at, at += count).map((row) => ({ ...row, source: 0 }));
    if (isCounted(piece)) led.windows.addCounted(counted(taken, options), { renamed: OURS });
    else led.add(taken);
    const watermark = led.windows.latest();
    if (close && Number.isFinite(watermark)) take(led.windows.close(watermark));
    if (forget) led.windows.forgetVectors();
    if (save) led.restart();
  }
  take(led.windows.closeAll());
  const { spilled: _, ...stats } = led.windows.stats;
  return { details: [...out.values()].sort((a, b) => a.identity < b.identity ? -1 : 1), stats };
}

const history = fc.array(row, { maxLength: 80, size: "max" });
/** Nothing of these histories is late. */
const patient = settings.map((some) => ({ ...some, lateness: 1e5 }));

Deno.test("OpenWindows.addCounted() comes to what the records themselves do, whatever comes counted, closed, saved and restored", () => {
  fc.assert(
    fc.property(history, patient, pieces, fc.infiniteStream(fc.boolean()), (rows, options, plan, coins) => {
      const chosen: boolean[] = [];
      const isCounted = (piece: number) => chosen[piece] ??= coins.next().value;
      assert.deepEqual(lead(rows, options, plan, isCounted), lead(rows, options, plan, () => false));
    }),
    { numRuns: 300 },
  );
});

Deno.test("OpenWindows.addCounted() refuses late events of sessions one by one, as their lines", () => {
  const sessions = fc.array(row.map((one) => ({ ...one, keys: one.keys?.length ? one.keys : ["a"] })), {
    maxLength: 80,
    size: "max",
  });
  const strict = settings.map((some) => ({ ...some, session: OPTIONS.session }));
  fc.assert(
    fc.property(sessions, strict, pieces, (rows, options, plan) => {
      assert.deepEqual(lead(rows, options, plan, () => true), lead(rows, options, plan, () => false));
    }),
    { numRuns: 300 },
  );
});

Deno.test("OpenWindows.addCounted() counts as late what belongs to windows that are forgotten", () => {
  const { windows } = new Led({ ...OPTIONS, lateness: 0 });
  windows.close(1000);
  windows.addCounted(counted([{ time: 5 }, { time: 7 }, { time: 1005 }], OPTIONS), { renamed: OURS });
  assert.deepEqual([windows.stats.late, windows.stats.placed, windows.latest()], [2, 1, 1005]);
});

Deno.test("OpenWindows.addCounted() refuses templates that it is not told of, and windows between windows", () => {
  const { windows } = new Led(OPTIONS), one = counted([{ time: 5, template: 2 }], OPTIONS);
  assert.throws(
    () => windows.addCounted(one, { renamed: Int32Array.of(0) }),
    /^RangeError: Cannot add counts to a window: template 3 is none of those that are known$/,
  );
  assert.throws(
    () => windows.addCounted({ ...one, windows: [{ ...one.windows[0], start: 150 }] }),
    /^RangeError: Cannot add counts to a window: it must begin at a multiple of 100 ms, current value is 150$/,
  );
});

Deno.test("OpenWindows.addCounted() keeps no key of a session that was refused all its records", () => {
  const { windows } = new Led({ ...OPTIONS, lateness: 0 });
  windows.close(1000);
  windows.addCounted(counted([{ time: 5, keys: ["a"] }], OPTIONS), { renamed: OURS });
  assert.deepEqual([windows.stats.late, windows.stats.held, windows.closeAll().length], [1, 0, 0]);
});
