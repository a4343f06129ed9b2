import assert from "node:assert/strict";
import fc from "fast-check";
import { escapeMarkup } from "../../lib/table/markup.ts";

Deno.test("escapeMarkup() leaves nothing that begins a tag or ends a value, and can be undone", () => {
  const text = fc.string({ unit: fc.constantFrom("<", ">", "&", '"', "'", "a", ";", "#") });
  fc.assert(fc.property(text, (text) => {
    const escaped = escapeMarkup(text);
    assert(!/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/.test(escaped), escaped);
    const back = escaped.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'").replaceAll("&amp;", "&");
    assert.equal(back, text);
  }));
});
