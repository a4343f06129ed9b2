import assert from "node:assert/strict";
import fc from "fast-check";
import { slotLineage } from "../../../lib/template/parameter/slot_lineage.ts";

const lineage = (earlier: string, now: string) => [...slotLineage(earlier, now)];

Deno.test("slotLineage() keeps the slots of a text that did not change", () => {
  assert.deepEqual(lineage("took <*> ms for <*>", "took <*> ms for <*>"), [0, 1]);
  assert.deepEqual(lineage("nothing", "nothing"), []);
});

Deno.test("slotLineage() moves slots behind a word that has turned out to vary", () => {
  assert.deepEqual(lineage("user ann took <*> ms on <*>", "user <*> took <*> ms on <*>"), [1, 2]);
});

Deno.test("slotLineage() follows a template into one with optional parts", () => {
  assert.deepEqual(lineage("sent to <*>", "sent (<*> KB) to <*>"), [1]);
});

Deno.test("slotLineage() says where a slot has none: it is a part of a longer value", () => {
  assert.deepEqual(lineage("failed: disk <*> is full on <*>", "failed: <*> on <*>"), [-1, 1]);
});

Deno.test("slotLineage() is increasing, and the identity for equal texts", () => {
  const words = fc.array(fc.constantFrom("<*>", "took", "user", "=", "for", "(", ")", ":"), {
    maxLength: 12,
  });
  fc.assert(fc.property(words, words, (one, other) => {
    const text = one.join(" "), slots = lineage(text, text);
    assert.deepEqual(slots, slots.map((_, i) => i));
    const found = lineage(text, other.join(" ")).filter((slot) => slot >= 0);
    found.forEach((slot, i) => assert.ok(i === 0 || slot > found[i - 1]));
  }));
});
