import assert from "node:assert/strict";
import { endOf, isOver, type Predecessor, wasRead } from "../../../lib/store/counted/predecessor.ts";

const job: Predecessor = {
  ...{ job: "a", width: 100, done: 200, upTo: null },
  parts: [{ from: 200, generation: 2, until: null }, { from: 400, generation: 0, until: 460 }],
};

Deno.test("wasRead() knows events of whole generations, and of the next one those before a border", () => {
  const cases: [time: number, generation: number, read: boolean][] = [
    ...[[250, 1, true], [250, 2, true], [250, 3, false]] as [number, number, boolean][],
    ...[[350, 1, false], [410, 1, true], [459, 1, true]] as [number, number, boolean][],
    ...[[460, 1, false], [410, 2, false]] as [number, number, boolean][],
  ];
  for (const [time, generation, read] of cases) {
    assert.equal(wasRead(job, { time, generation }), read, `${time} ${generation}`);
  }
});

Deno.test("isOver() is before all that may still change, and where events are gone up to the last one read", () => {
  assert.deepEqual([199, 200].map((time) => isOver(job, time)), [true, false]);
  const gone = { ...job, parts: [], upTo: 470 };
  assert.deepEqual([470, 471].map((time) => isOver(gone, time)), [true, false]);
  assert.equal(isOver({ ...job, done: null }, -1e9), false);
});

Deno.test("endOf() is behind the last part of which anything is known", () => {
  assert.deepEqual([endOf(job), endOf({ ...job, parts: [] }), endOf({ ...job, parts: [], upTo: 470 })], [
    500,
    200,
    471,
  ]);
  assert.equal(endOf({ ...job, done: null, parts: [] }), -Infinity);
});
