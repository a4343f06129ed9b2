import assert from "node:assert/strict";
import type { LevelStyle } from "../../../lib/record/learned/field.ts";
import { levelFieldAt } from "../../../lib/record/learned/level_field.ts";
import { bytesOf } from "../memory_input.ts";

/** Length and severity of the level at the beginning of a text; `null` where there is none. */
function level(text: string, style: LevelStyle, loose = false): [number, number] | null {
  const found = levelFieldAt(bytesOf(text), 0, text.length, { style, loose });
  return found === 0 ? null : [found >> 8, found & 255];
}

Deno.test("levelFieldAt() reads words and their short forms", () => {
  assert.deepEqual(level("WARNING: late", "word"), [7, 13]);
  assert.deepEqual(level("wrn late", "word"), [3, 13]);
  assert.deepEqual(level("FTL", "word"), [3, 21]);
  for (const other of ["NETWORK late", "informed", "Failed to open", "", "in"]) {
    assert.equal(level(other, "word"), null);
  }
});

Deno.test("levelFieldAt() reads any word as a level of the system's own where levels are loose", () => {
  assert.deepEqual(level("AUDIT late", "word", true), [5, 0]);
  assert.equal(level("dn17 late", "word", true), null);
  assert.deepEqual(level("Q late", "letter", true), [1, 0]);
});

Deno.test("levelFieldAt() reads letters, facilities and priorities", () => {
  assert.deepEqual(level("E/net", "letter"), [1, 17]);
  assert.equal(level("Error", "letter"), null);
  assert.deepEqual(level("local0.err x", "facility"), [10, 17]);
  assert.equal(level("shop.example x", "facility"), null);
  assert.deepEqual(level("34>x", "priority"), [2, 18]);
  assert.equal(level("192>x", "priority"), null);
});
