import assert from "node:assert/strict";
import { detectorKind, DETECTORS, FURTHER_DETECTORS } from "../../lib/detector/registry.ts";
import { testDetectorContract } from "./contract.ts";

const ALL = [...DETECTORS, ...FURTHER_DETECTORS];

for (const kind of ALL) testDetectorContract(kind);

Deno.test("DETECTORS and FURTHER_DETECTORS have names and titles, each its own", () => {
  for (const field of ["name", "title"] as const) {
    const values = ALL.map((kind) => kind[field]);
    assert.equal(new Set(values).size, ALL.length);
    assert(values.every((value) => value.length > 0));
  }
});

Deno.test("detectorKind() finds each kind by name and refuses others", () => {
  for (const kind of ALL) assert.equal(detectorKind(kind.name), kind);
  assert.throws(() => detectorKind("oracle"), /^RangeError: Cannot find a detector: oracle is none of /);
});
