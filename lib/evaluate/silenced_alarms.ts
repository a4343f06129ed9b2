/**
 * What it would cost not to hear of some alarms.
 *
 * @module
 */
import { falseAlarms } from "./false_alarms.ts";
import { evaluateIncidents } from "./incident_evaluation.ts";
import type { JudgedWindow } from "./judged_windows.ts";
import type { Labels } from "./labels.ts";
import { matchLabels } from "./matched_labels.ts";

/** What goes with silenced alarms. */
export interface SilencedAlarms {
  /** Windows or keys that would no longer be called for nothing. */
  falseAlarms: number;
  /** Anomalous ones that would no longer be called. */
  right: number;
  /** Kinds of the incidents that nothing would tell of any more, one for each; `null` where labels tell of no incidents. */
  lost: string[] | null;
}

/**
 * What changes where some alarms are silenced: by a higher line, by a detector left out, by a rule of one's own.
 *
 * @param silences Whether an anomalous verdict would not be given any more.
 *
 * @example A line at 5 in place of 1
 * ```ts
 * import assert from "node:assert/strict";
 * import { silencedAlarms } from "./silenced_alarms.ts";
 *
 * const window = (start: number, score: number) => {
 *   return { key: "", service: "web", start, end: start + 60, score, anomalous: true };
 * };
 * const labels = [{ start: 0, end: 10, service: "web", anomalous: true, kind: "outage" }];
 * const cost = silencedAlarms([window(0, 3), window(600, 4)], { by: "span", labels }, ({ score }) => score <= 5);
 * assert.deepEqual(cost, { falseAlarms: 1, right: 1, lost: ["outage"] });
 * ```
 */
export function silencedAlarms<Window extends JudgedWindow>(
  windows: readonly Window[],
  labels: Labels,
  silences: (window: Window) => boolean,
): SilencedAlarms {
  const quiet = windows.map((window) =>
    window.anomalous && silences(window) ? { ...window, anomalous: false } : window
  );
  const right = (all: readonly JudgedWindow[]) =>
    matchLabels(all, labels).judged.filter(({ anomalous, called }) => anomalous && called).length;
  const before = evaluateIncidents(windows, labels), after = evaluateIncidents(quiet, labels);
  return {
    falseAlarms: falseAlarms(windows, labels).length - falseAlarms(quiet, labels).length,
    right: right(windows) - right(quiet),
    lost: before.found === null
      ? null
      : before.kinds.flatMap(({ kind, found }) =>
        Array<string>(found - (after.kinds.find((one) => one.kind === kind)?.found ?? 0)).fill(kind)
      ),
  };
}
