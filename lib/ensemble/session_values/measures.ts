/**
 * The numbers and times of a session that can be judged.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import { DURATION } from "../../template/parameter/kind.ts";
import { GREATEST, type GreatestFact } from "../../window/greatest_fact.ts";
import { TIME_WIDTH, type TimeFact, TIMES } from "../../window/time_fact.ts";

/** What is measured of a session: the same in every session that has it. */
export interface Measured {
  /** The template whose parameter it is, or that a time lies before; -1 = the whole session's duration. */
  readonly template: number;
  /** Name of the parameter; empty for a time. */
  readonly slot: string;
  /** The template that a time has passed since; -1 where it is none. */
  readonly since: number;
}

/** One measured number. */
export interface Measure extends Measured {
  /** Kind of the number, see `VALUE_KINDS`: it says the unit. */
  readonly kind: number;
  readonly value: number;
}

/** Names what is measured, within one run. */
export function measureKey({ template, slot, since }: Measured): string {
  return `${template} ${since} ${slot}`;
}

/**
 * All that is measured of a session: the greatest number of each parameter that was noted, the time that passed before each
 * step's first record since the last step that was there by then, and how long the whole session took.
 *
 * Only first and last times of steps are asked for, so neither the order in which lines came nor what merged matters. Of steps
 * of the same moment each is one that time has passed since.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measuresOf } from "./measures.ts";
 *
 * const events = { templates: Int32Array.of(4, 5), counts: Int32Array.of(1, 1), levels: new Uint8Array(2) };
 * const facts = new Map([["times", [4, 1000, 1000, 5, 3000, 3000]]]); // template, first, last
 * const measures = measuresOf({ start: 1000, end: 3000, lines: 2, events, sequence: null, facts });
 * assert.deepEqual(measures.map(({ template, since, value }) => [template, since, value]), [[5, 4, 2000], [-1, -1, 2000]]);
 * ```
 */
export function measuresOf({ start, end, lines, facts }: EventWindow): Measure[] {
  const measures: Measure[] = [];
  for (const { template, slot, kind, greatest } of (facts?.get(GREATEST) ?? []) as GreatestFact[]) {
    measures.push({ template, slot, since: -1, kind, value: greatest });
  }
  const times = facts?.get(TIMES) as TimeFact | undefined;
  if (times !== undefined) addSteps(times, measures);
  if (lines > 1 && end >= start) {
    measures.push({ template: -1, slot: "", since: -1, kind: DURATION, value: end - start });
  }
  return measures;
}

/** The time before each step. */
function addSteps(times: TimeFact, measures: Measure[]): void {
  for (let at = 0; at < times.length; at += TIME_WIDTH) {
    const first = times[at + 1], before = lastBefore(times, at);
    if (before === -Infinity) continue;
    for (let other = 0; other < times.length; other += TIME_WIDTH) {
      if (other === at || timeBy(times, other, first) !== before) continue;
      const step = { template: times[at], slot: "", since: times[other] };
      measures.push({ ...step, kind: DURATION, value: first - before });
    }
  }
}

/** When another step was last there by the first time of the step at this place. */
function lastBefore(times: TimeFact, at: number): number {
  const first = times[at + 1];
  let latest = -Infinity;
  for (let other = 0; other < times.length; other += TIME_WIDTH) {
    if (other === at) continue;
    const time = timeBy(times, other, first);
    if (time > latest) latest = time;
  }
  return latest;
}

/** When a step was there by then, as far as its first and last time tell; -Infinity = not yet. */
function timeBy(times: TimeFact, at: number, by: number): number {
  return times[at + 2] <= by ? times[at + 2] : times[at + 1] <= by ? times[at + 1] : -Infinity;
}
