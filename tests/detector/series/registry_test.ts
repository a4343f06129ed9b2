import assert from "node:assert/strict";
import { SERIES_DETECTORS } from "../../../lib/detector/series/registry.ts";
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
