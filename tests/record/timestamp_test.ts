import assert from "node:assert/strict";
import { epochMilliseconds, monthAt, timeOfDay, zoneOffset } from "../../lib/record/timestamp.ts";
import { bytesOf } from "./memory_input.ts";

Deno.test("monthAt() knows the English names", () => {
  const names = "Jan Feb MAR apr May Jun Jul Aug Sep Oct Nov Dec";
  assert.deepEqual(names.split(" ").map((name) => monthAt(bytesOf(name), 0)), [
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
  ]);
  assert.equal(monthAt(bytesOf("Mai"), 0), 0);
});

Deno.test("timeOfDay() refuses what is no time of day", () => {
  assert.equal(timeOfDay(bytesOf("235960"), 0, 2), 86_400_000);
  assert.ok(Number.isNaN(timeOfDay(bytesOf("240000"), 0, 2)));
  assert.ok(Number.isNaN(timeOfDay(bytesOf("10:0x:00"), 0, 3)));
});

Deno.test("zoneOffset() reads hours and minutes", () => {
  const read = (text: string) => {
    const zone = zoneOffset(bytesOf(text), 0, text.length);
    return zone === 0 ? null : [zone >> 16, (zone & 0xffff) - 1440];
  };
  assert.deepEqual(["+05:30", "-0700", "+01", "+01:", "+0199"].map(read), [[6, 330], [5, -420], [3, 60], [
    3,
    60,
  ], [3, 60]]);
  assert.deepEqual(["Z", "+1", "+24", "-x", "01:00"].map(read), [null, null, null, null, null]);
});

Deno.test("epochMilliseconds() tells the unit by the size", () => {
  const read = (text: string) => epochMilliseconds(bytesOf(text), 0, text.length);
  const same = ["1772445600", "1772445600000", "1772445600000000", "1772445600000000000", "1772445600.000"];
  assert.deepEqual(same.map(read), same.map(() => 1772445600000));
  assert.equal(read("1772445600.1239"), 1772445600123);
  for (const text of ["", "1.2.3", "-5", "1e9", ".5", "12x"]) assert.ok(Number.isNaN(read(text)), text);
});
