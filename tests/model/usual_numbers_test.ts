import assert from "node:assert/strict";
import { readSpreads, spreadsOf } from "../../lib/model/usual_numbers.ts";
import { VALUE_KINDS } from "../../lib/template/parameter/kind.ts";
import { QuantileSketch } from "../../lib/template/parameter/quantile_sketch.ts";

const NAMES = { id: (i: number) => `T${i}`, text: () => "", severity: () => 0, indexOf: () => -1 };
const KIND = VALUE_KINDS.indexOf("duration");

function sketched(...values: number[]) {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(value);
  return { template: 1, slot: "took", kind: KIND, sketch };
}

const HUNDRED = Array.from({ length: 100 }, (_, i) => i + 1);

Deno.test("spreadsOf() gives numbers that no more than a stated part of training lies above", () => {
  const { T1: { took } } = spreadsOf([sketched(...HUNDRED)], { T1: ["took"] }, NAMES);
  assert.deepEqual([took.unit, took.count, took.at.at(-1)], ["ms", 100, 100]);
  [.5, .25, .1, .01, 0].forEach((share, i) => {
    assert(HUNDRED.filter((value) => value > took.at[i]).length <= 100 * share, `${took.at[i]}`);
  });
  assert.deepEqual([...took.at].sort((a, b) => a - b), took.at);
});

Deno.test("spreadsOf() leaves out what is not watched", () => {
  assert.deepEqual(spreadsOf([sketched(1, 2)], { T2: ["took"] }, NAMES), {});
  assert.deepEqual(spreadsOf([sketched(1, 2)], { T1: ["size"] }, NAMES), {});
});

Deno.test("readSpreads() gives back what was saved, and refuses what it doesn't know", () => {
  const spreads = spreadsOf([sketched(...HUNDRED), { ...sketched(-5, 0), slot: "size" }], {
    T1: ["took", "size"],
  }, NAMES);
  assert.deepEqual(readSpreads(JSON.parse(JSON.stringify(spreads)), "watched.spreads"), spreads);
  for (
    const wrong of [7, { T1: 7 }, { T1: { took: { unit: "ms", count: 1, at: [1] } } }, {
      T1: { took: { unit: 1 } },
    }]
  ) {
    assert.throws(
      () => readSpreads(wrong, "watched.spreads"),
      /^(?:TypeError|RangeError): Cannot restore watched parameters: /,
    );
  }
});
