/**
 * Which planted anomalies were found.
 *
 * @module
 */
import type { JudgedWindow } from "../judged_windows.ts";
import { type Share, shareOf } from "../chance.ts";
import { median } from "../kind_evaluation.ts";
import type { Planted } from "./plant.ts";

/** A planted anomaly and what became of it. */
export interface FoundAnomaly extends Planted {
  found: boolean;
  /** From its start to the end of the first window that tells of it, ms; `null` = not found, or without time. */
  delay: number | null;
}

/** What became of all planted anomalies of a kind. */
export interface FoundKind {
  kind: string;
  planted: number;
  found: number;
  /** Share found, with its interval. */
  share: Share;
  /** Middle time to detection, ms. */
  timeToDetection: number | null;
}

/**
 * Looks for each planted anomaly among the verdicts on its log. Only a verdict that the untouched log did not give counts: on
 * its session, or on a window of its service from its start to one window behind its end.
 *
 * @param verdicts On the log with the anomalies.
 * @param before Keys that are anomalous in the untouched log.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { foundAnomalies } from "./found_anomalies.ts";
 *
 * const planted = { kind: "burst", key: null, service: "web", start: 0, end: 60, what: "" };
 * const verdict = { key: "web@0", service: "web", start: 0, end: 60, score: 2, anomalous: true };
 * assert.equal(foundAnomalies([planted], [verdict], new Set())[0].delay, 60);
 * assert.equal(foundAnomalies([planted], [verdict], new Set(["web@0"]))[0].found, false);
 * ```
 */
export function foundAnomalies(
  planted: readonly Planted[],
  verdicts: readonly JudgedWindow[],
  before: ReadonlySet<string>,
): FoundAnomaly[] {
  const fresh = verdicts.filter(({ key, anomalous }) => anomalous && !before.has(key));
  const keys = new Set(fresh.map(({ key }) => key));
  return planted.map((one): FoundAnomaly => {
    if (one.key !== null) return { ...one, found: keys.has(one.key), delay: null };
    const ends = fresh.filter(({ service, start, end }) =>
      service === one.service && start <= one.end && end > one.start // one window behind the end included
    ).map(({ end }) => end);
    return { ...one, found: ends.length > 0, delay: ends.length > 0 ? Math.min(...ends) - one.start : null };
  });
}

/**
 * What became of each kind, in order of first appearance.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { foundKinds } from "./found_anomalies.ts";
 *
 * const burst = { kind: "burst", key: null, service: "web", start: 0, end: 60, what: "", found: true, delay: 60 };
 * const [kind] = foundKinds([burst, { ...burst, found: false, delay: null }]);
 * assert.deepEqual([kind.planted, kind.found, kind.timeToDetection], [2, 1, 60]);
 * ```
 */
export function foundKinds(anomalies: readonly FoundAnomaly[]): FoundKind[] {
  return [...Map.groupBy(anomalies, ({ kind }) => kind)].map(([kind, group]) => {
    const found = group.filter((one) => one.found), delays = found.map(({ delay }) => delay);
    const known = delays.filter((delay) => delay !== null);
    return {
      kind,
      planted: group.length,
      found: found.length,
      share: shareOf(found.length, group.length),
      timeToDetection: known.length > 0 ? median(known) : null,
    };
  });
}
