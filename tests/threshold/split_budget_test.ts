import assert from "node:assert/strict";
import { splitBudget } from "../../lib/threshold/split_budget.ts";

Deno.test("splitBudget() gives each channel its part of the whole", () => {
  assert.deepEqual(splitBudget(2, { a: 1, b: 1, c: 2, d: 0 }), { a: .5, b: .5, c: 1, d: 0 });
  assert.deepEqual(splitBudget(0, { a: 1 }), { a: 0 });
});

Deno.test("splitBudget() refuses negative and missing shares", () => {
  assert.throws(() => splitBudget(-1, { a: 1 }), /^RangeError: Cannot divide a budget: the budget is -1$/);
  assert.throws(() => splitBudget(1, { a: -1, b: 2 }), /^RangeError: Cannot divide a budget: a is -1$/);
  assert.throws(() => splitBudget(1, { a: NaN }), RangeError);
  assert.throws(() => splitBudget(1, { a: 0 }), RangeError);
});
