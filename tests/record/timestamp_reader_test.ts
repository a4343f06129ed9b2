import assert from "node:assert/strict";
import fc from "fast-check";
import type { FormatOptions } from "../../lib/record/format.ts";
import { TimestampReader } from "../../lib/record/timestamp_reader.ts";
import { bytesOf } from "./memory_input.ts";

function iso(text: string, options: FormatOptions = {}): [string | null, string] {
  const reader = new TimestampReader(options),
    bytes = bytesOf(text),
    time = reader.iso(bytes, 0, bytes.length);
  return Number.isNaN(time) ? [null, ""] : [new Date(time).toISOString(), text.slice(reader.end)];
}

Deno.test("TimestampReader.iso() reads every way to write a time", () => {
  const ten = "2026-03-02T10:00:00.000Z", precise = "2026-03-02T10:00:00.123Z";
  const cases: [string, string, string][] = [
    ["2026-03-02T10:00:00Z x", ten, " x"],
    ["2026-03-02 10:00:00 x", ten, " x"],
    ["2026-03-02T10:00 x", ten, " x"],
    ["2026-03-02T10:00:00.123Z", precise, ""],
    ["2026-03-02 10:00:00,123", precise, ""],
    ["2026-03-02T10:00:00.123456789Z", precise, ""],
    ["2026-03-02T10:00:00.1239Z", precise, ""],
    ["2026-03-02T11:00:00.123+01:00]", precise, "]"],
    ["2026-03-02T11:30:00.123+0130 x", precise, " x"],
    ["2026-03-02T05:00:00.123-05 x", precise, " x"],
    ["2026-03-02 11:00:00.123 +0100 x", precise, " x"],
    ["2026-03-02 10:00:00.123 UTC [7]", precise, " [7]"],
    ["2026-03-02 10:00:00.123 GMT", precise, ""],
    ["2026-03-02 10:00:00.123 - x", precise, " - x"],
    ["2026-03-02 10:00:00.123 -17 left", precise, " -17 left"],
    ["2026-03-02 10:00:00.123 UTCX", precise, " UTCX"],
    ["2024-02-29 10:00:00 x", "2024-02-29T10:00:00.000Z", " x"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z", ""], // a leap second
  ];
  for (const [text, time, rest] of cases) assert.deepEqual(iso(text), [time, rest], text);
});

Deno.test("TimestampReader.iso() refuses what is no time", () => {
  const wrong = [
    "2026-02-30 10:00:00",
    "2026-13-01 10:00:00",
    "2026-00-01 10:00:00",
    "2026-03-02 24:00:00",
    "2026-03-02 10:60:00",
  ];
  wrong.push(
    "2026-03-02 10:00:61",
    "2026-03-0:010:00:00",
    "2026-03-02x10:00:00",
    "2026-3-02 10:00:00",
    "202x-03-02 10:00:00",
  );
  wrong.push("2026-03-:2 10:00:00", "2026-03-02 10:0", "", "2026-03-02 10:00:");
  for (const text of wrong) assert.deepEqual(iso(text), [null, ""], text);
});

Deno.test("TimestampReader.iso() takes times without a zone as the options say", () => {
  assert.equal(iso("2026-03-02 10:00:00", { utcOffset: 60 })[0], "2026-03-02T09:00:00.000Z");
  assert.equal(iso("2026-03-02 10:00:00Z", { utcOffset: 60 })[0], "2026-03-02T10:00:00.000Z");
});

Deno.test("TimestampReader.iso() reads back every Date.toISOString()", () => {
  const reader = new TimestampReader();
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
      const bytes = bytesOf(date.toISOString());
      assert.equal(reader.iso(bytes, 0, bytes.length), date.getTime());
    }),
  );
});

function yearless(dates: [month: number, day: number][], options: FormatOptions = {}, last = NaN): string[] {
  const reader = new TimestampReader(options, last);
  return dates.map(([month, day]) => new Date(reader.withoutYear(month, day, 0)).toISOString().slice(0, 10));
}

Deno.test("TimestampReader.withoutYear() goes over New Year forwards and backwards", () => {
  assert.deepEqual(
    yearless([[12, 31], [1, 1], [12, 31], [1, 2]], { referenceTime: Date.UTC(2025, 11, 31) }),
    [
      "2025-12-31",
      "2026-01-01",
      "2025-12-31",
      "2026-01-02",
    ],
  );
  assert.deepEqual(yearless([[1, 1]], {}, Date.UTC(2025, 11, 31)), ["2026-01-01"]);
  assert.deepEqual(yearless([[12, 31]], {}, Date.UTC(2026, 0, 1)), ["2025-12-31"]);
});

Deno.test("TimestampReader.withoutYear() follows a log over many years", () => {
  const months: [number, number][] = Array.from({ length: 36 }, (_, i) => [i % 12 + 1, 1]);
  assert.deepEqual(
    yearless(months, { referenceTime: Date.UTC(2024, 0, 31) }).filter((_, i) => i % 12 === 0),
    [
      "2024-01-01",
      "2025-01-01",
      "2026-01-01",
    ],
  );
});

Deno.test("TimestampReader.withoutYear() begins no more than a month after the reference", () => {
  const referenceTime = Date.UTC(2026, 2, 2);
  assert.deepEqual(yearless([[3, 1]], { referenceTime }), ["2026-03-01"]);
  assert.deepEqual(yearless([[3, 20]], { referenceTime }), ["2026-03-20"]);
  assert.deepEqual(yearless([[5, 1]], { referenceTime }), ["2025-05-01"]);
  assert.deepEqual(yearless([[1, 1]], { referenceTime: Date.UTC(2025, 11, 31) }), ["2026-01-01"]);
});

Deno.test("TimestampReader.withoutYear() finds a year that has 29 February", () => {
  assert.deepEqual(yearless([[2, 29]], {}, Date.UTC(2026, 1, 28)), ["2024-02-29"]);
  assert.deepEqual(yearless([[2, 29]], { referenceTime: Date.UTC(2027, 5, 1) }), ["2024-02-29"]);
  assert.deepEqual(yearless([[2, 29]]), ["2000-02-29"]);
  assert.ok(Number.isNaN(new TimestampReader({ referenceTime: Date.UTC(2026, 2, 2) }).withoutYear(2, 30, 0)));
});
