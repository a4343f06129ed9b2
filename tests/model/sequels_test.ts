import assert from "node:assert/strict";
import type { Exclusion } from "../../lib/model/excluded_windows.ts";
import { leaveOut } from "../../lib/model/left_out.ts";
import { markSequels } from "../../lib/model/sequels.ts";
import type { HistoryRow } from "../../lib/model/window_history.ts";
import { CountVectors } from "../../lib/window/count_vectors.ts";
import { symbolOf } from "../../lib/window/symbol.ts";

const INFO = 9, WARN = 13;
const TEXTS = ["request served", "disk full", "suggestions served", "payment refused"];
const vectors = new CountVectors();
const names = { id: String, text: (i: number) => TEXTS[i], severity: () => 0, indexOf: Number };

/** A window with these templates beside the first; a negative number is one of level info. */
const of = (...templates: number[]) => {
  const symbols = [0, ...templates].map((t) => symbolOf(Math.abs(t), t > 0 ? WARN : INFO));
  return vectors.intern(symbols, symbols.map(() => 1));
};

const ALERT: Exclusion = { why: "alert", name: "a1", title: "trouble", certain: false, windows: [] };

/** Windows of one service; those whose place is among the excluded ones are. */
function rowsOf(numbers: number[], excluded: number[], exclusion = ALERT): HistoryRow[] {
  return numbers.map((vector, i) => ({
    ...{ kind: "window" as const, service: 0, start: i, end: i + 1, lines: 1, vector, sequence: null },
    ...(excluded.includes(i) ? { leftOut: exclusion } : {}),
  }));
}

const marked = (rows: HistoryRow[]) => {
  markSequels(rows, { vectors, names });
  return rows.map(({ leftOut }) => leftOut?.why ?? "").join(",");
};

Deno.test("markSequels() leaves out what goes on with a warning that came up in an alert, also much later", () => {
  assert.equal(marked(rowsOf([of(), of(1), of(1), of(), of(1)], [1])), ",alert,sequel,,sequel");
});

Deno.test("markSequels() takes a template for an error by its words where it has no level", () => {
  assert.equal(marked(rowsOf([of(-3), of(-3)], [0])), "alert,sequel");
});

Deno.test("markSequels() lets be learned what was known before, and what is no error", () => {
  assert.equal(marked(rowsOf([of(1), of(1), of(1)], [1])), ",alert,");
  assert.equal(marked(rowsOf([of(), of(-2), of(-2)], [1])), ",alert,");
});

Deno.test("markSequels() goes by alerts alone: a span that someone named is that span", () => {
  for (const why of ["asked", "label"] as const) {
    assert.equal(marked(rowsOf([of(1), of(1)], [0], { ...ALERT, why })), `${why},`);
  }
});

Deno.test("leaveOut() takes an error in that goes on in more than a fifth of the windows, and tells both apart", () => {
  const calm = Array.from({ length: 80 }, () => of()),
    failing = (count: number) => Array.from({ length: count }, () => of(1));
  const told = (count: number) => {
    const rows = rowsOf([...calm, ...failing(count)], [80, 81]);
    return leaveOut(rows, { vectors, names }).map(({ why, windows, takenIn }) => [why, windows, takenIn]);
  };
  assert.deepEqual(told(12), [["alert", 2, 0], ["sequel", 10, 0]]);
  assert.deepEqual(told(60), [["alert", 2, 0], ["sequel", 0, 58]]);
});

Deno.test("leaveOut() goes through windows in order of time, each service by itself", () => {
  const rows = rowsOf([of(1), of(1), of(1)], [1]).reverse(); // first seen before the alert
  const other = rowsOf([of(1), of(1)], []).map((row) => ({ ...row, service: 1 }));
  leaveOut([...rows, ...other, ...rowsOf(Array.from({ length: 20 }, () => of()), [])], { vectors, names });
  assert.deepEqual(
    [...rows, ...other].filter(({ leftOut }) => leftOut).map(({ start, service }) => [start, service]),
    [[1, 0]],
  );
});
