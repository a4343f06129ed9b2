import assert from "node:assert/strict";
import fc from "fast-check";
import { printable, uniqueLabels } from "../../lib/chart/printable.ts";

Deno.test("printable() never exceeds its limit, breaks a line or a character", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.integer({ min: 1, max: 60 }),
      (text, limit) => {
        const label = printable(text, limit);
        assert.ok([...label].length <= limit);
        assert.ok(label.isWellFormed() && !/[\p{Cc}\u202e]/u.test(label));
      },
    ),
  );
});

Deno.test("uniqueLabels() gives as many labels as texts, none empty, all different", () => {
  fc.assert(fc.property(fc.array(fc.string({ maxLength: 4 })), (texts) => {
    const labels = uniqueLabels(texts, 3);
    assert.equal(new Set(labels).size, texts.length);
    assert.ok(labels.every((label) => label !== ""));
  }));
});
