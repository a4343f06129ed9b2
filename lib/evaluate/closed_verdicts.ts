/**
 * Closed windows and scores as verdicts that can be compared with labels.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import type { ClosedWindows } from "../window/closed_windows.ts";
import type { JudgedWindow } from "./judged_windows.ts";

/** Settings of {@linkcode closedVerdicts}. */
export interface ClosedVerdictsOptions {
  /** Score of each window, shape [windows.length]. */
  score: ArrayLike<number>;
  /** What scores more is anomalous. */
  threshold: number;
  /** The dictionary behind the service column. */
  services: Dictionary;
  /** Which windows count; default all. */
  only?: (window: number) => boolean;
  /** The leading reason of an anomalous window, as in a verdicts file; default: not known. */
  reason?: (window: number) => { kind: string; id: string } | undefined;
}

/**
 * The rows that a verdicts file would have, without the file: what `evaluateVerdicts` takes.
 *
 * @throws {TypeError} if there is not one score a window.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { ClosedRows } from "../window/closed_rows.ts";
 * import { closedVerdicts } from "./closed_verdicts.ts";
 *
 * const services = new Dictionary(), rows = new ClosedRows();
 * rows.push({ kind: 1, service: services.internText("api"), start: 0, end: 60_000, lines: 3, vector: 0, reopened: 0 });
 * const [verdict] = closedVerdicts(rows.finish(services), { score: [2], threshold: 1, services });
 * assert.deepEqual([verdict.service, verdict.anomalous], ["api", true]);
 * ```
 */
export function closedVerdicts(windows: ClosedWindows, options: ClosedVerdictsOptions): JudgedWindow[] {
  const { score, threshold, services, only = () => true, reason = () => undefined } = options;
  if (score.length !== windows.length) {
    throw new TypeError(
      `Cannot make verdicts: there are ${windows.length} windows and ${score.length} scores`,
    );
  }
  return Array.from(windows.start.keys()).filter(only).map((i) => {
    const leading = reason(i);
    return {
      key: windows.key(i),
      service: windows.isSession(i) ? null : services.text(windows.service[i]),
      start: windows.start[i],
      end: windows.end[i],
      score: score[i],
      anomalous: score[i] > threshold,
      ...(leading === undefined ? {} : { cause: `${leading.kind} ${leading.id}` }),
    };
  });
}
