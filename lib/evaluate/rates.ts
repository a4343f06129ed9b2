/**
 * Counts of right and wrong decisions → rates.
 *
 * @module
 */

/** Decisions by what they were and should have been. */
export interface Confusion {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  trueNegatives: number;
}

/** {@linkcode Confusion} with its rates, 0–1; 0 where they would divide by 0, as in the usual scripts. */
export interface Rates extends Confusion {
  precision: number;
  recall: number;
  f1: number;
  /** False positives among the normal ones. */
  falseAlarmRate: number;
}

/**
 * The rates of decisions.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ratesOf } from "./rates.ts";
 *
 * const { precision, recall } = ratesOf({ truePositives: 1, falsePositives: 3, falseNegatives: 1, trueNegatives: 7 });
 * assert.deepEqual([precision, recall], [.25, .5]);
 * ```
 */
export function ratesOf(confusion: Confusion): Rates {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion;
  const precision = share(truePositives, truePositives + falsePositives);
  const recall = share(truePositives, truePositives + falseNegatives);
  return {
    ...confusion,
    precision,
    recall,
    f1: share(2 * precision * recall, precision + recall),
    falseAlarmRate: share(falsePositives, falsePositives + trueNegatives),
  };
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
