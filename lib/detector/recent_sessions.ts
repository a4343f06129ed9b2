/**
 * The last sessions: what many of them do is usual now, whatever training knew.
 *
 * @module
 */
import type { EventCounts } from "../feature/event_window.ts";

/** A session remembered. */
export interface RecentSession {
  events: EventCounts;
  sequence: Int32Array | null;
  /** As `SessionKeys` numbers its counts. */
  key: number;
  /** Runs of its events that {@linkcode RecentSessions.withRun} counts; default none. */
  runs?: readonly number[];
}

/** Events of a session. */
export function eventTotal({ counts }: EventCounts): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i];
  return sum;
}

/** How often a session had an event. */
export function countOf({ templates, counts }: EventCounts, template: number): number {
  let low = 0, high = templates.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1, found = templates[middle];
    if (found === template) return counts[middle];
    if (found < template) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

/**
 * A ring of the last sessions, whatever was decided on them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { RecentSessions } from "./recent_sessions.ts";
 *
 * const recent = new RecentSessions(2);
 * const events = { templates: Int32Array.of(7), counts: Int32Array.of(3), levels: Uint8Array.of(2) };
 * for (let i = 0; i < 3; i++) recent.add({ events, sequence: null, key: 1 });
 * assert.deepEqual([recent.length, recent.having(7), recent.having(7, 2)], [2, 2, 0]);
 * ```
 */
export class RecentSessions {
  readonly #sessions: RecentSession[] = [];
  readonly #events = new Map<number, { present: number; counts: Map<number, number> }>();
  readonly #runs = new Map<number, number>(); // sessions by run
  #next = 0;

  /** @param size Sessions held at most. */
  constructor(readonly size: number) {}

  get length(): number {
    return this.#sessions.length;
  }

  /** Adds a session; the oldest goes where there are too many. */
  add(session: RecentSession): void {
    const oldest = this.#sessions[this.#next];
    if (oldest !== undefined) this.#note(oldest, -1);
    this.#note(session, 1);
    this.#sessions[this.#next] = session;
    this.#next = (this.#next + 1) % this.size;
  }

  /** Sessions with an event, or with it exactly so often. */
  having(template: number, count?: number): number {
    const event = this.#events.get(template);
    return count === undefined ? event?.present ?? 0 : event?.counts.get(count) ?? 0;
  }

  /** Sessions with an event at least so often. */
  reaching(template: number, count: number): number {
    let sessions = 0;
    for (const [other, having] of this.#events.get(template)?.counts ?? []) {
      if (other >= count) sessions += having;
    }
    return sessions;
  }

  /** Sessions of the count (0 too) that most have of an event. */
  mode(template: number): number {
    const event = this.#events.get(template);
    if (event === undefined) return this.length;
    let mode = this.length - event.present;
    for (const sessions of event.counts.values()) if (sessions > mode) mode = sessions;
    return mode;
  }

  /** Sessions with equal counts. */
  equal(key: number): number {
    let count = 0;
    for (let i = 0; i < this.#sessions.length; i++) if (this.#sessions[i].key === key) count++;
    return count;
  }

  /** Sessions that were added with this run. */
  withRun(run: number): number {
    return this.#runs.get(run) ?? 0;
  }

  /** Sum of the differences of counts from the k-th nearest session (k from 1) / the session's own sum. */
  distance(events: EventCounts, k: number): number {
    const sum = eventTotal(events), apart = new Float64Array(this.length);
    this.#sessions.forEach((session, i) => {
      let shared = 0;
      for (let j = 0; j < events.templates.length; j++) {
        shared += Math.min(events.counts[j], countOf(session.events, events.templates[j]));
      }
      apart[i] = sum + eventTotal(session.events) - 2 * shared;
    });
    return apart.sort()[Math.min(k, this.length) - 1] / Math.max(1, sum);
  }

  /** The sessions, oldest first. */
  sessions(): RecentSession[] {
    return [...this.#sessions.slice(this.#next), ...this.#sessions.slice(0, this.#next)];
  }

  /** A ring that goes on apart from this one. */
  copy(): RecentSessions {
    const copy = new RecentSessions(this.size);
    for (const session of this.sessions()) copy.add(session);
    return copy;
  }

  #note({ events: { templates, counts }, runs = [] }: RecentSession, change: 1 | -1): void {
    for (const run of runs) {
      const sessions = this.withRun(run) + change;
      if (sessions > 0) this.#runs.set(run, sessions);
      else this.#runs.delete(run);
    }
    for (let i = 0; i < templates.length; i++) {
      let event = this.#events.get(templates[i]);
      if (event === undefined) this.#events.set(templates[i], event = { present: 0, counts: new Map() });
      event.present += change;
      const sessions = (event.counts.get(counts[i]) ?? 0) + change;
      if (sessions > 0) event.counts.set(counts[i], sessions);
      else event.counts.delete(counts[i]);
      if (event.present === 0) this.#events.delete(templates[i]);
    }
  }
}
