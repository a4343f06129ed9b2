/**
 * Several detectors, one decision: each can raise a verdict by itself.
 *
 * @module
 */

/** One detector's scores and the line drawn through them. */
export interface JudgedScores {
  /** Name of the detector, for messages. */
  detector: string;
  /** Shape [windows]. */
  scores: ArrayLike<number>;
  /** Above 0. */
  threshold: number;
}

/** What was decided on each window. */
export interface Decisions {
  /** The greatest evidence of any detector, shape [windows]. */
  score: Float64Array;
  /** What {@linkcode score} is compared with: 1. */
  threshold: number;
  /** 1 = anomalous: the score is greater than the threshold; shape [windows]. */
  anomalous: Uint8Array;
  /** Score / threshold of each detector, in the order given: shape [detectors][windows]. Above 1 it fired. */
  evidence: Float64Array[];
}

/** Evidence above this makes a window anomalous. */
export const DECISION_THRESHOLD = 1;

/**
 * Puts detectors on one scale – evidence = score / threshold – and takes the greatest of a window. That keeps what each one
 * alone can find; combining p-values of weak detectors was measured and finds less.
 *
 * @throws {TypeError} if there are no detectors, or they scored different numbers of windows.
 * @throws {RangeError} if a threshold is not above 0, or a score is NaN.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decide } from "./decide.ts";
 *
 * const { score, anomalous } = decide([
 *   { detector: "new-template", scores: [0, 1], threshold: .5 },
 *   { detector: "autoencoder", scores: [.03, .01], threshold: .04 },
 * ]);
 * assert.deepEqual([...score], [.75, 2]);
 * assert.deepEqual([...anomalous], [0, 1]);
 * ```
 */
export function decide(judged: readonly JudgedScores[]): Decisions {
  if (judged.length === 0) throw new TypeError("Cannot decide: there are no detectors");
  const windows = judged[0].scores.length, score = new Float64Array(windows).fill(-Infinity);
  const evidence = judged.map((one) => evidenceOf(one, windows));
  for (const parts of evidence) {
    for (let i = 0; i < windows; i++) if (parts[i] > score[i]) score[i] = parts[i];
  }
  const anomalous = Uint8Array.from(score, (value) => value > DECISION_THRESHOLD ? 1 : 0);
  return { score, threshold: DECISION_THRESHOLD, anomalous, evidence };
}

function evidenceOf({ detector, scores, threshold }: JudgedScores, windows: number): Float64Array {
  if (!(threshold > 0)) {
    throw new RangeError(`Cannot decide: the threshold of ${detector} is ${threshold}, not above 0`);
  }
  if (scores.length !== windows) {
    throw new TypeError(
      `Cannot decide: ${detector} scored ${scores.length} windows where another scored ${windows}`,
    );
  }
  return Float64Array.from(scores, (score, window) => {
    if (Number.isNaN(score)) {
      throw new RangeError(`Cannot decide: ${detector} scored window ${window} with NaN`);
    }
    return score / threshold;
  });
}
