import assert from "node:assert/strict";
import fc from "fast-check";
import { UnescapedText } from "../../../lib/record/formats/unescaped_text.ts";

const text = new UnescapedText(), target = new Uint8Array(2000);

function decoded(raw: string): string {
  const bytes = new TextEncoder().encode(raw);
  return new TextDecoder().decode(
    target.subarray(0, text.decode(bytes, { start: 0, end: bytes.length }, target)),
  );
}

Deno.test("UnescapedText.decode() gives what JSON.parse() gives", () => {
  const string = fc.string({
    unit: fc.constantFrom(...'ab\\"/\n\r\t\b\f<é€', "😀", "\u0001"),
    maxLength: 60,
  });
  fc.assert(fc.property(string, (value) => {
    const raw = JSON.stringify(value).slice(1, -1);
    assert.equal(decoded(raw), value);
    assert.equal(decoded(raw.replaceAll("😀", "\\ud83d\\ude00")), value);
    assert.equal(
      decoded(raw.replaceAll("<", "\\u003c").replaceAll("é", "\\u00E9").replaceAll("€", "\\u20ac")),
      value,
    );
  }));
});

Deno.test("UnescapedText.decode() remembers where each byte came from", () => {
  const bytes = new TextEncoder().encode("xa\\n\\u20acb");
  const end = text.decode(bytes, { start: 1, end: bytes.length }, target);
  assert.deepEqual([...text.offsets.subarray(0, end + 1)], [1, 2, 4, 4, 4, 10, 11]);
  const pair = new TextEncoder().encode("\\ud83d\\ude00b"),
    last = text.decode(pair, { start: 0, end: 13 }, target);
  assert.deepEqual([...text.offsets.subarray(0, last + 1)], [0, 0, 0, 0, 12, 13]);
});

Deno.test("UnescapedText.decode() takes halves of pairs, broken escapes and texts that don't fit", () => {
  assert.equal(decoded("\\ud83d"), "\ufffd");
  assert.equal(decoded("\\u12"), "\\u12");
  assert.equal(decoded("a\\"), "a\\");
  const bytes = new TextEncoder().encode("x".repeat(100));
  const end = text.decode(bytes, { start: 0, end: 100 }, new Uint8Array(50));
  assert.equal(text.offsets[end], end);
});
