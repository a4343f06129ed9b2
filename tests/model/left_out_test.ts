import assert from "node:assert/strict";
import type { Exclusion } from "../../lib/model/excluded_windows.ts";
import { leaveOut, readLeftOut, saveLeftOut } from "../../lib/model/left_out.ts";
import type { HistoryRow } from "../../lib/model/window_history.ts";

const alert = (name: string, certain = false): Exclusion => ({
  ...{ why: "alert", name, title: `trouble ${name}`, certain, windows: [] },
});

/** Windows of a service in order; an entry is how many windows an exclusion has, or how many there are of none. */
function rowsOf(
  entries: [count: number, exclusion?: Exclusion][],
  some: Partial<HistoryRow> = {},
): HistoryRow[] {
  let at = 0;
  return entries.flatMap(([count, leftOut]) =>
    Array.from({ length: count }, () => ({
      ...{ kind: "window" as const, service: 0, start: at, end: ++at, lines: 4, vector: 1, sequence: null },
      ...some,
      ...(leftOut === undefined ? {} : { leftOut }),
    }))
  );
}

const counted = (rows: HistoryRow[]) =>
  leaveOut(rows).map(({ name, windows, sessions, takenIn }) => [name, windows, sessions, takenIn]);

const left = (rows: readonly HistoryRow[]) => rows.filter(({ leftOut }) => leftOut !== undefined).length;

Deno.test("leaveOut() leaves out what alerts cover up to a fifth of a service's windows", () => {
  const rows = rowsOf([[40], [10, alert("a")]]);
  assert.deepEqual(leaveOut(rows), [{
    ...{ why: "alert", name: "a", title: "trouble a", windows: 10, sessions: 0, takenIn: 0 },
    ...{ share: .2, from: 40, to: 50 },
  }]);
  assert.equal(left(rows), 10);
});

Deno.test("leaveOut() takes the longest alerts in until the rest is an exception", () => {
  const rows = rowsOf([[5, alert("short")], [60], [50, alert("long")], [5, alert("other")]]);
  assert.deepEqual(counted(rows), [["short", 5, 0, 0], ["long", 0, 0, 50], ["other", 5, 0, 0]]);
  assert.equal(left(rows), 10);
});

Deno.test("leaveOut() does what a person said however much it is, and measures alerts by the rest", () => {
  const rows = rowsOf([[60, alert("person", true)], [30], [10, alert("a")]]);
  assert.deepEqual(counted(rows), [["person", 60, 0, 0], ["a", 0, 0, 10]]);
});

Deno.test("leaveOut() takes in what most of the windows of a service that seldom speaks have", () => {
  const quiet = rowsOf([[80]], { lines: 0 });
  assert.deepEqual(counted([...quiet, ...rowsOf([[4], [6, alert("a")]])]), [["a", 0, 0, 6]]);
  assert.deepEqual(counted([...quiet, ...rowsOf([[6], [4, alert("a")]])]), [["a", 4, 0, 0]]);
});

Deno.test("leaveOut() looks at each service and at sessions by themselves", () => {
  const rows = [
    ...rowsOf([[90], [10, alert("db")]]),
    ...rowsOf([[2], [8, alert("web")]], { service: 1 }),
    ...rowsOf([[90], [10, alert("orders")]], { kind: "session", service: 1, start: NaN, end: NaN }),
  ];
  assert.deepEqual(counted(rows), [["web", 0, 0, 8], ["db", 10, 0, 0], ["orders", 0, 10, 0]]);
});

Deno.test("leaveOut() adds up what one exclusion has in several services", () => {
  const asked: Exclusion = { ...alert("span", true), why: "asked" };
  const rows = [...rowsOf([[8], [2, asked]]), ...rowsOf([[5], [5, asked]], { service: 1 })];
  const [{ windows, share, from, to }] = leaveOut(rows);
  assert.deepEqual([windows, share, from, to], [7, .5, 5, 10]);
});

Deno.test("readLeftOut() gives back what saveLeftOut() wrote, and refuses anything else", () => {
  const found = leaveOut([
    ...rowsOf([[8], [1, alert("a")]]),
    ...rowsOf([[9], [1, alert("timeless", true)]], { kind: "session", start: NaN, end: NaN }),
  ]);
  const saved = JSON.parse(JSON.stringify(saveLeftOut(found)));
  assert.deepEqual(readLeftOut(saved, "excluded"), found);
  for (const name of Object.keys(saved[0])) {
    assert.throws(() => readLeftOut([{ ...saved[0], [name]: {} }], "excluded"), TypeError, name);
  }
  assert.throws(() => readLeftOut({}, "excluded"), TypeError);
});
