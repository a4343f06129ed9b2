/**
 * How a candidate comes to judge the same windows as the active model.
 *
 * @module
 */
import type { State } from "../../lib/mod.ts";

/**
 * Has a stream's trial go on exactly where its scan stands: the same positions, open windows, births and alerts that still go on.
 *
 * @returns Time from which on both judge, ms: windows that ended by then were judged by the active model alone; `null` = all.
 */
export function seedTrial(stream: string, from: State, to: State): number | null {
  const row = from.stream(stream), windows = from.openWindows(stream);
  if (row === null) return null;
  to.transaction(() => {
    to.putStream(row);
    to.putInputs(stream, from.inputs(stream));
    if (windows !== null) to.putOpenWindows(stream, windows);
    to.learned.putBirths(stream, 0, from.learned.births(stream));
    for (const [template, time] of from.learned.novelties(stream)) {
      to.learned.putNovelty(stream, template, time);
    }
    for (const [part, state] of Object.entries(from.learned.judging(stream))) {
      to.learned.putJudging(stream, part, state);
    }
    for (const alert of from.openAlerts(stream)) to.putAlert(alert);
  });
  return from.lastEnd(stream);
}
