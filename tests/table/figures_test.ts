import assert from "node:assert/strict";
import fc from "fast-check";
import { countText, lengthText, numberText, percentText } from "../../lib/table/figures.ts";

Deno.test("numberText() keeps whole numbers whole, and three digits of others", () => {
  const texts = [0, 1, 12345678, 1234.5, 0.00012345, 1e-7, 12345678.9, -0.5, 1e21, NaN, -Infinity].map((
    value,
  ) => numberText(value));
  assert.deepEqual(
    texts,
    ["0", "1", "12,345,678", "1,230", "0.000123", "1e-7", "1.23e+7", "-0.5", "1e+21", "NaN", "-Infinity"],
  );
});

Deno.test("numberText() keeps as many digits as asked for", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-4, max: 1e6, noNaN: true }),
      fc.integer({ min: 1, max: 6 }),
      (value, digits) => {
        const read = Number(numberText(value, digits).replaceAll(",", ""));
        assert.equal(read, Number.isInteger(value) ? value : Number(value.toPrecision(digits)));
      },
    ),
  );
});

Deno.test("percentText() keeps two digits", () => {
  assert.deepEqual([0, 0.00123, 0.5, 1].map(percentText), ["0 %", "0.12 %", "50 %", "100 %"]);
});

Deno.test("lengthText() says a length of time in one unit, with two digits that matter", () => {
  assert.deepEqual(
    [0, 250, 1000, 119_000, 120_000, 3_600_000, 7_200_000, 86_400_000, 172_800_000].map(lengthText),
    [
      ...["0 ms", "250 ms", "1 s", "120 s", "2 min", "60 min", "2 h", "24 h", "2 d"],
    ],
  );
});

Deno.test("countText() has a plural for all but one, and rounds", () => {
  const texts = [0, .4, 1, 1.4, 1.6, 12_345].map((count) => countText(count, "window"));
  assert.deepEqual(texts, ["0 windows", "0 windows", "1 window", "1 window", "2 windows", "12,345 windows"]);
  assert.deepEqual([1, 2].map((count) => countText(count, "query", "queries")), ["1 query", "2 queries"]);
});
