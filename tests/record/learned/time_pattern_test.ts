import assert from "node:assert/strict";
import fc from "fast-check";
import { guessTimes } from "../../../lib/record/learned/time_guess.ts";
import { TimeParts } from "../../../lib/record/learned/time_parts.ts";
import { TimePattern } from "../../../lib/record/learned/time_pattern.ts";
import { TimestampReader } from "../../../lib/record/timestamp_reader.ts";
import { bytesOf } from "../memory_input.ts";

const reference = Date.UTC(2026, 11, 31);

/** The time at the beginning of a text by a pattern, and how much of the text is behind it; `null` where there is none. */
function read(pattern: string, text: string): [time: string, rest: string] | null {
  const bytes = bytesOf(text), parts = new TimeParts();
  const behind = new TimePattern(pattern).match(bytes, 0, bytes.length, parts);
  if (behind < 0) return null;
  const time = parts.time(new TimestampReader({ referenceTime: reference }), Date.UTC(2026, 2, 2));
  return [Number.isNaN(time) ? "none" : new Date(time).toISOString(), text.slice(behind)];
}

const T = "2026-03-02T10:00:00.000Z", MS = "2026-03-02T10:00:00.120Z";

const WRITTEN: [text: string, time: string][] = [
  ["2026-03-02 10:00:00,120", MS],
  ["2026-03-02T10:00:00.120456Z", MS],
  ["2026-03-02-10.00.00.120456", MS],
  ["2026/03/02 10:00:00", T],
  ["2026.03.02 10:00:00", T],
  ["20260302-10:00:00:120", MS],
  ["20260302-10:0:0:0", T],
  ["20260302 100000", T],
  ["260302 100000", T],
  ["26/03/02 10:00:00", T],
  ["02/Mar/2026:12:00:00 +0200", T],
  ["2 Mar 2026 10:00:00.12", MS],
  ["Mar  2 10:00:00", T],
  ["Mar 2, 2026 10:00:00,120 AM UTC", MS],
  ["Mon Mar  2 10:00:00 2026", T],
  ["Monday, March 2, 2026 10:00:00", T],
  ["03-02 10:00:00.120", MS],
  ["10:00:00.120 2026-03-02", MS],
  ["2026-03-02 10:00:00 +0000", T],
  ["2026-03-02T10:00:00+00:00", T],
  ["10:00:00.12", MS],
  ["1772445600", T],
  ["1772445600.12", MS],
  ["1772445600120", MS],
  ["1772445600120456", MS],
  ["1772445600120456789", MS],
];

Deno.test("guessTimes() gives first a pattern that TimePattern reads the whole time with", () => {
  for (const [text, time] of WRITTEN) {
    const [pattern] = guessTimes(text, 0);
    assert.ok(pattern !== undefined, text);
    assert.deepEqual(read(pattern, `${text} up`), [time, " up"], `${text} by ${pattern}`);
  }
});

Deno.test("guessTimes() gives every order of day, month and year that the numbers may have", () => {
  assert.ok(
    guessTimes("3/2/2026 up", 0).includes("%m/%d/%Y") && guessTimes("3/2/2026 up", 0).includes("%d/%m/%Y"),
  );
  assert.ok(!guessTimes("3/2/26 up", 0).some((pattern) => pattern.startsWith("%y"))); // who puts the year first pads
});

Deno.test("guessTimes() finds no time in other words and numbers", () => {
  for (
    const text of [
      "up",
      "8080 open",
      "10.0.0.1 joined",
      "12 of 17",
      "Monday",
      "v1.2.3",
      "-",
      "",
      "10:00 is late",
    ]
  ) {
    const patterns = guessTimes(text, 0).filter((pattern) => read(pattern, text) !== null);
    assert.deepEqual(patterns, [], text);
  }
});

Deno.test("TimePattern reads one digit or two, and a fraction that is missing", () => {
  assert.deepEqual(read("%m/%d/%Y %H:%M:%S.%f", "3/2/2026 10:0:0 x"), [T, " x"]);
  assert.deepEqual(read("%m/%d/%Y %H:%M:%S.%f", "03/02/2026 10:00:00.12 x"), [MS, " x"]);
  assert.deepEqual(read("%I:%M:%S %p", "12:00:00 AM"), ["2026-03-02T00:00:00.000Z", ""]);
  assert.deepEqual(read("%I:%M:%S %p", "12:00:00 pm"), ["2026-03-02T12:00:00.000Z", ""]);
});

Deno.test("TimePattern refuses what no calendar or clock has, and what goes on", () => {
  const wrong: [string, string][] = [
    ["%Y-%m-%d", "2026-13-02"],
    ["%Y-%m-%d", "2026-03-32"],
    ["%Y-%m-%d", "9999-03-02"],
    ["%H:%M:%S", "24:00:00"],
    ["%H:%M:%S", "10:60:00"],
    ["%H:%M:%S", "10:00:00x"],
    ["%I:%M:%S %p", "13:00:00 PM"],
    ["%b %d", "Mrz 2"],
    ["%y%m%d", "26032"],
    ["%d.%m.%y", "10.1.12.7"],
    ["%s", "4711"],
    ["%s", "9999999999999"],
  ];
  for (const [pattern, text] of wrong) assert.equal(read(pattern, text), null, text);
  assert.equal(read("%Y-%m-%d", "2026-02-30")![0], "none");
});

Deno.test("TimePattern reads nothing behind the end", () => {
  for (const [text] of WRITTEN) {
    for (const pattern of guessTimes(text, 0)) {
      const parts = new TimeParts(), bytes = bytesOf(text + "0123456789:00 AM +0100 Z");
      for (let end = 0; end <= text.length; end++) {
        assert.ok(new TimePattern(pattern).match(bytes, 0, end, parts) <= end, `${text} by ${pattern}`);
      }
    }
  }
});

Deno.test("TimePattern and guessTimes() never throw", () => {
  const text = fc.oneof(fc.string(), fc.constantFrom(...WRITTEN).map(([one]) => one.slice(2) + one));
  fc.assert(fc.property(text, fc.nat(40), (one, at) => {
    for (const pattern of guessTimes(one, at)) read(pattern, one.slice(at));
  }));
});

Deno.test("TimeParts.time() puts a time without a date on the day nearest to the line before", () => {
  const reader = new TimestampReader(), parts = new TimeParts(), first = Date.UTC(2026, 2, 2);
  const at = (hour: number) => {
    parts.reset();
    parts.ofDay = hour * 3_600_000;
    return (parts.time(reader, first) - first) / 3_600_000;
  };
  assert.deepEqual([22, 23, 1, 23, 2].map(at), [22, 23, 25, 23, 26]);
});
