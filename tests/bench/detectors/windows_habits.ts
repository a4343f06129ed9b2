/**
 * What a stream's templates usually do: how often they come, how regularly, and what follows them.
 *
 * @module
 */
import type { Stream } from "./windows_streams.ts";

/** What comes by chance has gaps with a standard deviation of about their mean; what is periodic, below this part of it. */
const REGULAR = 0.5;

/** What is known of a template in the history. */
export interface Habit {
  template: number;
  windows: number;
  mean: number;
  meanPresent: number;
  /** Mean gap between windows with it where gaps are regular, else 0. */
  period: number;
  bytes: number;
}

/** P(follower | template) of pairs in the tested part's chains. */
export function pairsOf({ events }: Stream): Map<string, number> {
  const counts = new Map<string, number>(), totals = new Map<number, number>();
  for (const window of events) {
    const last = new Map<number, number>();
    for (const { chain, template } of window) {
      const before = last.get(chain);
      if (before !== undefined) {
        counts.set(`${before} ${template}`, (counts.get(`${before} ${template}`) ?? 0) + 1);
        totals.set(before, (totals.get(before) ?? 0) + 1);
      }
      last.set(chain, template);
    }
  }
  for (const [pair, count] of counts) {
    const total = totals.get(Number(pair.split(" ")[0]))!;
    if (total < 20) counts.delete(pair);
    else counts.set(pair, count / total);
  }
  return counts;
}

/** What each template of the history does. */
export function habitsOf({ history }: Stream): Habit[] {
  const seen = new Map<number, { at: number[]; events: number; bytes: number }>();
  history.forEach(({ events, facts }, i) => {
    events.templates.forEach((template, j) => {
      const known = seen.get(template) ?? { at: [], events: 0, bytes: 0 };
      known.at.push(i);
      known.events += events.counts[j];
      seen.set(template, known);
    });
    for (
      const { template, greatest } of (facts?.get("quantities") ?? []) as {
        template: number;
        greatest: number;
      }[]
    ) {
      const known = seen.get(template)!;
      known.bytes = Math.max(known.bytes, greatest);
    }
  });
  return Array.from(seen, ([template, { at, events, bytes }]) => {
    const gaps = at.slice(1).map((place, i) => place - at[i]);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    const period = gaps.length >= 10 && deviation < REGULAR * mean ? mean : 0;
    return {
      template,
      windows: at.length,
      mean: events / history.length,
      meanPresent: events / at.length,
      period,
      bytes: at.length >= 10 ? bytes : 0,
    };
  });
}
