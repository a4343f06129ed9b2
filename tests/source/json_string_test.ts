import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeString, escapeAt, putCodePoint } from "../../lib/source/json_string.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

/** What the inside of a string stands for, written over it. */
function decoded(inside: string): string {
  const bytes = encode(inside);
  return decode(bytes.subarray(0, decodeString(bytes, { start: 0, end: bytes.length }, bytes, 0)));
}

Deno.test("decodeString() gives what JSON.parse() gives, in no more bytes", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", '"', "\\", "\n", "\t", "é", "€", "😀", "\ud800", "\u0001", "/"),
  });
  fc.assert(fc.property(text, (value) => {
    const escaped = JSON.stringify(value).slice(1, -1).replace(
      /[é€]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    const raw = encode(escaped), target = new Uint8Array(raw.length);
    const end = decodeString(raw, { start: 0, end: raw.length }, target, 0);
    assert.equal(decode(target.subarray(0, end)), value.toWellFormed());
  }));
});

Deno.test("decodeString() may write over what it reads", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (value) => {
    const ascii = JSON.stringify(value).slice(1, -1).replace(
      /[\x80-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    assert.equal(decoded(ascii), value.toWellFormed());
  }));
});

Deno.test("decodeString() leaves alone what is no escape", () => {
  for (const inside of ["a\\", "\\u12", "\\u12g4", "\\é", "\\u"]) assert.equal(decoded(inside), inside);
  assert.equal(decoded("\\x\\/"), "x/");
});

Deno.test("escapeAt() joins the halves of a pair, and no others", () => {
  const at = (text: string) => {
    const escape = escapeAt(encode(text), 0, text.length);
    return [escape >> 4, escape & 15];
  };
  assert.deepEqual(at("\\ud83d\\ude00"), [0x1f600, 12]);
  for (const half of ["\\ud83d", "\\ude00\\ud83d", "\\ud83d\\u0041", "\\ud83dxude00", "\\ud83d\\ude0"]) {
    assert.deepEqual(at(half), [0xfffd, 6]);
  }
});

Deno.test("escapeAt() reads nothing behind the end", () => {
  const bytes = encode("\\ud83d\\ude00");
  assert.deepEqual([1, 5, 6, 11].map((end) => escapeAt(bytes, 0, end)), [
    -1,
    -1,
    0xfffd << 4 | 6,
    0xfffd << 4 | 6,
  ]);
});

Deno.test("putCodePoint() writes UTF-8", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 1 }), (letter) => {
    const target = new Uint8Array(4), end = putCodePoint(letter.codePointAt(0)!, target, 0);
    assert.deepEqual(target.subarray(0, end), encode(letter));
  }));
});
