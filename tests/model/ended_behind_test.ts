import assert from "node:assert/strict";
import type { Verdict } from "../../lib/explain/reason.ts";
import { endedBehind } from "../../lib/model/ended_behind.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { ClosedRows } from "../../lib/window/closed_rows.ts";

const verdict = (key: string, end: number) => ({ key, end }) as Verdict;

Deno.test("endedBehind() keeps what ended later, what has no times, and the verdicts of those", () => {
  const services = new Dictionary(), rows = new ClosedRows(), service = services.internText("api");
  for (const end of [10, 20, 30, NaN]) {
    const key = new TextEncoder().encode(`s${end}`);
    rows.push({ kind: 0, key, service, start: end, end, lines: 1, vector: 0, reopened: 0 });
  }
  const windows = rows.finish(services), score = Float64Array.of(1, 2, 3, 4);
  const anomalous = new Map([[1, verdict("s20", 20)], [2, verdict("s30", 30)]]);
  const judged = { windows, score, threshold: 1, anomalous, again: [verdict("a", 5), verdict("b", 25)] };
  const later = endedBehind(judged, 20);
  assert.deepEqual([later.windows.key(0), later.windows.key(1), later.windows.length], ["s30", "sNaN", 2]);
  assert.deepEqual([[...later.score], later.threshold], [[3, 4], 1]);
  assert.deepEqual([[...later.anomalous.keys()], later.anomalous.get(0)?.key], [[0], "s30"]);
  assert.deepEqual(later.again.map(({ key }) => key), ["b"]);
  assert.equal(endedBehind(judged, 4), judged);
});
