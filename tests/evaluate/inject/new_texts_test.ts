import assert from "node:assert/strict";
import { NEW_TEXTS, newText } from "../../../lib/evaluate/inject/new_texts.ts";

Deno.test("newText() has as many different texts as it says, of both sorts", () => {
  const texts = (["error", "info"] as const).flatMap((sort) =>
    Array.from({ length: NEW_TEXTS }, (_, i) => newText(sort, i))
  );
  assert.equal(new Set(texts).size, 2 * NEW_TEXTS);
  assert.ok(texts.every((text) => /^[a-z: ]+$/.test(text)));
});
