/**
 * Whether numbers are distributed as they were.
 *
 * @module
 */

/** A rule of thumb of credit scoring (Siddiqi, Credit Risk Scorecards, 2006): below .1 nothing has changed, above .25 much has. */
export const SHIFTED = 0.25;

/** Share of the reference that a bin must hold at least: a rarer one is joined with the next. */
const LEAST = 0.02;

/** How far two distributions lie apart. */
export interface Stability {
  /** Population stability index: Σ (p − q) ln (p / q); 0 = alike. */
  psi: number;
  /** What chance alone makes of it on average: (bins − 1) (1/n + 1/m). */
  chance: number;
}

/**
 * The population stability index of counts in bins; `null` where one side holds nothing.
 *
 * Neighbouring bins that hold little of the reference are joined, and half a count is added to each, so that an empty bin is no
 * proof. What chance makes of the index is Yurdakul and Naranjo's (2020): beyond that it means something.
 *
 * @param reference How many were in each bin when all was well.
 * @param recent How many are now, in the same bins.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { populationStability } from "./population_stability.ts";
 *
 * assert.ok(populationStability([50, 30, 20], [480, 310, 210])!.psi < .01);
 * assert.ok(populationStability([500, 300, 200], [200, 300, 500])!.psi > .5);
 * assert.equal(populationStability([0, 0], [1, 2]), null);
 * ```
 */
export function populationStability(
  reference: readonly number[],
  recent: readonly number[],
): Stability | null {
  const [n, m] = [sum(reference), sum(recent)];
  if (n === 0 || m === 0) return null;
  const bins = joined(reference, recent, LEAST * n), size = bins.length;
  let psi = 0;
  for (const [before, after] of bins) {
    const p = (before + 0.5) / (n + size / 2), q = (after + 0.5) / (m + size / 2);
    psi += (q - p) * Math.log(q / p);
  }
  return { psi, chance: (size - 1) * (1 / n + 1 / m) };
}

/** Bins of at least `least` of the reference each; what is left over belongs to the last. */
function joined(reference: readonly number[], recent: readonly number[], least: number): [number, number][] {
  const bins: [number, number][] = [[0, 0]];
  for (let i = 0; i < reference.length; i++) {
    if (bins.at(-1)![0] >= least && sum(reference.slice(i)) >= least) bins.push([0, 0]);
    const bin = bins.at(-1)!;
    bin[0] += reference[i];
    bin[1] += recent[i] ?? 0;
  }
  return bins;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
