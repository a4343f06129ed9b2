import assert from "node:assert/strict";
import fc from "fast-check";
import { valuePlaces } from "../../../lib/template/parameter/place.ts";
import { offsetsOf, type PlacedShape, PlaceMemo } from "../../../lib/template/parameter/place_memo.ts";
import { Lexer } from "../../../lib/template/mask/lexer.ts";

const encoder = new TextEncoder();
const WORDS =
  'took 12 ms|from 10.0.0.7:80|Mar 3 10:00:00 2026|eth0 up|blk_-12|size=7|user ann7|"a 1"|x@1f|0x1f'.split(
    "|",
  );

/** Lines that often differ from each other in digits only. */
const LINES = fc.array(
  fc.tuple(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }), fc.nat(9)).map((
    [words, digit],
  ) => words.join(" ").replace(/[3-9]/g, String(digit))),
  { maxLength: 60 },
);

Deno.test("PlaceMemo finds the values of a line where a lexer that knows no other line finds them", () => {
  fc.assert(fc.property(LINES, (lines) => {
    const memo = new PlaceMemo<PlacedShape>();
    for (const line of [...lines, ...lines]) {
      const bytes = encoder.encode(`..${line}..`), end = bytes.length - 2, fresh = new Lexer();
      if (memo.find(bytes, 2, end, 0) === undefined) {
        const { lexer } = memo;
        memo.keep({ template: 0, tokens: lexer.length, places: valuePlaces(lexer, bytes) }, 2);
      }
      fresh.read(bytes, 2, end);
      assert.deepEqual([...memo.offsets], [...offsetsOf(valuePlaces(fresh, bytes), fresh, 2)], line);
    }
  }));
});

Deno.test("PlaceMemo keeps templates apart, and forgets when it is told to", () => {
  const memo = new PlaceMemo<PlacedShape>(), bytes = encoder.encode("took 12 ms and more");
  assert.equal(memo.find(bytes, 0, bytes.length, 1), undefined);
  const shape = { template: 1, tokens: memo.lexer.length, places: [] };
  memo.keep(shape, 0);
  for (let i = 0; i < 3; i++) assert.equal(memo.find(bytes, 0, bytes.length, 1), shape);
  assert.equal(memo.find(bytes, 0, bytes.length, 2), undefined);
  assert.equal(memo.size, 1);
  memo.clear();
  assert.equal(memo.find(bytes, 0, bytes.length, 1), undefined);
  assert.equal(memo.size, 0);
});
