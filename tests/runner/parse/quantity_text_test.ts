import assert from "node:assert/strict";
import { quantityText } from "../../../runner/parse/quantity_text.ts";

Deno.test("quantityText() chooses the unit that makes a handy number", () => {
  const texts = [[0.25, "ms"], [12, "ms"], [1234, "ms"], [90_000, "ms"], [7_200_000, "ms"], [
    2 * 86_400_000,
    "ms",
  ], [0, "ms"]]
    .map(([value, unit]) => quantityText(value as number, unit as string));
  assert.deepEqual(texts, ["250 µs", "12 ms", "1.23 s", "1.5 min", "2 h", "2 d", "0 ms"]);
  assert.deepEqual([quantityText(67_108_864, "B"), quantityText(-2048, "B"), quantityText(7, "B")], [
    "64 MiB",
    "-2 KiB",
    "7 B",
  ]);
});

Deno.test("quantityText() leaves other numbers as they are, shortened", () => {
  assert.deepEqual([quantityText(97.512, "%"), quantityText(0.12345, ""), quantityText(12_345, "")], [
    ...["97.5 %", "0.123", "12,345"],
  ]);
});
