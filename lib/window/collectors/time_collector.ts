/**
 * Collects when each step of a session was.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import type { Collector } from "../collector.ts";
import { TIME_WIDTH, type TimeFact, TIMES } from "../time_fact.ts";

/** Templates of a session whose times are noted: those with the least numbers. */
export const MOST_TIMED = 64;

/**
 * Notes the first and last time of each template in a session. Records without a time, and templates that were born behind
 * training, are left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../../record/log_batch.ts";
 * import { TimeCollector } from "./time_collector.ts";
 *
 * const batch = new LogBatch(), collector = new TimeCollector(10);
 * batch.timestamp.set([3000, 1000, 2000]);
 * batch.template.set([5, 5, 4]);
 * let fact = collector.add(undefined, batch, 0);
 * for (const row of [1, 2]) fact = collector.add(fact, batch, row);
 * assert.deepEqual(fact, [4, 2000, 2000, 5, 1000, 3000]);
 * ```
 */
export class TimeCollector implements Collector<TimeFact> {
  readonly name = TIMES;
  readonly inSessions = true;
  readonly inWindows = false;

  /** @param known Number of templates that training knew: theirs are the least numbers. */
  constructor(private readonly known: number) {}

  concerns(template: number): boolean {
    return template < this.known;
  }

  add(fact: TimeFact | undefined, { timestamp, template }: LogBatch, row: number): TimeFact | undefined {
    const time = timestamp[row], own = template[row];
    return Number.isFinite(time) && own < this.known ? noted(fact ?? [], own, time, time) : fact;
  }

  merge(a: TimeFact, b: TimeFact): TimeFact {
    return withAll(a.slice(), b);
  }

  save(fact: TimeFact): unknown {
    return fact;
  }

  load(saved: unknown, renamed?: Int32Array): TimeFact {
    const isTimes = Array.isArray(saved) && saved.length % TIME_WIDTH === 0 && saved.every(Number.isFinite);
    if (!isTimes) {
      throw new TypeError("Cannot restore times: they are not templates with their first and last time");
    }
    return withAll([], saved.map((value, i) => i % TIME_WIDTH === 0 ? renamed?.[value] ?? value : value));
  }
}

function withAll(fact: TimeFact, other: TimeFact): TimeFact {
  for (let i = 0; i < other.length; i += TIME_WIDTH) noted(fact, other[i], other[i + 1], other[i + 2]);
  return fact;
}

/** Puts a template's times in their place; past {@linkcode MOST_TIMED} the template with the greatest number goes. */
function noted(fact: TimeFact, template: number, first: number, last: number): TimeFact {
  let at = fact.length - TIME_WIDTH;
  while (at >= 0 && fact[at] > template) at -= TIME_WIDTH;
  if (at >= 0 && fact[at] === template) {
    if (first < fact[at + 1]) fact[at + 1] = first;
    if (last > fact[at + 2]) fact[at + 2] = last;
    return fact;
  }
  if (at === fact.length - TIME_WIDTH) fact.push(template, first, last);
  else fact.splice(at + TIME_WIDTH, 0, template, first, last);
  if (fact.length > MOST_TIMED * TIME_WIDTH) fact.length = MOST_TIMED * TIME_WIDTH;
  return fact;
}
