import assert from "node:assert/strict";
import { type CountedPosition, readCountedPosition } from "../../../lib/store/counted/counted_position.ts";

const position: CountedPosition = {
  ...{ version: 1, job: "b", begun: 7, width: 60_000, latest: 130_000, done: 60_000 },
  after: [{ job: "a", width: 60_000, done: 0, parts: [{ from: 0, generation: 3, until: null }], upTo: null }],
  parts: [{ from: 60_000, generation: 1, until: null }, { from: 120_000, generation: 0, until: 125_000 }],
};

Deno.test("readCountedPosition() reads what was saved", () => {
  assert.deepEqual(readCountedPosition(JSON.parse(JSON.stringify(position))), position);
});

Deno.test("readCountedPosition() refuses what was never saved, and names it", () => {
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ version: 2 }, /version must be from 1 to 1, current value is 2/],
    [{ job: 5 }, /job must be a string/],
    [{ done: "now" }, /done must be a number/],
    [{ parts: [{ from: 0, generation: -1, until: null }] }, /parts\[0\]\.generation must be from 0/],
    [{ after: [{ job: "a" }] }, /after\[0\]\.width must be a number/],
    [{ after: null }, /after must be an array/],
  ];
  for (const [change, message] of cases) {
    assert.throws(() => readCountedPosition({ ...position, ...change }), message);
  }
});
