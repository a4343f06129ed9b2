/**
 * Sessions of a training span, equal ones counted, as memories are made of them.
 *
 * @module
 */
import { ReferenceVectors } from "../../detector/reference_vectors.ts";
import type { SessionKeys } from "../../detector/session_keys.ts";
import type { EventCounts, EventWindow } from "../../feature/event_window.ts";
import { SessionMemory } from "./memory.ts";

/** Sessions with equal counts in equal order. */
export interface SessionGroup {
  window: EventWindow;
  sessions: number;
}

/** Equal sessions, counted, by first appearance. */
export function groupSessions(sessions: readonly EventWindow[]): SessionGroup[] {
  const byOrder = new Map<Int32Array | EventCounts, SessionGroup>();
  for (const window of sessions) {
    const group = byOrder.get(window.sequence ?? window.events);
    if (group === undefined) byOrder.set(window.sequence ?? window.events, { window, sessions: 1 });
    else group.sessions++;
  }
  return [...byOrder.values()];
}

/** How a memory is made. */
export interface MemoryOptions {
  keys: SessionKeys;
  isSevere: (events: EventCounts, i: number) => boolean;
  /** Training sessions in all, on whose scale `rare` is measured. */
  scale: number;
}

/** A memory of these sessions, without recent ones. */
export function memoryOf(
  groups: Iterable<SessionGroup>,
  { keys, isSevere, scale }: MemoryOptions,
): SessionMemory {
  const vectors = new Map<number, number>(), runs = new Set<number>(), events = new Set<number>();
  const distinct: EventCounts[] = [], weighed: SessionGroup[] = [];
  for (const group of groups) {
    const { window, sessions } = group, key = keys.vector(window.events), seen = vectors.get(key);
    if (seen === undefined) distinct.push(window.events);
    vectors.set(key, (seen ?? 0) + sessions);
    for (const run of keys.pairs(window.sequence).keys) runs.add(run);
    for (const run of keys.triples(window.sequence).keys) runs.add(run);
    for (const template of window.events.templates) events.add(template);
    weighed.push(group);
  }
  const known = { vectors, runs, scale, references: new ReferenceVectors(distinct), events };
  const memory = new SessionMemory(known, keys, isSevere);
  for (const { window, sessions } of weighed) memory.atoms.learn(window.events, sessions);
  return memory;
}
