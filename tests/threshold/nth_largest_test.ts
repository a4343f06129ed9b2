import assert from "node:assert/strict";
import fc from "fast-check";
import { leastOf, nextTo, nthLargest } from "../../lib/threshold/nth_largest.ts";

const values = fc.array(fc.integer({ min: -3, max: 5 }), { minLength: 1, maxLength: 60 }).map((all) =>
  Float64Array.from(all)
);

Deno.test("nthLargest() gives what sorting gives, and moves nothing", () => {
  fc.assert(fc.property(values, fc.nat(59), (all, anywhere) => {
    const place = anywhere % all.length, before = [...all];
    assert.equal(nthLargest(all, place), all.toSorted()[all.length - 1 - place]);
    assert.deepEqual([...all], before);
  }));
});

Deno.test("nextTo() gives the second of the distinct values, if there is one", () => {
  fc.assert(fc.property(values, (all) => {
    assert.equal(nextTo(Math.min(...all), all), [...new Set(all)].sort((a, b) => a - b)[1]);
  }));
});

Deno.test("leastOf() gives the least value", () => {
  fc.assert(fc.property(values, (all) => assert.equal(leastOf(all), Math.min(...all))));
});
