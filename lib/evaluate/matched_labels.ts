/**
 * Verdicts beside the labels that they answer.
 *
 * @module
 */
import type { JudgedWindow } from "./judged_windows.ts";
import type { Outcome } from "./kind_evaluation.ts";
import type { KeyLabel, Labels, SpanLabel } from "./labels.ts";
import type { ScoredTruth } from "./ranking.ts";

/** One thing that is either anomalous or not, and was called so or not. */
export interface JudgedTruth extends ScoredTruth {
  called: boolean;
  /** ms, UTC; NaN where it isn't known. */
  start: number;
}

/** What verdicts and labels come to together. */
export interface MatchedLabels {
  /** Each thing that has a truth: a labelled key, or a window that has a time. */
  judged: JudgedTruth[];
  /** What became of each label, in their order. */
  outcomes: Outcome[];
}

/**
 * By key, each labelled key counts once, and one without a verdict counts as called normal. By span, each window counts once:
 * it is anomalous where it overlaps an anomalous span of its service (a session's verdict names no service, so it is compared
 * with every service's spans), and normal elsewhere; a span is called where an anomalous window overlaps it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { matchLabels } from "./matched_labels.ts";
 *
 * const window = { key: "s1", service: null, start: NaN, end: NaN, score: 2, anomalous: true };
 * const { judged } = matchLabels([window], { by: "key", labels: [{ key: "s1", anomalous: true, kind: "" }] });
 * assert.deepEqual([judged[0].anomalous, judged[0].called], [true, true]);
 * ```
 */
export function matchLabels(windows: readonly JudgedWindow[], labels: Labels): MatchedLabels {
  return labels.by === "key" ? byKey(windows, labels.labels) : bySpan(windows, labels.labels);
}

function byKey(windows: readonly JudgedWindow[], labels: readonly KeyLabel[]): MatchedLabels {
  const verdicts = new Map(windows.map((window) => [window.key, window]));
  const outcomes = labels.map((label): Outcome => {
    const verdict = verdicts.get(label.key);
    return { label, called: verdict?.anomalous ?? false, missing: verdict === undefined, delay: null };
  });
  const judged = labels.map(({ key, anomalous }, i): JudgedTruth => {
    const { score = -Infinity, start = NaN } = verdicts.get(key) ?? {};
    return { score, start, anomalous, called: outcomes[i].called };
  });
  return { judged, outcomes };
}

function bySpan(windows: readonly JudgedWindow[], labels: readonly SpanLabel[]): MatchedLabels {
  const timed = windows.filter(isTimed), anomalous = new Uint8Array(timed.length);
  const outcomes = labels.map((label): Outcome => {
    let overlapping = 0, known = Infinity;
    timed.forEach((window, i) => {
      if (!overlaps(window, label)) return;
      overlapping++;
      if (label.anomalous) anomalous[i] = 1;
      if (window.anomalous) known = Math.min(known, window.end);
    });
    const called = known < Infinity;
    return {
      label,
      called,
      missing: overlapping === 0,
      delay: called ? Math.max(0, known - label.start) : null,
    };
  });
  const judged = timed.map(({ score, start, anomalous: called }, i): JudgedTruth => {
    return { score, start, anomalous: anomalous[i] === 1, called };
  });
  return { judged, outcomes };
}

/** Whether a window has a time. */
export function isTimed({ start, end }: JudgedWindow): boolean {
  return !Number.isNaN(start) && !Number.isNaN(end);
}

/**
 * Whether a window and a span of its service share a moment; either may be a single one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { overlaps } from "./matched_labels.ts";
 *
 * const window = { key: "web@0", service: "web", start: 0, end: 60, score: 0, anomalous: false };
 * const span = { start: 59, end: 80, service: "*", anomalous: true, kind: "" };
 * assert(overlaps(window, span) && !overlaps(window, { ...span, start: 60 }));
 * ```
 */
export function overlaps(window: JudgedWindow, span: SpanLabel): boolean {
  const everywhere = span.service === "" || span.service === "*" || window.service === null;
  if (!everywhere && window.service !== span.service) return false;
  const from = Math.max(window.start, span.start), to = Math.min(window.end, span.end);
  if (from !== to) return from < to;
  const holds = ({ start, end }: { start: number; end: number }) => from < end || start === end;
  return holds(window) && holds(span);
}
