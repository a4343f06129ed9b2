/**
 * Scores in order of time as the alerts they would raise: near windows are one alert.
 *
 * @module
 */

/**
 * The lowest line at which, and above which everywhere, scores raise no more than so many alerts. Windows above the line
 * are one alert where at most `reach` lies between their places; with reach 0 every window counts for itself, and the
 * line is the (allowed + 1)-th largest score.
 *
 * @param scores In order of time; NaN = not judged.
 * @param candidates Places whose scores matter, highest score first: at least all above the line.
 * @param limits `allowed` alerts, 0 or more; `reach` in places.
 * @returns The line, or `null` if the candidates raise no more than `allowed` alerts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { alertLine } from "./alert_peaks.ts";
 *
 * const scores = [0, 5, 6, 0, 0, 0, 0, 4, 0, 3];
 * const places = [2, 1, 7, 9];
 * assert.equal(alertLine(scores, places, { allowed: 1, reach: 0 }), 5);
 * assert.equal(alertLine(scores, places, { allowed: 1, reach: 3 }), 4); // 6 and 5 are one alert
 * assert.equal(alertLine(scores, places, { allowed: 2, reach: 3 }), null); // 4 and 3 too
 * ```
 */
export function alertLine(
  scores: ArrayLike<number>,
  candidates: ArrayLike<number>,
  { allowed, reach }: { allowed: number; reach: number },
): number | null {
  const above = new Uint8Array(scores.length);
  let alerts = 0;
  for (let i = 0; i < candidates.length;) {
    const value = scores[candidates[i]];
    // Equal scores rise above the line together.
    for (; i < candidates.length && scores[candidates[i]] === value; i++) {
      alerts += 1 - neighbours(above, candidates[i], reach);
      above[candidates[i]] = 1;
    }
    if (alerts > allowed) return value;
  }
  return null;
}

/** How many alerts the window at `place` belongs to before it counts itself: 2 = it joins them, unless they were one. */
function neighbours(above: Uint8Array, place: number, reach: number): number {
  let before = 0, behind = 0;
  for (let distance = 1; distance <= reach; distance++) {
    if (before === 0 && above[place - distance] === 1) before = distance;
    if (behind === 0 && above[place + distance] === 1) behind = distance;
  }
  if (before === 0 || behind === 0) return before + behind > 0 ? 1 : 0;
  return before + behind <= reach ? 1 : 2;
}

/**
 * The greatest score of each alert that a line raises, in order of time.
 *
 * @param scores In order of time; NaN = not judged.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { alertPeaks } from "./alert_peaks.ts";
 *
 * assert.deepEqual(alertPeaks([0, 5, 6, 0, 0, 0, 0, 4], 1, 3), [6, 4]);
 * assert.deepEqual(alertPeaks([0, 5, 6, 0, 0, 0, 0, 4], 1, 0), [5, 6, 4]);
 * ```
 */
export function alertPeaks(scores: ArrayLike<number>, line: number, reach: number): number[] {
  const peaks: number[] = [];
  let last = -Infinity;
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place];
    if (!(score > line)) continue;
    if (place - last <= reach) peaks[peaks.length - 1] = Math.max(peaks[peaks.length - 1], score);
    else peaks.push(score);
    last = place;
  }
  return peaks;
}
