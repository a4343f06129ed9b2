/**
 * What became of the labels, kind by kind.
 *
 * @module
 */
import type { KeyLabel, SpanLabel } from "./labels.ts";

/** What became of the labels of one kind. */
export interface KindEvaluation {
  /** Empty = labels without a kind. */
  kind: string;
  /** Whether a verdict is wanted (`false`: harmless, and being called is a false alarm). */
  anomalous: boolean;
  /** Keys or spans. */
  labelled: number;
  /** Those with an anomalous verdict. */
  called: number;
  /** Those without. */
  uncalled: number;
  /**
   * Middle delay (ms) from a span's start to the end of the first anomalous window in it, when a person could know;
   * `null` for keys, and where nothing was called.
   */
  onsetDelay: number | null;
}

/** A label and its verdict. */
export interface Outcome {
  label: KeyLabel | SpanLabel;
  /** Whether an anomalous verdict covers it. */
  called: boolean;
  /** Whether no verdict covers it. */
  missing: boolean;
  /** See {@linkcode KindEvaluation.onsetDelay}. */
  delay: number | null;
}

/**
 * What became of the labels of each kind, in order of first appearance.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kindsOf } from "./kind_evaluation.ts";
 *
 * const label = { key: "s1", anomalous: true, kind: "crash" };
 * const [crash] = kindsOf([{ label, called: true, missing: false, delay: null }]);
 * assert.deepEqual([crash.kind, crash.called, crash.uncalled], ["crash", 1, 0]);
 * ```
 */
export function kindsOf(outcomes: readonly Outcome[]): KindEvaluation[] {
  const groups = Map.groupBy(outcomes, ({ label: { kind, anomalous } }) => `${anomalous} ${kind}`);
  return [...groups.values()].map((group) => {
    const called = group.filter((outcome) => outcome.called);
    const delays = called.map(({ delay }) => delay).filter((delay) => delay !== null);
    return {
      kind: group[0].label.kind,
      anomalous: group[0].label.anomalous,
      labelled: group.length,
      called: called.length,
      uncalled: group.length - called.length,
      onsetDelay: delays.length > 0 ? median(delays) : null,
    };
  });
}

/** The middle of values: the mean of both where there are two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
