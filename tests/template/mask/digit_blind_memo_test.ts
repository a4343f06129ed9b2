import assert from "node:assert/strict";
import fc from "fast-check";
import { DigitBlindMemo } from "../../../lib/template/mask/digit_blind_memo.ts";
import { DigitSpots } from "../../../lib/template/mask/digit_spots.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const NONE = new DigitSpots();

function spotsOf(line: string, ...words: string[]): DigitSpots {
  const spots = new DigitSpots(), bytes = encode(line);
  for (const word of words) spots.add(bytes, 0, line.indexOf(word), line.indexOf(word) + word.length);
  return spots;
}

/** What the memo answers; keeps the answer of a line that is not found. */
function ask(memo: DigitBlindMemo, line: string, answer: number, spots = NONE): number | null {
  const bytes = encode(line);
  if (memo.find(bytes, 0, bytes.length)) {
    assert.equal(memo.secondHash, ~memo.firstHash);
    return memo.firstHash;
  }
  memo.keep(bytes, 0, spots, answer, ~answer);
  return null;
}

Deno.test("DigitBlindMemo finds a line that differs in digits only, and no other", () => {
  const memo = new DigitBlindMemo();
  assert.equal(ask(memo, "took 12 ms of 407", 5), null);
  assert.equal(ask(memo, "took 98 ms of 136", 6), 5);
  for (const other of ["took 123 ms of 40", "took 12 ms of 40a", "took -2 ms of 407", "took 12 ms of :07"]) {
    assert.equal(ask(memo, other, 7), null, other);
  }
});

Deno.test("DigitBlindMemo.find() tells every two lines apart that differ in more than digits", () => {
  const line = fc.array(fc.constantFrom("a", "b", "aa", "ü", "0", "9", "/", ":", " "), {
    minLength: 8,
    maxLength: 40,
  });
  fc.assert(fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
    const memo = new DigitBlindMemo(), known = new Map<string, number>();
    lines.map((parts) => parts.join("")).forEach((text, i) => {
      const blind = text.replace(/[0-9]/g, "0");
      assert.equal(ask(memo, text, i), known.get(blind) ?? null);
      if (!known.has(blind)) known.set(blind, i);
    });
  }));
});

Deno.test("DigitBlindMemo.find() tells apart lines that differ in any two bits of neighbouring words", () => {
  const memo = new DigitBlindMemo(), base = encode("abcdefghijklmnop"), known = new Map<string, number>();
  for (let one = 0; one < 128; one++) {
    for (let two = one; two < 128; two++) {
      const bytes = base.slice();
      bytes[one >> 3] ^= 1 << (one & 7);
      if (two !== one) bytes[two >> 3] ^= 1 << (two & 7);
      const blind = bytes.map((byte) => byte >= 48 && byte < 58 ? 48 : byte).join();
      if (memo.find(bytes, 0, bytes.length)) assert.equal(memo.firstHash, known.get(blind));
      else memo.keep(bytes, 0, NONE, known.size, 0);
      known.set(blind, known.get(blind) ?? known.size);
    }
  }
});

Deno.test("DigitBlindMemo finds a line with spots only if they hold the same bytes", () => {
  const memo = new DigitBlindMemo(), spots = (line: string) => spotsOf(line, line.slice(5, 9));
  assert.equal(ask(memo, "link eth0 took 12", 1, spots("link eth0 took 12")), null);
  assert.equal(ask(memo, "link eth0 took 99", 2), 1);
  assert.equal(ask(memo, "link eth1 took 12", 3, spots("link eth1 took 12")), null);
  assert.equal(ask(memo, "link eth1 took 55", 4), 3);
  assert.equal(ask(memo, "link eth0 took 47", 4), 1);
});

Deno.test("DigitBlindMemo does not keep a line whose spots can't be packed", () => {
  const memo = new DigitBlindMemo(), line = "a1 b2 c3 d4 e5 and more";
  const spots = spotsOf(line, "a1", "b2", "c3", "d4", "e5");
  assert.equal(spots.packable, false);
  for (let i = 0; i < 3; i++) assert.equal(ask(memo, line, i, spots), null);
});

Deno.test("DigitBlindMemo lets very short and very long lines pass by", () => {
  const memo = new DigitBlindMemo();
  for (const [length, kept] of [[0, false], [7, false], [8, true], [2048, true], [2049, false]] as const) {
    assert.equal(ask(memo, "x".repeat(length), length), null);
    assert.equal(ask(memo, "x".repeat(length), -1), kept ? length : null);
  }
});

Deno.test("DigitBlindMemo lets lines pass by where few are found, and tries again later", () => {
  const memo = new DigitBlindMemo(),
    letters = (i: number) => i.toString(26).replace(/\d/g, (d) => "qrstuvwxyz"[+d]);
  ask(memo, "known line", -7);
  for (let i = 0; i < 5000; i++) assert.equal(ask(memo, `line no ${letters(i)}`, i), null);
  assert.equal(ask(memo, "other line", -8), null);
  assert.equal(ask(memo, "other line", -8), null);
  for (let i = 0; i < 70_000; i++) memo.find(encode("other line"), 0, 10);
  assert.equal(ask(memo, "other line", -9), null);
  assert.equal(ask(memo, "other line", -10), -9);
});

Deno.test("DigitSpots packs from the first to the last digit of what counts", () => {
  const spots = spotsOf("node-12a and eth0", "node-12a", "and", "eth0");
  assert.deepEqual([spots.length, spots.first, spots.second, spots.packable], [
    2,
    (5 << 5 | 2) | (16 << 5 | 1) << 16,
    0,
    true,
  ]);
  spots.clear();
  assert.deepEqual([spots.length, spots.first, spots.second, spots.packable], [0, 0, 0, true]);
});

Deno.test("DigitSpots can't pack what is far out, long, or too much", () => {
  assert.equal(spotsOf(" ".repeat(2047) + "7", "7").packable, true);
  assert.equal(spotsOf(" ".repeat(2048) + "7", "7").packable, false);
  assert.equal(spotsOf(`1${"a".repeat(29)}1`, `1${"a".repeat(29)}1`).packable, true);
  assert.equal(spotsOf(`1${"a".repeat(30)}1`, `1${"a".repeat(30)}1`).packable, false);
  assert.equal(spotsOf("a1 b2 c3 d4", "a1", "b2", "c3", "d4").packable, true);
});
