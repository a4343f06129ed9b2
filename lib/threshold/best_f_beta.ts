/**
 * `best-f-beta`: the line with the best F-score, where labels exist.
 *
 * @module
 */
import { Calibration, ruleOptions } from "./calibration.ts";
import { type Threshold, ThresholdRefusedError, type ThresholdRule } from "./threshold.ts";

/**
 * The line with the greatest F_β = (1 + β²) · precision · recall / (β² · precision + recall): β above 1 cares more for recall,
 * below 1 for precision. It lies halfway between the lowest score above it and the next one; of several best lines it is the
 * highest, and the least score is never above it. `realised` and `windows` are of the normal windows.
 *
 * It holds for the share of anomalous windows among these scores. Choosing by labels and judging by the same labels flatters:
 * judge on others.
 *
 * Options: `beta`, default 1, above 0. It refuses to choose without labels of both kinds.
 *
 * @see van Rijsbergen, "Information Retrieval", 1979, chapter 7
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bestFBeta } from "./best_f_beta.ts";
 *
 * const scores = Float64Array.of(1, 2, 3, 4, 5), labels = Uint8Array.of(0, 0, 1, 0, 1);
 * assert.equal(bestFBeta.choose(scores, new Float64Array(5).fill(1), {}, labels).value, 2.5);
 * assert.equal(bestFBeta.choose(scores, new Float64Array(5).fill(1), { beta: .2 }, labels).value, 4.5);
 * ```
 */
export const bestFBeta: ThresholdRule = {
  name: "best-f-beta",
  title: "The line with the best F-score by labels",
  options: [{ name: "beta", default: 1, title: "How many times as much recall counts as precision" }],
  needsLabels: true,

  choose(
    scores: Float64Array,
    weights: Float64Array,
    options: Record<string, number> = {},
    labels?: Uint8Array,
  ): Threshold {
    const { beta, smallest } = ruleOptions(bestFBeta, options);
    if (!(beta > 0)) throw new RangeError(`Cannot choose a threshold by best-f-beta: beta is ${beta}`);
    const all = new Calibration(scores, weights), normal = weightsOf(all, scores, weights, labels);
    const windows = normal.reduce((sum, weight) => sum + weight, 0);
    const best = bestPlace(all, normal, beta ** 2);
    const value = best > 0
      ? between(all.scores[best - 1].score, all.scores[best].score)
      : all.aboveLeast(smallest);
    const above = all.scores.reduce((sum, { score }, i) => sum + (score > value ? normal[i] : 0), 0);
    return { rule: "best-f-beta", value, nominal: null, realised: above / windows, windows, note: "" };
  },
};

/** Normal windows of each distinct score. */
function weightsOf(
  { scores: distinct, windows }: Calibration,
  scores: Float64Array,
  weights: Float64Array,
  labels: Uint8Array | undefined,
): number[] {
  if (labels === undefined) {
    throw new ThresholdRefusedError("Cannot choose a threshold by best-f-beta: there are no labels");
  }
  if (labels.length !== scores.length) {
    throw new TypeError(
      `Cannot choose a threshold by best-f-beta: ${scores.length} scores have ${labels.length} labels`,
    );
  }
  const normal = new Map<number, number>();
  scores.forEach((score, i) =>
    normal.set(score, (normal.get(score) ?? 0) + (labels[i] === 0 ? weights[i] : 0))
  );
  const all = distinct.map(({ score }) => normal.get(score)!),
    sum = all.reduce((sum, weight) => sum + weight, 0);
  if (sum > 0 && sum < windows) return all;
  const lacking = sum === 0 ? "normal" : "anomalous";
  throw new ThresholdRefusedError(
    `Cannot choose a threshold by best-f-beta: no window is labelled ${lacking}`,
  );
}

/** The place of the lowest score above the best line; 0 = there is only one score. */
function bestPlace({ scores, windows }: Calibration, normal: readonly number[], beta2: number): number {
  const anomalous = windows - normal.reduce((sum, weight) => sum + weight, 0);
  let best = scores.length - 1, greatest = -1, found = 0, alarms = 0;
  for (let i = scores.length - 1; i >= 1; i--) {
    alarms += scores[i].weight;
    found += scores[i].weight - normal[i];
    const f = (1 + beta2) * found / (beta2 * anomalous + alarms);
    if (f > greatest) [greatest, best] = [f, i];
  }
  return best;
}

function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  return middle < high ? middle : low;
}
