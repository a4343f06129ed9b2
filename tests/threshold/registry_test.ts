import assert from "node:assert/strict";
import { ALL_THRESHOLD_RULES, THRESHOLD_RULES, thresholdRule } from "../../lib/threshold/registry.ts";
import { testThresholdContract } from "./contract.ts";

for (const rule of ALL_THRESHOLD_RULES) testThresholdContract(rule);

Deno.test("thresholdRule() finds each rule by name and refuses others", () => {
  for (const rule of [...THRESHOLD_RULES, ...ALL_THRESHOLD_RULES]) {
    assert.equal(thresholdRule(rule.name), rule);
  }
  assert.throws(
    () => thresholdRule("oracle"),
    /^RangeError: Cannot find a threshold rule: oracle is none of /,
  );
});
