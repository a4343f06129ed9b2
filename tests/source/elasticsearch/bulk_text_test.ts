import assert from "node:assert/strict";
import fc from "fast-check";
import { ESCAPED_BYTES, escapeText } from "../../../lib/source/elasticsearch/bulk_text.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** What the text is as a JSON string, read again. */
function throughJson(bytes: Uint8Array): { text: string; replaced: number } {
  const target = new Uint8Array(bytes.length * ESCAPED_BYTES);
  const { end, replaced } = escapeText(bytes, { start: 0, end: bytes.length }, target, 0);
  return { text: JSON.parse(`"${decoder.decode(target.subarray(0, end))}"`), replaced };
}

Deno.test("escapeText() gives back any text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const bytes = new TextEncoder().encode(text);
    assert.deepEqual(throughJson(bytes), { text: decoder.decode(bytes), replaced: 0 });
  }));
});

Deno.test("escapeText() replaces what is no UTF-8 as a decoder does, and counts it", () => {
  const byte = fc.constantFrom(
    0,
    10,
    34,
    92,
    97,
    0x80,
    0xbf,
    0xc0,
    0xc3,
    0xe0,
    0xe2,
    0x82,
    0xa0,
    0xed,
    0xf0,
    0x9f,
    0xf4,
    0x90,
    0xff,
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 12 }), (values) => {
      const bytes = Uint8Array.from(values),
        { text, replaced } = throughJson(bytes),
        expected = decoder.decode(bytes);
      assert.equal(text, expected);
      assert.equal(replaced, expected.split("\ufffd").length - 1);
    }),
    { numRuns: 500 },
  );
});

Deno.test("escapeText() writes the part that is asked for, where it is asked for", () => {
  const target = new Uint8Array(20).fill(46);
  const { end } = escapeText(new TextEncoder().encode('ab"cd'), { start: 1, end: 4 }, target, 2);
  assert.equal(decoder.decode(target.subarray(0, end)), '..b\\"c');
});
