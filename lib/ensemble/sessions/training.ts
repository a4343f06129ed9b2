/**
 * Sessions of a training span, equal ones counted, as memories are made of them.
 *
 * @module
 */
import { ReferenceVectors } from "../../detector/reference_vectors.ts";
import type { SessionKeys } from "../../detector/session_keys.ts";
import type { EventCounts, EventWindow } from "../../feature/event_window.ts";
import type { KnownRuns } from "./foreign_runs.ts";
import { SessionMemory } from "./memory.ts";

/** Level class of warnings. */
const WARN = 3;

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

/** A memory of these sessions, without recent ones; `runs` = those of their orders, where they are known already. */
export function memoryOf(
  groups: Iterable<SessionGroup>,
  { keys, isSevere, scale }: MemoryOptions,
  runs?: KnownRuns,
): SessionMemory {
  const vectors = new Map<number, number>(), events = new Set<number>();
  const distinct: EventCounts[] = [], all = [...groups];
  let speaks = false;
  for (const { window, sessions } of all) {
    const key = keys.vector(window.events), seen = vectors.get(key);
    if (seen === undefined) distinct.push(window.events);
    vectors.set(key, (seen ?? 0) + sessions);
    for (const template of window.events.templates) events.add(template);
    speaks ||= window.events.levels.some((level, i) => level >= WARN || isSevere(window.events, i));
  }
  const known = {
    vectors,
    runs: runs ?? runsOf(all, keys),
    scale,
    references: new ReferenceVectors(distinct),
    speaks,
    events,
  };
  const memory = new SessionMemory(known, keys, isSevere);
  for (const { window, sessions } of all) memory.atoms.learn(window.events, sessions);
  return memory;
}

function runsOf(groups: readonly SessionGroup[], keys: SessionKeys): Set<number> {
  const runs = new Set<number>();
  for (const { window: { sequence } } of groups) {
    for (const run of keys.pairs(sequence).keys) runs.add(run);
    for (const run of keys.triples(sequence).keys) runs.add(run);
  }
  return runs;
}

/** Which runs occur outside one block of sessions: found for all blocks in one pass. */
export class RunBlocks {
  readonly #blocks = new Map<number, number>(); // run → the only block that has it, or -1

  constructor(groups: readonly (readonly SessionGroup[])[], keys: SessionKeys) {
    groups.forEach((block, i) => {
      for (const run of runsOf(block, keys)) this.#blocks.set(run, this.#blocks.has(run) ? -1 : i);
    });
  }

  /** The runs of all blocks but one. */
  outside(block: number): KnownRuns {
    const blocks = this.#blocks;
    return {
      has: (run) => (blocks.get(run) ?? block) !== block,
      *[Symbol.iterator]() {
        for (const [run, only] of blocks) if (only !== block) yield run;
      },
    };
  }
}
