import assert from "node:assert/strict";
import fc from "fast-check";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { cutEnd, findLines, type FindLinesOptions, invalidUtf8 } from "../../lib/record/lines.ts";
import { LogBatch } from "../../lib/record/log_batch.ts";
import { bytesOf } from "./memory_input.ts";

function found(text: string | Uint8Array, options: FindLinesOptions = {}, capacity = 8192) {
  const bytes = bytesOf(text), batch = new LogBatch(new Dictionary(), Math.max(bytes.length, 4), capacity);
  batch.bytes.set(bytes);
  const result = findLines(batch, bytes.length, options);
  const lines = [...Array(batch.length).keys()].map((i) => batch.text(batch.start[i], batch.recordEnd[i]));
  return { ...result, lines, batch };
}

Deno.test("findLines() takes LF and CRLF and leaves an unfinished line", () => {
  const { lines, consumed } = found("one\r\ntwo\n\nthr\ree\nfour");
  assert.deepEqual(lines, ["one", "two", "", "thr\ree"]);
  assert.equal(consumed, 17);
});

Deno.test("findLines() takes the last line without its newline where nothing follows", () => {
  assert.deepEqual(found("one\ntwo", { final: true }).lines, ["one", "two"]);
  assert.deepEqual(found("one\n", { final: true }).lines, ["one"]);
  assert.deepEqual(found("", { final: true }).lines, []);
});

Deno.test("findLines() stops when the columns are full and reads nothing past them", () => {
  const { lines, consumed, batch } = found("\n".repeat(262_144), {}, 8192);
  assert.equal(lines.length, 8192);
  assert.equal(consumed, 8192);
  assert.equal(batch.lines[8191], 1);
});

Deno.test("findLines() counts NUL bytes by line and keeps them", () => {
  const { lines, nul, firstNul } = found("a\n\0b\0\nc\n\0");
  assert.deepEqual(lines, ["a", "\0b\0", "c"]);
  assert.deepEqual([nul, firstNul], [1, 1]); // the last one belongs to a line that is not whole yet
});

Deno.test("findLines() cuts a line over the limit and counts it", () => {
  const { lines, cut, firstCut, consumed } = found("abcde\nabcdef\r\nabcdefg\n", { limit: 6 });
  assert.deepEqual(lines, ["abcde", "abcdef", "abcdef"]);
  assert.deepEqual([cut, firstCut, consumed], [1, 2, 22]);
});

Deno.test("findLines() says whether all is ASCII", () => {
  assert.equal(found("plain\n").ascii, true);
  assert.equal(found("größer\n").ascii, false);
  assert.equal(found("abcdefgé", { final: true }).ascii, false);
});

Deno.test("findLines() agrees with splitting at newlines, whatever the bytes", () => {
  const byte = fc.oneof(fc.constantFrom(0, 9, 10, 13, 11, 128, 255, 138), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(byte, { maxLength: 60 }), (some, others) => {
      const bytes = Uint8Array.of(...some, ...others), text = String.fromCharCode(...bytes);
      const expected = text.split("\n").slice(0, -1).map((line) => line.replace(/\r$/, ""));
      const { batch, consumed } = found(bytes);
      const lines = [...Array(batch.length).keys()].map((i) =>
        String.fromCharCode(...batch.bytes.subarray(batch.start[i], batch.recordEnd[i]))
      );
      assert.deepEqual(lines, expected);
      assert.equal(consumed, text.lastIndexOf("\n") + 1);
    }),
  );
});

Deno.test("cutEnd() divides no UTF-8 sequence", () => {
  const bytes = bytesOf("a€b😀c"); // 1 + 3 + 1 + 4 + 1 bytes
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((limit) => cutEnd(bytes, 0, limit)), [
    1,
    1,
    1,
    4,
    5,
    5,
    5,
    5,
    9,
  ]);
});

Deno.test("cutEnd() cuts at the limit where the bytes are no UTF-8", () => {
  assert.equal(cutEnd(new Uint8Array(10).fill(0x80), 0, 5), 5);
});

Deno.test("invalidUtf8() counts rows and names the first", () => {
  const { batch, consumed } = found(Uint8Array.of(0xc3, 0xa4, 10, 0xff, 10, 0xc3, 10, 0x41, 10));
  assert.deepEqual(invalidUtf8(batch, consumed), { count: 2, first: 1 });
  assert.deepEqual(invalidUtf8(found("gut\ngrün\n").batch, 10), { count: 0, first: -1 });
});
