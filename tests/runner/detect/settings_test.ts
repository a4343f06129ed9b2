import assert from "node:assert/strict";
import { knownFormat } from "../../../runner/detect/settings.ts";

Deno.test("knownFormat() knows every format that detection can name, and lists them for any other", () => {
  assert.equal(knownFormat("auto"), "auto");
  assert.equal(knownFormat("syslog"), "syslog");
  assert.equal(knownFormat("mixed:json+golang"), "mixed:json+golang");
  for (const name of ["banana", "mixed:json+banana"]) {
    assert.throws(() => knownFormat(name), {
      name: "UsageError",
      message: /^Cannot read format ".*": known are auto, .*syslog/,
    });
  }
});
