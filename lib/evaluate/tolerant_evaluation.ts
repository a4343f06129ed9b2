/**
 * How right verdicts are where being a little early or late does no harm.
 *
 * @module
 */
import type { JudgedWindow } from "./judged_windows.ts";
import type { Labels } from "./labels.ts";
import { isTimed, overlaps } from "./matched_labels.ts";
import { median } from "./kind_evaluation.ts";

/** Rates with a tolerance. */
export interface TolerantEvaluation {
  /** ms between an alarm and what it may be about. */
  tolerance: number;
  /** Alarms no further than that from an anomalous window of their service, among all alarms about labelled services. */
  precision: number;
  /** Anomalous windows no further than that from an alarm of their service. */
  recall: number;
  f1: number;
}

/**
 * Window level with tolerance: an alarm is right, and an anomalous window is found, where one lies within `tolerance` of the
 * other, on the same service.
 *
 * @param tolerance ms; default: the middle length of the time windows; without any, nothing can be computed.
 * @returns `null` where verdicts have no times, or there is no tolerance to go by.
 *
 * @example A window too late
 * ```ts
 * import assert from "node:assert/strict";
 * import { evaluateTolerantly } from "./tolerant_evaluation.ts";
 *
 * const hour = (i: number, anomalous: boolean) => {
 *   return { key: "", service: "web", start: i * 3600, end: (i + 1) * 3600, score: 0, anomalous };
 * };
 * const label = { start: 0, end: 3600, service: "web", anomalous: true, kind: "" };
 * const evaluation = evaluateTolerantly([hour(0, false), hour(1, true)], { by: "span", labels: [label] });
 * assert.deepEqual([evaluation?.tolerance, evaluation?.f1], [3600, 1]);
 * ```
 */
export function evaluateTolerantly(
  windows: readonly JudgedWindow[],
  labels: Labels,
  tolerance: number = usualTolerance(windows),
): TolerantEvaluation | null {
  const timed = windows.filter(isTimed);
  if (timed.length === 0 || Number.isNaN(tolerance)) return null;
  const truth = truthOf(labels), alarms = timed.filter(({ anomalous }) => anomalous);
  const known = alarms.filter((window) => truth(window) !== undefined);
  const anomalous = timed.filter((window) => truth(window) === true);
  const precision = nearShare(known, anomalous, tolerance), recall = nearShare(anomalous, alarms, tolerance);
  const f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  return { tolerance, precision, recall, f1 };
}

/** Middle length of the time windows; NaN where there are none. */
function usualTolerance(windows: readonly JudgedWindow[]): number {
  const lengths = windows.filter(({ service }) => service !== null).map(({ start, end }) => end - start);
  return lengths.length > 0 ? median(lengths) : NaN;
}

/** Whether a window is anomalous; `undefined` = it has no label. */
function truthOf(labels: Labels): (window: JudgedWindow) => boolean | undefined {
  if (labels.by === "key") {
    const truth = new Map(labels.labels.map(({ key, anomalous }) => [key, anomalous]));
    return ({ key }) => truth.get(key);
  }
  const spans = labels.labels.filter(({ anomalous }) => anomalous);
  return (window) => spans.some((span) => overlaps(window, span));
}

/** Share of windows with one of `others` near on the same service; 0 where there are none. */
function nearShare(
  windows: readonly JudgedWindow[],
  others: readonly JudgedWindow[],
  tolerance: number,
): number {
  const lines = new Map(
    [...Map.groupBy(others, ({ service }) => service)].map(([service, group]) => [service, new Spans(group)]),
  );
  const near = windows.filter((window) => lines.get(window.service)?.hasNear(window, tolerance));
  return windows.length > 0 ? near.length / windows.length : 0;
}

/** Spans of time in order of their starts, with the latest end up to each. */
class Spans {
  readonly #starts: number[];
  readonly #ends: number[];

  constructor(windows: readonly JudgedWindow[]) {
    const ordered = windows.toSorted((a, b) => a.start - b.start);
    let latest = -Infinity;
    this.#starts = ordered.map(({ start }) => start);
    this.#ends = ordered.map(({ end }) => latest = Math.max(latest, end));
  }

  hasNear({ start, end }: JudgedWindow, tolerance: number): boolean {
    let low = 0, high = this.#starts.length; // spans that start no later than the window's end and the tolerance
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] <= end + tolerance) low = middle + 1;
      else high = middle;
    }
    return low > 0 && this.#ends[low - 1] >= start - tolerance;
  }
}
