import assert from "node:assert/strict";
import { closedVerdicts } from "../../lib/evaluate/closed_verdicts.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { ClosedRows } from "../../lib/window/closed_rows.ts";

Deno.test("closedVerdicts() names services of time windows only, and compares with the threshold strictly", () => {
  const services = new Dictionary(), rows = new ClosedRows();
  const service = services.internText("api"), bare = { service, lines: 1, vector: 0, reopened: 0 } as const;
  rows.push({ ...bare, kind: 1, start: 0, end: 60_000 });
  rows.push({ ...bare, kind: 1, start: 60_000, end: 120_000 });
  const windows = rows.finish(services);
  const verdicts = closedVerdicts(windows, { score: [1, 1.01], threshold: 1, services });
  assert.deepEqual(verdicts.map(({ service, anomalous }) => [service, anomalous]), [["api", false], [
    "api",
    true,
  ]]);
  const second = closedVerdicts(windows, { score: [1, 2], threshold: 1, services, only: (i) => i === 1 });
  assert.deepEqual(second.map(({ key, score }) => [key, score]), [["api@1970-01-01T00:01:00.000Z", 2]]);
  assert.throws(() => closedVerdicts(windows, { score: [1], threshold: 1, services }), TypeError);
});
