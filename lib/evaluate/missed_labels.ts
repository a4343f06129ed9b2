/**
 * Misses one by one: what was anomalous, and what the verdicts on it were.
 *
 * @module
 */
import type { JudgedWindow } from "./judged_windows.ts";
import type { KeyLabel, Labels, SpanLabel } from "./labels.ts";
import { isTimed, matchLabels, overlaps } from "./matched_labels.ts";

/** An anomalous label that no anomalous verdict covers. */
export interface MissedLabel<Window extends JudgedWindow> {
  label: KeyLabel | SpanLabel;
  /** The verdicts that cover it, highest score first; none = there is no verdict on it. */
  windows: Window[];
}

/**
 * The anomalous labels of which `evaluateVerdicts` says that they were not called, in their order.
 *
 * @example The window that came nearest to being called
 * ```ts
 * import assert from "node:assert/strict";
 * import { missedLabels } from "./missed_labels.ts";
 *
 * const window = (score: number) => ({ key: "", service: "db", start: 0, end: 60, score, anomalous: false });
 * const label = { start: 10, end: 20, service: "db", anomalous: true, kind: "lock" };
 * const [{ windows }] = missedLabels([window(.2), window(.9)], { by: "span", labels: [label] });
 * assert.equal(windows[0].score, .9);
 * ```
 */
export function missedLabels<Window extends JudgedWindow>(
  windows: readonly Window[],
  labels: Labels,
): MissedLabel<Window>[] {
  const { outcomes } = matchLabels(windows, labels);
  return outcomes.filter(({ label, called }) => label.anomalous && !called).map(({ label }) => {
    const covers = "key" in label
      ? ({ key }: Window) => key === label.key
      : (window: Window) => isTimed(window) && overlaps(window, label);
    return { label, windows: windows.filter(covers).sort((a, b) => b.score - a.score) };
  });
}
