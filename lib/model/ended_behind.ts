/**
 * The part of judged windows that lies behind a time.
 *
 * @module
 */
import type { Verdict } from "../explain/reason.ts";
import type { JudgedWindows } from "./judge.ts";

/**
 * Those of judged windows that ended behind `time`, and those without times.
 *
 * @param time Milliseconds since the epoch.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { ClosedRows } from "../window/closed_rows.ts";
 * import { endedBehind } from "./ended_behind.ts";
 *
 * const services = new Dictionary(), rows = new ClosedRows(), service = services.internText("web");
 * for (const end of [60_000, 120_000]) {
 *   rows.push({ kind: 1, service, start: end - 60_000, end, lines: 2, vector: 0, reopened: 0 });
 * }
 * const judged = { windows: rows.finish(services), score: Float64Array.of(2, 3), threshold: 1, anomalous: new Map(), again: [] };
 * const { windows, score } = endedBehind(judged, 60_000);
 * assert.deepEqual([windows.key(0), ...score], ["web@1970-01-01T00:01:00.000Z", 3]);
 * ```
 */
export function endedBehind(judged: JudgedWindows, time: number): JudgedWindows {
  const { windows, score, anomalous, again } = judged, isBehind = (end: number) => !(end <= time);
  const rows = Int32Array.from(windows.end.keys()).filter((row) => isBehind(windows.end[row]));
  const later = again.filter(({ end }) => isBehind(end));
  if (rows.length === windows.length && later.length === again.length) return judged;
  const kept = new Map<number, Verdict>();
  rows.forEach((row, i) => {
    const verdict = anomalous.get(row);
    if (verdict !== undefined) kept.set(i, verdict);
  });
  return {
    ...judged,
    windows: windows.pick(rows),
    score: Float64Array.from(rows, (row) => score[row]),
    anomalous: kept,
    again: later,
  };
}
