import assert from "node:assert/strict";
import { detectorKind, DETECTORS } from "../../lib/detector/registry.ts";
import { testDetectorContract } from "./contract.ts";

for (const kind of DETECTORS) testDetectorContract(kind);

Deno.test("DETECTORS have names and titles, each its own", () => {
  for (const field of ["name", "title"] as const) {
    const values = DETECTORS.map((kind) => kind[field]);
    assert.equal(new Set(values).size, DETECTORS.length);
    assert(values.every((value) => value.length > 0));
  }
});

Deno.test("detectorKind() finds each kind by name and refuses others", () => {
  for (const kind of DETECTORS) assert.equal(detectorKind(kind.name), kind);
  assert.throws(() => detectorKind("oracle"), /^RangeError: Cannot find a detector: oracle is none of /);
});
