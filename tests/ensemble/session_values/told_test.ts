import assert from "node:assert/strict";
import type { Judged } from "../../../lib/ensemble/session_values/judged.ts";
import { RecentValues } from "../../../lib/ensemble/session_values/recent.ts";
import { fitLines } from "../../../lib/ensemble/session_values/fit_lines.ts";
import type { SlotLine } from "../../../lib/ensemble/session_values/slot_line.ts";
import { notesOf, opinionsOf, shiftOpinion } from "../../../lib/ensemble/session_values/told.ts";
import { NAMES } from "../order_names.ts";

function line(template: number, slot = "", since = -1): SlotLine {
  return {
    ...{ template, slot, since, kind: 3, middle: 100, level: 1, line: 3, upper: 130, high: 180, usual: 200 },
    run: null,
  };
}

function beyond(of: SlotLine, excess: number, value = 40_000): Judged {
  const shown = { value, usual: of.usual, isRun: false };
  return { place: 0, line: of, measure: { ...of, value }, excess, shift: 0, shown };
}

Deno.test("opinionsOf() tells numbers and times apart, the strongest first", () => {
  const opinions = opinionsOf([beyond(line(1, "in"), 1.5), beyond(line(2, "", 0), 3)], NAMES);
  assert.deepEqual(opinions.map(({ detector }) => detector), ["session-time", "session-value"]);
  assert.deepEqual(opinions.map(({ parts }) => parts[0].text), [
    "40 s, usually at most 200 ms, after `order placed`",
    "40 s, usually at most 200 ms",
  ]);
  assert.deepEqual(opinions.map(({ parts }) => parts[0].detail), ["time before", "in"]);
  assert.equal(opinions[0].evidence, 2 - 1 / 3);
});

Deno.test("opinionsOf() tells a step once: by its number, else by the time that tells most", () => {
  const both = opinionsOf([beyond(line(1, "in"), 2), beyond(line(1, "", 0), 4)], NAMES);
  assert.deepEqual(both.map(({ detector }) => detector), ["session-value"]);
  const times = [beyond(line(2, "", 0), 2), beyond(line(2, "", 1), 4), beyond(line(-1), 3)];
  const [{ parts }] = opinionsOf(times, NAMES);
  assert.deepEqual(parts.map(({ detail, template }) => [detail, template]), [
    ["time before", 2],
    ["whole session", -1],
  ]);
  assert.match(parts[0].text, /after `order paid in <\*> ms`$/);
  assert.deepEqual(opinionsOf([], NAMES), []);
});

Deno.test("opinionsOf() says what is usual by now, and what lasts", () => {
  const single = beyond(line(1, "in"), 2);
  const [{ parts: [moved] }] = opinionsOf([{ ...single, shift: Math.log(2) }], NAMES);
  assert.equal(moved.text, "40 s, usually at most 500 ms"); // 100 (2 (1 + 2) − 1)
  const lasting = { ...single, shown: { ...single.shown, isRun: true } };
  const [{ parts: [run] }] = opinionsOf([lasting], NAMES);
  assert.equal(run.text, "median of the last 5 sessions 40 s, usually at most 200 ms");
});

Deno.test("shiftOpinion() counts the last sessions that are above the usual", () => {
  const last = new RecentValues([100, 300, 300, 900, 300]);
  const { detector, evidence, parts: [part] } = shiftOpinion([{ line: line(1, "in"), last }], 4, NAMES);
  assert.deepEqual([detector, evidence], ["behaviour-shift", 1.25]);
  assert.equal(part.text, "above 200 ms in 4 of the last 5 sessions");
  assert.equal(part.actual, 900);
});

Deno.test("notesOf() says what lines are expected to flag, never less than the sessions can show", () => {
  const fitted = { ...fitLines([], { rate: .001, idle: Infinity }), lines: [line(1, "in")], sessions: 99 };
  assert.deepEqual(notesOf(fitted, .01), [
    "one number or time is expected to flag 1 % of normal ones",
  ]);
  assert.match(notesOf(fitted, .0001)[0], / 0\.5 % /);
  assert.deepEqual(notesOf({ ...fitted, lines: [] }, .01), []);
});
