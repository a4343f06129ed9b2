/**
 * What labels say of each window.
 *
 * @module
 */
import type { JudgedWindow } from "./judged_windows.ts";
import type { KeyLabel, Labels, SpanLabel } from "./labels.ts";
import { isTimed, overlaps } from "./matched_labels.ts";

/**
 * The label of each window: the one of its key, or a span of its service that overlaps it, an anomalous one before a harmless
 * one; `null` where there is none.
 *
 * @returns Shape [windows.length].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { windowLabels } from "./window_labels.ts";
 *
 * const window = { key: "7", service: null, start: NaN, end: NaN, score: 2, anomalous: true };
 * const labels = { by: "key" as const, labels: [{ key: "7", anomalous: true, kind: "lost" }] };
 * assert.deepEqual(windowLabels([window, { ...window, key: "8" }], labels).map((label) => label?.kind), ["lost", undefined]);
 * ```
 */
export function windowLabels(
  windows: readonly JudgedWindow[],
  labels: Labels,
): (KeyLabel | SpanLabel | null)[] {
  if (labels.by === "key") {
    const byKey = new Map(labels.labels.map((label) => [label.key, label]));
    return windows.map(({ key }) => byKey.get(key) ?? null);
  }
  return windows.map((window) => {
    const own = isTimed(window) ? labels.labels.filter((span) => overlaps(window, span)) : [];
    return own.find(({ anomalous }) => anomalous) ?? own[0] ?? null;
  });
}
