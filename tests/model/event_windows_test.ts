import assert from "node:assert/strict";
import { EventWindows } from "../../lib/model/event_windows.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { OpenWindows } from "../../lib/window/open_windows.ts";
import { SessionPattern } from "../../lib/window/session_pattern.ts";
import { counting } from "../window/counting_collector.ts";
import { batchOf, type Row } from "../window/made_rows.ts";

function closed(rows: Row[], detail = true) {
  const services = new Dictionary(), session = SessionPattern.compile("k=(\\w+)");
  const collectors = detail ? [counting] : [];
  const windows = new OpenWindows({
    session,
    size: 100,
    idle: 10,
    lateness: 0,
    sequences: detail,
    collectors,
  }, services);
  windows.add(batchOf(rows, services), 0, rows.length);
  return { windows, rows: windows.closeAll() };
}

Deno.test("EventWindows.at() gives what a session counted, in which order, and what was noted of it", () => {
  const { windows, rows } = closed([2, 1, 2].map((template, i) => ({ time: 5 + i, keys: ["a"], template })));
  const { events, facts, ...window } = new EventWindows().at(rows, 0, windows);
  assert.deepEqual(window, { start: 5, end: 7, lines: 3, sequence: Int32Array.of(2, 1, 2) });
  assert.deepEqual([[...events.templates], [...events.counts]], [[1, 2], [1, 2]]);
  assert.deepEqual(facts, new Map([["counting", new Map([[2, 2], [1, 1]])]]));
});

Deno.test("EventWindows.at() has neither order nor facts where none are kept", () => {
  const { windows, rows } = closed([{ time: 5, keys: ["a"], template: 1 }], false);
  const window = new EventWindows().at(rows, 0, windows);
  assert.equal(window.sequence, null);
  assert.ok(!("facts" in window));
});

Deno.test("EventWindows share equal counts and equal orders, until vectors are numbered anew", () => {
  const { windows, rows } = closed(["a", "b"].map((key) => ({ time: 5, keys: [key], template: 1 })));
  const made = new EventWindows(), [a, b] = [made.at(rows, 0, windows), made.at(rows, 1, windows)];
  assert.equal(a.events, b.events);
  assert.equal(a.sequence, b.sequence);
  made.reset();
  const again = made.at(rows, 0, windows);
  assert.notEqual(again.events, a.events);
  assert.deepEqual(again.events, a.events);
});
