import assert from "node:assert/strict";
import { readFilePosition } from "../../lib/source/file_position.ts";
import type { SavedPosition } from "../../lib/source/input.ts";

const GOOD: SavedPosition = {
  name: "logs/app.log",
  offset: 70,
  source: "file",
  version: 1,
  device: 1,
  inode: 2,
  born: 3.5,
  size: 100,
  marks: "64:0123456789abcdef,70:0123456789abcdef",
  packed: null,
  ended: "open",
  copy: null,
};

Deno.test("readFilePosition() takes what it knows", () => {
  assert.equal(readFilePosition(GOOD), GOOD);
  readFilePosition({ ...GOOD, offset: 0, marks: "", device: null, inode: null, born: null });
  readFilePosition({ ...GOOD, packed: "99:0123456789abcdef:0123456789abcdef", ended: "cut", copy: "logs/a" });
});

Deno.test("readFilePosition() refuses every field that is missing or of another shape, and says which", () => {
  const wrong: Record<string, unknown[]> = {
    name: ["", 1, null],
    offset: [-1, .5, "70", null],
    device: [-1, "1"],
    inode: [.5, true],
    born: ["now", NaN],
    size: [-1, null],
    marks: [null, 3],
    packed: ["", 5, "99:xyz"],
    ended: ["", null, "maybe"],
    copy: [true, 1],
  };
  for (const [field, values] of Object.entries(wrong)) {
    for (const value of [...values, undefined]) {
      const saved = { ...GOOD, [field]: value } as SavedPosition;
      assert.throws(
        () => readFilePosition(saved),
        (error) => error instanceof TypeError && error.message.includes(field),
      );
    }
  }
  assert.throws(() => readFilePosition({ ...GOOD, more: 1 }), /unknown field "more"/);
});

Deno.test("readFilePosition() refuses another version, and marks that end elsewhere", () => {
  for (const version of [0, 2, "1"]) assert.throws(() => readFilePosition({ ...GOOD, version }), RangeError);
  assert.throws(() => readFilePosition({ ...GOOD, offset: 71 }), RangeError);
  assert.throws(() => readFilePosition({ ...GOOD, marks: "70:01" }), SyntaxError);
});
