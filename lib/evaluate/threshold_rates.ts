/**
 * What every threshold would have found, and at what price.
 *
 * @module
 */
import type { ScoredTruth } from "./ranking.ts";

/** Decisions with one threshold: anomalous is what scores more. */
export interface ThresholdRates {
  threshold: number;
  /** Right alarms among alarms, 0–1; 1 where there are no alarms. */
  precision: number;
  /** Found among anomalous, 0–1; 0 where nothing is anomalous. */
  recall: number;
  f1: number;
  /** False alarms among normal, 0–1; 0 where nothing is normal. */
  falseAlarmRate: number;
  truePositives: number;
  falsePositives: number;
}

/**
 * The rates of each threshold that makes a difference (the distinct scores, and one below all), highest first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ratesByThreshold } from "./threshold_rates.ts";
 *
 * const rates = ratesByThreshold([{ score: 3, anomalous: true }, { score: 2, anomalous: false }, { score: 1, anomalous: true }]);
 * assert.deepEqual(rates.map(({ threshold }) => threshold), [3, 2, 1, -Infinity]);
 * assert.deepEqual(rates.map(({ recall }) => recall), [0, .5, .5, 1]);
 * ```
 */
export function ratesByThreshold(scored: readonly ScoredTruth[]): ThresholdRates[] {
  const ranked = scored.toSorted((a, b) => a.score === b.score ? 0 : b.score - a.score);
  const anomalous = scored.filter((one) => one.anomalous).length, normal = scored.length - anomalous;
  const rates: ThresholdRates[] = [];
  let found = 0, alarms = 0;
  for (let i = 0; i <= ranked.length; i++) {
    const threshold = i < ranked.length ? ranked[i].score : -Infinity;
    if (threshold !== ranked[i - 1]?.score) {
      rates.push({
        ...ratesOf(threshold, found, alarms - found, anomalous),
        falseAlarmRate: normal > 0 ? (alarms - found) / normal : 0,
      });
    }
    if (i === ranked.length) break;
    alarms++;
    if (ranked[i].anomalous) found++;
  }
  return rates;
}

function ratesOf(
  threshold: number,
  found: number,
  falsePositives: number,
  anomalous: number,
): Omit<ThresholdRates, "falseAlarmRate"> {
  const precision = found + falsePositives > 0 ? found / (found + falsePositives) : 1;
  const recall = anomalous > 0 ? found / anomalous : 0;
  const f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  return { threshold, precision, recall, f1, truePositives: found, falsePositives };
}
