import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteWriter } from "../../lib/window/byte_columns.ts";
import type { ClosedWindows } from "../../lib/window/closed_windows.ts";
import { OpenWindows, type WindowOptions } from "../../lib/window/open_windows.ts";
import { counting } from "./counting_collector.ts";
import { type Piece, pieces, row, settings } from "./made_history.ts";
import { type Detail, Led, OPTIONS } from "./led_windows.ts";
import type { Row } from "./made_rows.ts";

/** What a session's events or a window's facts must come to, by its counts. */
function assertFits({ session, counts, noted, sequence }: Detail): void {
  assert.equal(noted, counts.split(" ").filter((count) => !count.startsWith("0:")).join(" "));
  if (!session) return assert.equal(sequence, null);
  const events = new Map<number, number>();
  for (const template of sequence ?? []) events.set(template, (events.get(template) ?? 0) + 1);
  const ordered = [...events].sort((a, b) => a[0] - b[0]);
  assert.equal(ordered.map(([template, count]) => `${template}:${count}`).join(" "), counts);
}

/** Leads windows through a history; `check` is called after every step with all that has come out and holds, `came` with what comes out. */
function lead(
  rows: Row[],
  options: WindowOptions,
  plan: Piece[],
  check: (led: Led, out: Map<string, Detail>) => void = () => {},
  came: (windows: OpenWindows, closed: ClosedWindows) => void = () => {},
): Map<string, Detail> {
  const led = new Led({ ...options, sequences: true, collectors: [counting] });
  const out = new Map<string, Detail>();
  const take = (closed: ClosedWindows) => {
    came(led.windows, closed);
    led.details(closed).forEach((detail, i) => {
      if (closed.isWithdrawn(i)) return out.delete(detail.identity);
      assertFits(detail);
      out.set(detail.identity, detail);
    });
  };
  let at = 0;
  for (let piece = 0; at < rows.length; piece++) {
    const { rows: count, close, save, forget } = plan[piece % plan.length];
    led.add(rows.slice(at, at += count));
    const watermark = led.watermark(rows);
    if (close && Number.isFinite(watermark)) take(led.windows.close(watermark));
    if (forget) led.windows.forgetVectors();
    if (save) led.restart();
    check(led, out);
  }
  const watermark = led.watermark(rows);
  if (Number.isFinite(watermark)) take(led.windows.close(watermark));
  take(led.windows.closeAll());
  return out;
}

const history = fc.array(row, { maxLength: 80, size: "max" });
const whole: Piece[] = [{ rows: Infinity, close: false, save: false, forget: false }];
const sorted = (out: Map<string, Detail>) =>
  [...out.values()].sort((a, b) => a.identity < b.identity ? -1 : 1);

Deno.test("OpenWindows note the same, and keep the same order, however rows are cut, closed, saved and restored", () => {
  fc.assert(
    fc.property(history, settings, pieces, (rows, options, plan) => {
      assert.deepEqual(sorted(lead(rows, options, plan)), sorted(lead(rows, options, whole)));
    }),
    { numRuns: 200 },
  );
});

Deno.test("OpenWindows.retained() gives what came out, holds, and can still change, as it was; changed() the rest", () => {
  fc.assert(
    fc.property(history, settings, pieces, (rows, options, plan) => {
      lead(rows, options, plan, ({ windows, ...led }, out) => {
        const all = Object.assign(Object.create(Led.prototype), { windows, ...led }) as Led;
        const retained = all.details(windows.retained()),
          changed = new Set(all.identities(windows.changed()));
        for (const detail of retained) {
          assert.deepEqual(detail, out.get(detail.identity));
          assert.ok(!changed.has(detail.identity), `${detail.identity} is both`);
        }
        for (const identity of changed) assert.ok(out.has(identity), `${identity} has never come out`);
        const known = new Set(retained.map(({ identity }) => identity));
        for (const { identity, session, end } of out.values()) {
          if (changed.has(identity)) continue;
          const { idle, lateness } = options, { watermark } = windows;
          const isGone = session ? watermark > end + idle + lateness : watermark >= end + lateness;
          assert.equal(known.has(identity), !isGone, identity);
        }
      });
    }),
    { numRuns: 200 },
  );
});

Deno.test("OpenWindows change nothing of what was noted of windows that have come out", () => {
  const notedIn = (windows: OpenWindows, closed: ClosedWindows) =>
    [...closed.facts.values()].map((facts) => windows.collectors.saveNamed(facts));
  fc.assert(
    fc.property(history, settings, pieces, (rows, options, plan) => {
      const out: { windows: OpenWindows; closed: ClosedWindows; noted: unknown[] }[] = [];
      const keep = (windows: OpenWindows, closed: ClosedWindows) =>
        out.push({ windows, closed, noted: notedIn(windows, closed) });
      const steps = plan.map((piece) => ({ ...piece, rows: Math.min(piece.rows, 7) }));
      lead(rows, options, steps, ({ windows }) => keep(windows, windows.retained()), keep);
      for (const { windows, closed, noted } of out) assert.deepEqual(notedIn(windows, closed), noted);
    }),
    { numRuns: 200 },
  );
});

