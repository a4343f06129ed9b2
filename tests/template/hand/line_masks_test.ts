import assert from "node:assert/strict";
import fc from "fast-check";
import { LineMasks } from "../../../lib/template/hand/line_masks.ts";

const encoder = new TextEncoder(), decoder = new TextDecoder();

function masked(line: string, ...patterns: string[]): string {
  const masks = new LineMasks(patterns.map((pattern) => ({ pattern, name: "" })));
  const bytes = encoder.encode(`«${line}»`); // what lies around the line must not matter
  return masks.apply(bytes, 2, bytes.length - 2)
    ? decoder.decode(masks.bytes.subarray(0, masks.length))
    : line;
}

Deno.test("LineMasks.apply() writes <*> in the place of every match", () => {
  assert.equal(
    masked("paid order-ABC17, order-XYZ2 open", "order-[A-Z]{3}\\d+"),
    "paid <*>, <*> open",
  );
  assert.equal(masked("nothing here", "order-[A-Z]{3}\\d+"), "nothing here");
  assert.equal(masked("", "a+"), "");
  assert.equal(masked("aaa", "a+"), "<*>");
});

Deno.test("LineMasks.apply() goes from left to right, the first of the masks that match in one place wins", () => {
  assert.equal(masked("ab abc", "ab", "abc"), "<*> <*>c");
  assert.equal(masked("ab abc", "abc", "ab"), "<*> <*>");
  assert.equal(masked("xyz", "yz", "xy"), "<*>z");
});

Deno.test("LineMasks.apply() takes patterns that only the engine knows, with and without a literal beginning", () => {
  assert.equal(masked("user=ann role=admin", "user=(?:ann|bob)"), "<*> role=admin");
  assert.equal(masked("ann and bob", "ann|bob"), "<*> and <*>");
  assert.equal(masked("é ann à bob", "ann|bob"), "é <*> à <*>");
  assert.equal(masked("Straße 7, straße 9", "(?i)straße \\d"), "<*>, <*>");
  assert.equal(masked("ab abab", "(ab){2}"), "ab <*>");
});

Deno.test("LineMasks.apply() respects borders of words", () => {
  assert.equal(masked("id 12 id12 12x x12 12", "\\b\\d+\\b"), "id <*> id12 12x x12 <*>");
  assert.equal(masked("a-12b a-12", "a-\\d*\\b"), "<*>12b <*>");
});

Deno.test("LineMasks.apply() notes where each match was, and by which mask", () => {
  const masks = new LineMasks([{ pattern: "u\\d+", name: "user" }, { pattern: "o\\d+", name: "order" }]);
  const bytes = encoder.encode("o7 of u12");
  assert.ok(masks.apply(bytes, 0, bytes.length));
  assert.deepEqual([...masks.spans.subarray(0, 3 * masks.count)], [0, 2, 1, 6, 9, 0]);
});

Deno.test("LineMasks.apply() grows with the line and the matches", () => {
  const line = "x1 ".repeat(5000);
  assert.equal(masked(line, "x\\d"), "<*> ".repeat(5000));
});

Deno.test("new LineMasks() refuses what is no pattern, and what matches the empty text", () => {
  for (const pattern of ["(", "a{2,1}", "(?<=a)b", "\\d*", "", "a|"]) {
    assert.throws(() => new LineMasks([{ pattern, name: "" }]), SyntaxError, pattern);
  }
});

const PATTERNS = [
  ...[
    "a+b",
    "ab?c",
    "[ab]{2}c",
    "\\bab",
    "b+\\b",
    "\\d{2,3}\\b",
    "a[^b ]*",
    "b-?\\d",
    "ab|c",
    "(a|b)c",
    "c\\b",
  ],
  ...["\\b[a-c]+\\b", "a\\.b", "1+2?", "\\ba-1*\\b", ".c"],
];

Deno.test("LineMasks.apply() finds just what a regular expression finds", () => {
  const line = fc.string({ unit: fc.constantFrom(..."abc12-. é"), maxLength: 24 });
  fc.assert(
    fc.property(fc.constantFrom(...PATTERNS), line, (pattern, text) => {
      assert.equal(masked(text, pattern), text.replaceAll(new RegExp(pattern, "g"), "<*>"), pattern);
    }),
  );
});

Deno.test("LineMasks.apply() of several masks finds just what their alternatives find", () => {
  const line = fc.string({ unit: fc.constantFrom(..."abc12-. é"), maxLength: 24 });
  const some = fc.array(fc.constantFrom(...PATTERNS), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(some, line, (patterns, text) => {
      const either = new RegExp(patterns.map((pattern) => `(?:${pattern})`).join("|"), "g");
      assert.equal(masked(text, ...patterns), text.replaceAll(either, "<*>"));
    }),
  );
});
