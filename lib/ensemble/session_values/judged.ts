/**
 * What the line of a measure says of a session.
 *
 * @module
 */
import type { Measure } from "./measures.ts";
import { type RecentValues, shiftOf } from "./recent.ts";
import { excess, logarithm, middleOne, RUN, type SlotLine } from "./slot_line.ts";

/** A measure that has a line. */
export interface Judged {
  /** Number of its line. */
  place: number;
  line: SlotLine;
  measure: Measure;
  /** Above 1 = beyond the line. */
  excess: number;
  /** By how much the line lies higher now, as a logarithm. */
  shift: number;
  /** What is compared with what: the value, or the middle one of the last ones, and what is usual of it. */
  shown: { value: number; usual: number; isRun: boolean };
}

/**
 * What a line says of a measure; where the last values are known, of them as well: what lasts is anomalous below the line of a
 * single value, in sessions whose own value is high.
 *
 * @param place Number of the line.
 * @param recent The values before this one; `null` = nothing becomes usual.
 */
export function judgedOf(
  measure: Measure,
  place: number,
  { line, recent }: { line: SlotLine; recent: RecentValues | null },
): Judged {
  const value = logarithm(line, measure.value), single = excess(line, value);
  const found = {
    ...{ place, line, measure },
    shift: 0,
    excess: single,
    shown: { value: measure.value, usual: line.usual, isRun: false },
  };
  if (recent === null || single <= 0) return found;
  const { run } = line, middle = run === null ? 0 : middleOne([...recent.last(RUN - 1), measure.value]);
  const lasting = run === null ? 0 : excess(run, logarithm(line, middle));
  const isRun = single <= 1 && lasting > 1;
  if (!isRun && single <= 1) return found;
  const shift = shiftOf(line, recent), judging = isRun ? run! : line;
  return {
    ...{ place, line, measure, shift },
    excess: excess(judging, (isRun ? logarithm(line, middle) : value) - shift),
    shown: isRun ? { value: middle, usual: run!.usual, isRun } : found.shown,
  };
}

/** The excess of the most unusual one; above 1 it tends to 2, so that it can be compared with what else is said of sessions. */
export function scoreOf(judged: readonly Judged[]): number {
  const most = judged.reduce((most, { excess }) => Math.max(most, excess), 0);
  return most > 1 ? 2 - 1 / most : most;
}
