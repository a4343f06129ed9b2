import assert from "node:assert/strict";
import fc from "fast-check";
import { movedTimes } from "../../../lib/evaluate/inject/header_time.ts";

const FROM = Date.UTC(2026, 2, 2, 10), TO = Date.UTC(2026, 10, 12, 21, 7, 9);

/** The first reading of a line, moved. */
const moved = (line: string, from = FROM, to = TO) => movedTimes(line, from, to).next().value;

for (
  const [line, expected] of [
    ["2026-03-02T10:00:00Z up", "2026-11-12T21:07:09Z up"],
    ["2026-03-02 10:00:00,250 up", "2026-11-12 21:07:09,250 up"],
    ["2026/03/02 10:00:00.250123 up", "2026/11/12 21:07:09.250123 up"],
    ["02/Mar/2026:11:00:00 +0100 up", "12/Nov/2026:22:07:09 +0100 up"],
    ["[Mon Mar 02 10:00:00.5 2026] up", "[Mon Nov 12 21:07:09.5 2026] up"],
    ["Mar  2 10:00:00 host su: up", "Nov 12 21:07:09 host su: up"],
    ["260302 100000 26 INFO up", "261112 210709 26 INFO up"],
    ["26/03/02 10:00:00 INFO up", "26/11/12 21:07:09 INFO up"],
    ["20260302-10:00:00:250|up", "20261112-21:07:09:250|up"],
    ["02.03.2026 10:00:00 up", "12.11.2026 21:07:09 up"],
    ["3/2/2026 10:00:00 AM up", "11/12/2026 9:07:09 PM up"],
    ["I0302 10:00:00.000001 up", "I1112 21:07:09.000001 up"],
    ["ts=1772445600 up", "ts=1794517629 up"],
    ["ts=1772445600.250 up", "ts=1794517629.250 up"],
    ["ts=1772445600250 up", "ts=1794517629250 up"],
    ["ts=1772445600250999 up", "ts=1794517629250999 up"],
    ["ts=1772445600250999123 up", "ts=1794517629250999123 up"],
  ]
) {
  Deno.test(`movedTimes() moves ${line}`, () => assert.equal(moved(line), expected));
}

Deno.test("movedTimes() writes syslog's days with a blank, and over New Year", () => {
  assert.equal(moved("Mar 12 10:00:00 host up", FROM, FROM - 4 * 86_400_000), "Mar  8 10:00:00 host up");
  const eve = Date.UTC(2025, 11, 31, 23, 59, 59);
  assert.equal(moved("Dec 31 23:59:59 host up", eve, eve + 2000), "Jan  1 00:00:01 host up");
});

Deno.test("movedTimes() offers every time in a line, and leaves the rest alone", () => {
  const line = "2026-03-02T10:00:00Z since 2026-03-02T09:00:00Z at 1772445600";
  const all = [...movedTimes(line, FROM, FROM + 60_000)];
  assert.ok(all.includes("2026-03-02T10:01:00Z since 2026-03-02T09:00:00Z at 1772445600"));
  assert.ok(all.includes("2026-03-02T10:00:00Z since 2026-03-02T09:01:00Z at 1772445600"));
  assert.ok(all.includes("2026-03-02T10:00:00Z since 2026-03-02T09:00:00Z at 1772445660"));
  assert.deepEqual([...movedTimes("no time at all, 42", FROM, TO)], []);
});

Deno.test("movedTimes() moves any ISO time to any other one and back", () => {
  const time = fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2099, 0, 1) });
  fc.assert(fc.property(time, time, (from, to) => {
    const line = `${new Date(from).toISOString()} INFO up`, there = moved(line, from, to)!;
    return there === `${new Date(to).toISOString()} INFO up` && moved(there, to, from) === line;
  }));
});
