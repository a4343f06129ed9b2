import assert from "node:assert/strict";
import { parametersOf } from "../../runner/notebooks/notebook_parameters.ts";

Deno.test("parametersOf() lets a notebook's own value win over everyone's", () => {
  const file = JSON.stringify({
    "03-train": { seed: 7 },
    seed: 1,
    days: 3,
    "04-threshold": { rule: "quantile" },
  });
  const names = ["03-train", "04-threshold"];
  assert.deepEqual(parametersOf(file, "03-train", names), { seed: 7, days: 3 });
  assert.deepEqual(parametersOf(file, "04-threshold", names), { seed: 1, days: 3, rule: "quantile" });
});

Deno.test("parametersOf() refuses what is not a JSON object, naming it", () => {
  assert.throws(
    () => parametersOf("[1]", "a", []),
    /^SyntaxError: Cannot read parameters: the file must be a JSON object, .*\[1\]/,
  );
  assert.throws(() => parametersOf("{", "a", []), /^SyntaxError: Cannot read parameters: /);
  assert.throws(
    () => parametersOf('{"a": 3}', "a", ["a"]),
    /Cannot read parameters: a must be a JSON object, current value is 3/,
  );
});