Deno.test("OpenWindows.retained() and changed() change nothing", () => {
  fc.assert(
    fc.property(history, settings, pieces, (rows, options, plan) => {
      const asked = lead(rows, options, plan, ({ windows }) => {
        const before = windows.save();
        windows.retained();
        windows.changed();
        assert.deepEqual(windows.save(), before);
      });
      assert.deepEqual(sorted(asked), sorted(lead(rows, options, plan)));
    }),
    { numRuns: 50 },
  );
});

Deno.test("OpenWindows.rekey() renames templates in facts and sequences, again and again, and they still fit", () => {
  const map = Int32Array.of(0, 3, 3, 1);
  fc.assert(
    fc.property(history, settings, pieces, (rows, options, plan) => {
      lead(rows, options, plan, ({ windows }) => windows.rekey(map));
    }),
    { numRuns: 100 },
  );
});

Deno.test("OpenWindows.rekey() renames templates of windows that have come out, too", () => {
  const led = new Led(OPTIONS);
  led.add([1, 2, 3, 0].map((template, i) => ({ time: i, keys: ["a"], template })));
  led.add([{ time: 2, template: 2 }]);
  led.windows.close(40);
  led.windows.rekey(Int32Array.of(2, 3, 3, 0));
  const [session] = led.details(led.windows.retained());
  // of what is template 2 now nothing had been noted, of what is template 0 now something had
  assert.deepEqual([session.counts, session.sequence, session.noted], [
    "0:1 2:1 3:2",
    [3, 3, 0, 2],
    "0:1 3:2",
  ]);
  const [window] = led.details(led.windows.closeAll());
  assert.deepEqual([window.counts, window.noted], ["3:1", "3:1"]);
});

Deno.test("OpenWindows ask of sessions only the collectors that are meant for them", () => {
  const led = new Led({ ...OPTIONS, collectors: [{ ...counting, inSessions: false }] });
  led.add([{ time: 0, keys: ["a"], template: 1 }, { time: 0, template: 1 }]);
  const details = led.details(led.windows.closeAll());
  assert.deepEqual(details.map(({ session, noted }) => [session, noted]), [[true, ""], [false, "1:1"]]);
});

Deno.test("OpenWindows joins what it knows of two sessions of a key, the earlier one's events first", () => {
  const led = new Led(OPTIONS),
    session = (time: number, template: number) => ({ time, keys: ["a"], template });
  led.add([session(16, 3), session(0, 1), session(1, 2), session(49, 1)]);
  led.add([session(8, 2)]);
  const [joined] = led.details(led.windows.close(49));
  assert.deepEqual([joined.sequence, joined.noted], [[1, 2, 3, 2], "1:1 2:2 3:1"]);
});

Deno.test("OpenWindows counts a session whose order is kept when it comes out, and equal ones once", () => {
  const led = new Led({ ...OPTIONS, keepSessions: true }), keys = ["a", "b", "c"];
  const made = (template: number): Row => ({
    ...{ time: template, keys, service: "api", template, severity: 9, source: 0 },
  });
  led.add([made(3), made(4), made(5)]);
  assert.equal(led.windows.vectors.size, 1); // the empty one
  assert.equal(new Set(led.windows.closeAll().vector).size, 1);
  assert.equal(led.windows.vectors.size, 2);
});

Deno.test("OpenWindows forgets sequences and facts with their sessions", () => {
  const led = new Led(OPTIONS);
  led.add([1, 2, 3].map((template, i) => ({ time: i, keys: ["a"], template })));
  const size = led.windows.save().length;
  led.windows.close(1000);
  led.windows.forgetVectors();
  assert.equal(led.windows.sequences!.size, 1);
  led.add([{ time: 1000, keys: ["a"], template: 0 }]);
  assert.ok(led.windows.save().length < size);
  const [{ sequence, noted }] = led.details(led.windows.closeAll());
  assert.deepEqual([sequence, noted], [[0], ""]);
});

Deno.test("OpenWindows keeps the order of no session that is longer than what is kept of any", () => {
  const led = new Led({ ...OPTIONS, collectors: [] });
  led.add(Array.from({ length: 10_001 }, (_, i) => ({ time: 1, keys: ["a"], template: i % 2 })));
  led.add([{ time: 2, keys: ["b"], template: 3 }]);
  led.restart();
  const details = led.details(led.windows.closeAll());
  assert.deepEqual(details.map(({ sequence }) => sequence), [null, [3]]);
});

