import assert from "node:assert/strict";
import { rateChange } from "../../../lib/model/story/template_changes.ts";

Deno.test("rateChange() compares with the nearer of both spans before", () => {
  assert.deepEqual(rateChange({ during: 40, before: 10, dayBefore: 20 })?.factor, 2);
  assert.deepEqual(rateChange({ during: 5, before: 10, dayBefore: 20 })?.factor, 0.5);
  assert.equal(rateChange({ during: 15, before: 10, dayBefore: 20 }), null);
  assert.equal(rateChange({ during: 10, before: 10, dayBefore: 10 }), null);
});

Deno.test("rateChange() knows what is new, what vanished, and nothing where there is nothing to compare with", () => {
  assert.deepEqual(rateChange({ during: 4, before: 0, dayBefore: null }), {
    ...{ kind: "new", factor: Infinity },
    certainty: 4 * Math.log(2),
  });
  assert.equal(rateChange({ during: 0, before: 30, dayBefore: null })?.kind, "vanished");
  assert.equal(rateChange({ during: 4, before: null, dayBefore: null }), null);
});

Deno.test("rateChange() is the surer the more records there are and the farther they differ", () => {
  const sure = (during: number, before: number) => rateChange({ during, before, dayBefore: null })!.certainty;
  assert.ok(sure(40, 20) > sure(4, 2));
  assert.ok(sure(40, 10) > sure(40, 20));
  assert.ok(Math.abs(sure(40, 20) - sure(20, 40)) < 1e-9);
});
