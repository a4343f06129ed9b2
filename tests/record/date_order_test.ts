import assert from "node:assert/strict";
import fc from "fast-check";
import { DateOrder } from "../../lib/record/date_order.ts";
import { zoneNameAt } from "../../lib/record/zone_names.ts";
import { bytesOf } from "./memory_input.ts";

function read(text: string, lastTime?: number, options = {}): string | null {
  const dates = new DateOrder(options, lastTime), bytes = bytesOf(text);
  const time = dates.read(bytes, 0, bytes.length);
  return Number.isNaN(time) ? null : `${new Date(time).toISOString()} ${text.slice(dates.end)}`;
}

Deno.test("DateOrder reads dates in numbers with and without AM and PM", () => {
  const T = "2026-03-02T10:00:00.000Z ",
    golden: [string, string | null][] = [
      ["3/2/2026 10:00:00 AM,x", T + ",x"],
      ["3/2/2026 10:00:00\u202fAM", T],
      ["3/2/2026, 10:00 am", T],
      ["3/2/26 10:00:00 AM", T],
      ["02.03.2026 10:00:00 x", T + " x"],
      ["02/03/2026 10:00:00", T],
      ["2-3-2026 10:00", T],
      ["02.03.2026 11:00:00 +0100 x", T + " x"],
      ["2026-03-02T10:00:00Z x", T + " x"],
      ["3/2/2026 12:00:00 AM", "2026-03-02T00:00:00.000Z "],
      ["3/2/2026 12:30:00.250 PM", "2026-03-02T12:30:00.250Z "],
      ["3/13/2026 10:00:00", "2026-03-13T10:00:00.000Z "],
      ["13/3/2026 10:00:00 AM", "2026-03-13T10:00:00.000Z "],
      ["2/30/2026 10:00:00 AM", null],
      ["30/2/2026 10:00:00", null],
      ["3/2/2026 13:00:00 AM", null],
      ["3/2/2026", null],
      ["3-2/2026 10:00:00", null],
      ["3/2/206 10:00:00", null],
      ["", null],
    ];
  for (const [text, expected] of golden) assert.equal(read(text), expected, text);
  assert.equal(read("02.03.2026 12:00:00", NaN, { utcOffset: 120 }), T);
});

Deno.test("DateOrder puts day and month in the order that is nearest to the last time", () => {
  assert.equal(read("03/04/2026 10:00:00", Date.UTC(2026, 2, 4)), "2026-03-04T10:00:00.000Z ");
  assert.equal(read("03/04/2026 10:00:00", Date.UTC(2026, 3, 3)), "2026-04-03T10:00:00.000Z ");
});

Deno.test("DateOrder.readClock() takes the day that is nearest to the last time", () => {
  const dates = new DateOrder({ referenceTime: Date.UTC(2026, 2, 2, 12) });
  const times = ["22:00:00", "1:30:00 AM", "00:30:00"].map((text) => {
    const time = dates.lastTime = dates.readClock(bytesOf(text), 0, text.length);
    return new Date(time).toISOString().slice(5, 16);
  });
  assert.deepEqual(times, ["03-02T22:00", "03-03T01:30", "03-03T00:30"]);
  assert.ok(Number.isNaN(dates.readClock(bytesOf("24:00:00"), 0, 8)));
});

Deno.test("DateOrder reads nothing outside the line and never throws", () => {
  const text = fc.stringMatching(/^[0-9/.: APM,+-]{0,30}$/);
  fc.assert(fc.property(text, fc.string(), (text, behind) => {
    assert.equal(read(text)?.slice(0, 24), readWithin(text, behind));
  }));
});

function readWithin(text: string, behind: string): string | undefined {
  const dates = new DateOrder(), time = dates.read(bytesOf(text + behind), 0, text.length);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

Deno.test("zoneNameAt() knows a zone only as a whole word in capitals", () => {
  const east = (text: string) => (zoneNameAt(bytesOf(text), 0, text.length) & 0xffff) - 1440;
  assert.deepEqual(["UTC", "CEST]", "NZDT ", "NST"].map(east), [0, 120, 780, -210]);
  for (const text of ["", "utc", "UTCX", "UTC1", "CESTS", "XYZ"]) assert.equal(east(text), -1440, text);
});
