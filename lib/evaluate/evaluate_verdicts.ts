/**
 * Verdicts + labels → how often they are right.
 *
 * @module
 */
import type { JudgedWindow } from "./judged_windows.ts";
import { type KindEvaluation, kindsOf, type Outcome } from "./kind_evaluation.ts";
import type { KeyLabel, Labels, SpanLabel } from "./labels.ts";
import { averagePrecision, rocAuc, type ScoredTruth } from "./ranking.ts";

/** How right verdicts are. Rates are 0 where they would divide by 0, as in the usual scripts. */
export interface Evaluation {
  /** What was counted: labelled keys, or all windows that have a time. */
  by: "key" | "span";
  /** Keys or windows with a truth. */
  labelled: number;
  /** Those that are anomalous. */
  anomalous: number;
  /** Labelled keys without a verdict, which count as called normal; spans that no window overlaps. */
  missing: number;
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  trueNegatives: number;
  precision: number;
  recall: number;
  f1: number;
  averagePrecision: number;
  /** `null` where there are not both anomalous and normal ones. */
  rocAuc: number | null;
  /** False positives among the normal ones. */
  falseAlarmRate: number;
  /** Days from the first start to the last end of the verdicts; `null` where they have no times. */
  days: number | null;
  falseAlarmsPerDay: number | null;
  /** By kind of label, in order of first appearance. */
  kinds: KindEvaluation[];
}

/** One thing that is either anomalous or not, and was called so or not. */
interface Judged extends ScoredTruth {
  called: boolean;
}

const DAY = 86_400_000;

/**
 * Compares verdicts with labels.
 *
 * By key, each labelled key counts once, and one without a verdict counts as called normal. By span, each window counts
 * once: it is anomalous where it overlaps an anomalous span of its service (a session's verdict names no service, so it
 * is compared with every service's spans), and normal elsewhere; a span is called where an anomalous window overlaps it.
 *
 * @param windows The rows of a verdicts file.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { evaluateVerdicts } from "./evaluate_verdicts.ts";
 *
 * const window = { key: "s1", service: null, start: NaN, end: NaN, score: 2, anomalous: true };
 * const labels = ["s1", "s2"].map((key) => ({ key, anomalous: true, kind: "crash" }));
 * const { recall, missing } = evaluateVerdicts([window], { by: "key", labels });
 * assert.equal(recall, .5);
 * assert.equal(missing, 1);
 * ```
 */
export function evaluateVerdicts(windows: readonly JudgedWindow[], labels: Labels): Evaluation {
  const [judged, outcomes] = labels.by === "key"
    ? byKey(windows, labels.labels)
    : bySpan(windows, labels.labels);
  const rates = ratesOf(judged), days = daysOf(windows);
  return {
    by: labels.by,
    labelled: judged.length,
    anomalous: rates.truePositives + rates.falseNegatives,
    missing: outcomes.filter(({ missing }) => missing).length,
    ...rates,
    averagePrecision: averagePrecision(judged),
    rocAuc: rocAuc(judged),
    days,
    falseAlarmsPerDay: days === null ? null : rates.falsePositives / days,
    kinds: kindsOf(outcomes),
  };
}

function byKey(windows: readonly JudgedWindow[], labels: readonly KeyLabel[]): [Judged[], Outcome[]] {
  const verdicts = new Map(windows.map((window) => [window.key, window]));
  const outcomes = labels.map((label): Outcome => {
    const verdict = verdicts.get(label.key);
    return { label, called: verdict?.anomalous ?? false, missing: verdict === undefined, delay: null };
  });
  const judged = labels.map(({ key, anomalous }, i): Judged => {
    return { score: verdicts.get(key)?.score ?? -Infinity, anomalous, called: outcomes[i].called };
  });
  return [judged, outcomes];
}

function bySpan(windows: readonly JudgedWindow[], labels: readonly SpanLabel[]): [Judged[], Outcome[]] {
  const timed = windows.filter(({ start, end }) => !Number.isNaN(start) && !Number.isNaN(end));
  const anomalous = new Uint8Array(timed.length);
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
  const judged = timed.map(({ score, anomalous: called }, i): Judged => {
    return { score, anomalous: anomalous[i] === 1, called };
  });
  return [judged, outcomes];
}

/** Whether a window and a span of its service share a moment; either may be a single one. */
function overlaps(window: JudgedWindow, span: SpanLabel): boolean {
  const everywhere = span.service === "" || span.service === "*" || window.service === null;
  if (!everywhere && window.service !== span.service) return false;
  const from = Math.max(window.start, span.start), to = Math.min(window.end, span.end);
  if (from !== to) return from < to;
  const holds = ({ start, end }: { start: number; end: number }) => from < end || start === end;
  return holds(window) && holds(span);
}

function ratesOf(judged: readonly Judged[]) {
  const count = (anomalous: boolean, called: boolean) =>
    judged.filter((one) => one.anomalous === anomalous && one.called === called).length;
  const truePositives = count(true, true), falsePositives = count(false, true);
  const falseNegatives = count(true, false), trueNegatives = count(false, false);
  const precision = share(truePositives, truePositives + falsePositives);
  const recall = share(truePositives, truePositives + falseNegatives);
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives,
    precision,
    recall,
    f1: share(2 * precision * recall, precision + recall),
    falseAlarmRate: share(falsePositives, falsePositives + trueNegatives),
  };
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function daysOf(windows: readonly JudgedWindow[]): number | null {
  let first = Infinity, last = -Infinity;
  for (const { start, end } of windows) {
    if (start < first) first = start;
    if (end > last) last = end;
  }
  return last > first ? (last - first) / DAY : null;
}
