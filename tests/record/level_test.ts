import assert from "node:assert/strict";
import { LEVEL_CLASS, levelOfSeverity, LEVELS, severityOfLevel } from "../../lib/record/level.ts";

Deno.test("severityOfLevel() gives a severity of that very class", () => {
  for (const level of LEVELS) assert.equal(levelOfSeverity(severityOfLevel(level)), level);
  assert.equal(severityOfLevel("toString"), 0);
});

Deno.test("LEVEL_CLASS rises with the severity, and is none for what is no severity", () => {
  for (let severity = 1; severity <= 24; severity++) {
    assert(LEVEL_CLASS[severity] >= LEVEL_CLASS[severity - 1]);
  }
  assert.equal(LEVEL_CLASS[24], LEVELS.indexOf("fatal"));
  assert(LEVEL_CLASS.subarray(25).every((level) => level === 0));
});
