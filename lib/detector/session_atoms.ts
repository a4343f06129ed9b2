/**
 * How many sessions had each event how often: what rare-atom detection looks up.
 *
 * @module
 */
import type { EventCounts } from "../feature/event_window.ts";

/** One event's counts over sessions. */
export interface EventAtoms {
  /** Sessions that had the event. */
  present: number;
  /** Sessions of the count that most of those had. */
  mode: number;
  /** The count that most of those had; the smaller of two. */
  usual: number;
  /** Largest count. */
  largest: number;
  /** Sessions by count. */
  readonly counts: Map<number, number>;
}

/**
 * A memory that only grows. Copies share what neither has changed since.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SessionAtoms } from "./session_atoms.ts";
 *
 * const atoms = new SessionAtoms();
 * atoms.learn({ templates: Int32Array.of(7), counts: Int32Array.of(3), levels: Uint8Array.of(2) }, 5);
 * const copy = atoms.copy();
 * copy.learn({ templates: Int32Array.of(7), counts: Int32Array.of(4), levels: Uint8Array.of(2) });
 * assert.deepEqual([atoms.sessions, atoms.of(7)?.largest, copy.of(7)?.largest], [5, 3, 4]);
 * ```
 */
export class SessionAtoms {
  #sessions = 0;
  #events = new Map<number, EventAtoms>();
  #own = new Set<EventAtoms>();
  #common: number[] | null = null;
  #commonUntil = 0;

  /** Sessions learned. */
  get sessions(): number {
    return this.#sessions;
  }

  /** The events of the sessions learned. */
  events(): IterableIterator<[number, EventAtoms]> {
    return this.#events.entries();
  }

  /** Counts of one event; `undefined` = no session had it. */
  of(template: number): EventAtoms | undefined {
    return this.#events.get(template);
  }

  /** Adds sessions with these counts. */
  learn({ templates, counts }: EventCounts, weight = 1): void {
    this.#sessions += weight;
    for (let i = 0; i < templates.length; i++) {
      const event = this.#changeable(templates[i]), count = counts[i];
      const sessions = (event.counts.get(count) ?? 0) + weight;
      event.counts.set(count, sessions);
      event.present += weight;
      if (sessions > event.mode) [event.mode, event.usual] = [sessions, count];
      if (count > event.largest) event.largest = count;
    }
  }

  /** Events of more than nine in ten sessions: their absence is looked at. Found again after every 50th more sessions. */
  common(): readonly number[] {
    if (this.#common === null || this.#sessions >= this.#commonUntil) {
      this.#common = [];
      for (const [template, { present }] of this.#events) {
        if (present > .9 * this.#sessions) this.#common.push(template);
      }
      this.#commonUntil = this.#sessions + 1 + Math.floor(this.#sessions / 50);
    }
    return this.#common;
  }

  /** Adds an event's counts as they were saved. */
  restore(sessions: number, events: Iterable<[number, Iterable<[number, number]>]>): void {
    this.#sessions = sessions;
    for (const [template, counts] of events) {
      const event: EventAtoms = { present: 0, mode: 0, usual: 0, largest: 0, counts: new Map(counts) };
      for (const [count, sessions] of event.counts) {
        event.present += sessions;
        if (sessions > event.mode) [event.mode, event.usual] = [sessions, count];
        event.largest = Math.max(event.largest, count);
      }
      this.#events.set(template, event);
      this.#own.add(event);
    }
  }

  /** A memory that grows apart from this one. */
  copy(): SessionAtoms {
    const copy = new SessionAtoms();
    copy.#sessions = this.#sessions;
    copy.#events = new Map(this.#events);
    copy.#common = this.#common;
    copy.#commonUntil = this.#commonUntil;
    this.#own = new Set();
    return copy;
  }

  #changeable(template: number): EventAtoms {
    const known = this.#events.get(template);
    if (known !== undefined && this.#own.has(known)) return known;
    const event: EventAtoms = known === undefined
      ? { present: 0, mode: 0, usual: 0, largest: 0, counts: new Map() }
      : { ...known, counts: new Map(known.counts) };
    this.#events.set(template, event);
    this.#own.add(event);
    return event;
  }
}
