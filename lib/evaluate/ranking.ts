/**
 * How well scores alone separate anomalous from normal, wherever a threshold may lie.
 *
 * @module
 */

/** A score and the truth about it. */
export interface ScoredTruth {
  /** Higher is more anomalous; -Infinity = there was no verdict. */
  score: number;
  anomalous: boolean;
}

/**
 * Mean of the precisions at each anomalous one, from the highest score down; 0 where nothing is anomalous.
 *
 * Equal scores stay in the order given, so each is a step of its own, as in the usual scripts that compare verdicts with
 * labels: figures equal theirs, and with many ties depend on the order of the labels. scikit-learn's
 * `average_precision_score` takes all equal scores in one step instead; where no two scores are equal it gives the same.
 *
 * @param scored In the order of the labels.
 * @see Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, section 8.4
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { averagePrecision } from "./ranking.ts";
 *
 * const scored = [{ score: 3, anomalous: true }, { score: 2, anomalous: false }, { score: 1, anomalous: true }];
 * assert.equal(averagePrecision(scored), (1 + 2 / 3) / 2);
 * ```
 */
export function averagePrecision(scored: readonly ScoredTruth[]): number {
  let found = 0, sum = 0;
  scored.toSorted(higherFirst).forEach(({ anomalous }, i) => {
    if (anomalous) sum += ++found / (i + 1);
  });
  return found > 0 ? sum / found : 0;
}

/**
 * Probability that an anomalous one scores higher than a normal one, equal scores counting half; `null` where there are not
 * both.
 *
 * @see Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27, 2006
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rocAuc } from "./ranking.ts";
 *
 * assert.equal(rocAuc([{ score: 1, anomalous: true }, { score: 1, anomalous: false }]), .5);
 * ```
 */
export function rocAuc(scored: readonly ScoredTruth[]): number | null {
  const ranked = scored.toSorted(higherFirst);
  let wins = 0, anomalousAbove = 0, normals = 0;
  for (let from = 0; from < ranked.length;) {
    let to = from, anomalous = 0;
    for (; to < ranked.length && ranked[to].score === ranked[from].score; to++) {
      if (ranked[to].anomalous) anomalous++;
    }
    const normal = to - from - anomalous;
    wins += normal * (anomalousAbove + anomalous / 2);
    anomalousAbove += anomalous;
    normals += normal;
    from = to;
  }
  return anomalousAbove > 0 && normals > 0 ? wins / (anomalousAbove * normals) : null;
}

function higherFirst(a: ScoredTruth, b: ScoredTruth): number {
  return a.score === b.score ? 0 : b.score - a.score; // equal infinities must not become NaN
}
