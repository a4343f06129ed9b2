import assert from "node:assert/strict";
import { SERIES_DETECTORS, seriesDetectorKind } from "../../../lib/detector/series/registry.ts";
import { testSeriesContract } from "./contract.ts";
import { testMoments } from "./moments.ts";

for (const kind of SERIES_DETECTORS) {
  testSeriesContract(kind);
  testMoments(kind);
}

Deno.test("SERIES_DETECTORS have names and titles, each its own", () => {
  for (const field of ["name", "title"] as const) {
    const values = SERIES_DETECTORS.map((kind) => kind[field]);
    assert.equal(new Set(values).size, SERIES_DETECTORS.length);
    assert(values.every((value) => value.length > 0));
  }
});

Deno.test("seriesDetectorKind() finds each kind by name and refuses others", () => {
  for (const kind of SERIES_DETECTORS) assert.equal(seriesDetectorKind(kind.name), kind);
  assert.throws(
    () => seriesDetectorKind("oracle"),
    /^RangeError: Cannot find a detector of series: oracle is none of /,
  );
});
