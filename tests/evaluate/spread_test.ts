import assert from "node:assert/strict";
import { spreadOf } from "../../lib/evaluate/spread.ts";

Deno.test("spreadOf() leaves out runs without the figure", () => {
  assert.deepEqual(spreadOf([.5, null, NaN, 1]), { mean: .75, least: .5, most: 1, runs: 2 });
  assert.equal(spreadOf([null, NaN]), null);
});