Deno.test("OpenWindows.changed() names a session that a late record opened again until it is over", () => {
  const led = new Led({ ...OPTIONS, idle: 30, lateness: 10 }), a = (time: number) => [{ time, keys: ["a"] }];
  led.add([...a(0), { time: 31 }]);
  assert.equal(led.windows.close(31).length, 1);
  assert.equal(led.windows.changed().length, 0);
  led.add(a(30));
  for (const watermark of [31, 45, 60]) {
    assert.equal(led.windows.close(watermark).length, 0);
    assert.deepEqual(led.identities(led.windows.changed()), ["0 a@1970-01-01T00:00:00.000Z"]);
    led.restart();
  }
  const [again] = led.details(led.windows.close(61));
  assert.deepEqual([again.lines, led.windows.changed().length], [2, 0]);
});

Deno.test("OpenWindows.retained() passes over silence that is too long to show, however long", () => {
  const led = new Led({ ...OPTIONS, session: null, lateness: Infinity, silenceLimit: 2 });
  led.add([{ time: 0 }, { time: 1e14 }]);
  led.windows.close(1e14 + 100);
  assert.deepEqual(led.details(led.windows.retained()).map(({ start }) => start), [0, 100, 200, 1e14]);
});

Deno.test("OpenWindows.retained() leaves out the empty windows behind one that is still to come", () => {
  const led = new Led({ ...OPTIONS, session: null, lateness: 10_000, silenceLimit: 1 });
  led.add([{ time: 0 }]);
  led.windows.close(1000);
  led.add([{ time: 510 }]);
  const starts = (closed: ClosedWindows) => led.details(closed).map(({ start }) => start);
  assert.deepEqual([starts(led.windows.retained()), starts(led.windows.changed())], [[0, 100], []]);
  assert.deepEqual(starts(led.windows.close(1000)), [500, 600]);
  assert.deepEqual(starts(led.windows.retained()), [0, 100, 500, 600]);
});

Deno.test("OpenWindows.restore() drops what nobody asks for any more, and begins with what was not asked for", () => {
  const led = new Led(OPTIONS);
  led.add([{ time: 0, keys: ["a"], template: 1 }, { time: 0, template: 1 }]);
  led.restart({ ...OPTIONS, sequences: false, collectors: [] });
  led.restart();
  led.add([{ time: 1, keys: ["a"], template: 2 }, { time: 1, template: 2 }]);
  const details = led.details(led.windows.closeAll());
  assert.deepEqual(details.map(({ counts, sequence, noted }) => [counts, sequence, noted]), [
    ["1:1 2:1", null, "2:1"],
    ["1:1 2:1", null, "2:1"],
  ]);
});

Deno.test("OpenWindows.restore() refuses facts that their collector can't read", () => {
  const led = new Led(OPTIONS);
  led.add([{ time: 0, template: 1 }]);
  const strict = {
    ...counting,
    load: (saved: unknown) => {
      throw new TypeError(`Cannot restore counts: ${JSON.stringify(saved)}`);
    },
  };
  assert.throws(() => led.restart({ ...OPTIONS, collectors: [strict] }), {
    name: "RangeError",
    message: "Cannot restore open windows: facts of a window: Cannot restore counts: [[1,1]]",
  });
});

/** Windows as they were saved before they had sequences and facts: an open session, and a window that has come out. */
function plainWindows(): Uint8Array {
  const writer = new ByteWriter(), name = (text: string) => writer.block(new TextEncoder().encode(text));
  const numbers = (...all: number[]) => all.forEach((number) => writer.integer(number));
  const times = (...all: number[]) => all.forEach((time) => writer.time(time));
  writer.text("deepscan open windows");
  numbers(1);
  for (const setting of ["/k=(\\w+)/", "100", "10", "50", "false", "100000"]) writer.text(setting);
  numbers(1);
  writer.text("records");
  numbers(3);
  times(100);
  numbers(1, 0);
  times(120);
  numbers(1); // sessions, by key
  name("a");
  numbers(1, 0);
  times(110, 120);
  numbers(2, 0);
  name("api");
  numbers(0, 1, 3 << 3, 2); // count vector 0, of one symbol
  numbers(0); // withdrawals
  numbers(1, 0); // services
  times(0, 0, -Infinity, 1);
  numbers(1);
  times(0);
  numbers(2, 1, 0); // lines, has come out, count vector
  return writer.finish();
}

Deno.test("OpenWindows.restore() reads windows that were saved before they had sequences and facts", () => {
  const led = new Led(OPTIONS);
  led.windows = OpenWindows.restore(plainWindows(), OPTIONS, led.services);
  assert.deepEqual(led.identities(led.windows.retained()), ["1 api@1970-01-01T00:00:00.000Z"]);
  led.add([{ time: 121, keys: ["a"], template: 3 }, { time: 80, template: 3 }]);
  const details = led.details(led.windows.closeAll());
  assert.deepEqual(details.map(({ lines, counts, sequence, noted }) => [lines, counts, sequence, noted]), [
    [3, "3:3", null, "3:1"],
    [3, "3:3", null, "3:1"],
  ]);
});
