/**
 * What each kind of evidence says of training sessions that the memory doesn't know.
 *
 * @module
 */
import { seededPermutation, seededRandom } from "../../detector/seeded_random.ts";
import type { EventWindow } from "../../feature/event_window.ts";
import { FaultPlanter } from "./faults.ts";
import { KINDS, NEW, RARE, RARE_SHARE, rareScore, RECENT, type SessionMemory } from "./memory.ts";
import type { CalibratedScorer } from "./scorer.ts";
import { groupSessions, memoryOf, type MemoryOptions, RunBlocks, type SessionGroup } from "./training.ts";

/** Faults planted at least. */
const FAULTS = 300;

/** Values of sessions by kind of evidence. */
export interface SessionValues {
  rows: number;
  kinds: number;
  /** Shape [rows × kinds]. */
  values: Float64Array;
}

/** Values of training sessions, and of the same with faults, by memories that don't know them. */
export interface HeldBack {
  /** In order of training: each by a memory of all other blocks of the span. */
  normal: SessionValues;
  /** Sessions with faults. */
  faulty: SessionValues;
  /** What each fault is about, an index into `FAMILIES`. */
  families: Uint8Array;
  /** The later half of the span, as a stream that begins in its middle sees it; `null` where order means nothing. */
  later: SessionValues | null;
}

/** What values are made with. */
export interface HeldBackOptions extends MemoryOptions {
  seed: number;
  adapts: boolean;
  scorers: readonly CalibratedScorer[];
}

/** Values of every kind, for training sessions and planted faults. */
export function heldBack(sessions: readonly EventWindow[], options: HeldBackOptions): HeldBack {
  const total = sessions.length, count = total >= 250 ? 10 : Math.max(2, Math.min(total, 25));
  const blocks = Array.from({ length: count + 1 }, (_, i) => Math.ceil(i * total / count));
  const groups = blocks.slice(0, -1).map((from, i) => groupSessions(sessions.slice(from, blocks[i + 1])));
  const planting = planted(sessions, options.seed), faulty = new Values(options.scorers);
  const normal = new Values(options.scorers), families: number[] = [];
  const runs = new RunBlocks(groups, options.keys);
  for (let block = 0; block < count; block++) {
    const memory = memoryOf(others(groups, block), options, runs.outside(block));
    for (let i = blocks[block]; i < blocks[block + 1]; i++) {
      normal.add(memory, sessions[i], { session: i });
      for (let n = planting.times[i]; n > 0; n--) {
        const { window, family } = planting.planter.plant(sessions[i]);
        faulty.add(memory, window, { besides: i });
        families.push(family);
      }
    }
  }
  const later = options.adapts && total >= 2 * RECENT ? laterHalf(sessions, options) : null;
  return { normal: normal.all(), faulty: faulty.all(), families: Uint8Array.from(families), later };
}

/** Collects values. */
class Values {
  readonly #values: number[] = [];
  readonly #row: Float64Array;

  constructor(readonly scorers: readonly CalibratedScorer[], readonly absorb = false) {
    this.#row = new Float64Array(KINDS.length + scorers.length);
  }

  /** Adds the values of a training session, or of one with a fault: `besides` = the training session that it was made of. */
  add(
    memory: SessionMemory,
    window: EventWindow,
    held: { session: number } | { besides: number },
  ): Float64Array {
    memory.values(window, this.absorb, this.#row);
    this.scorers.forEach((scorer, i) => {
      this.#row[KINDS.length + i] = "session" in held
        ? scorer.heldBack[held.session]
        : scorer.besides(window, held.besides);
    });
    for (let i = 0; i < this.#row.length; i++) this.#values.push(this.#row[i]);
    return this.#row;
  }

  all(): SessionValues {
    const kinds = this.#row.length;
    return { rows: this.#values.length / kinds, kinds, values: Float64Array.from(this.#values) };
  }
}

function* others(groups: readonly SessionGroup[][], block: number): Iterable<SessionGroup> {
  for (let i = 0; i < groups.length; i++) if (i !== block) yield* groups[i];
}

/** Values of the later half where what was judged normal is learned and what many do is absorbed. */
function laterHalf(sessions: readonly EventWindow[], options: HeldBackOptions): SessionValues {
  const half = sessions.length >> 1, memory = memoryOf(groupSessions(sessions.slice(0, half)), options);
  for (const window of sessions.slice(half - RECENT, half)) memory.slide(window);
  const later = new Values(options.scorers, true), rare = rareScore(RARE_SHARE, options.scale);
  for (let i = half; i < sessions.length; i++) {
    const values = later.add(memory, sessions[i], { session: i });
    memory.slide(sessions[i]);
    if (values[RARE] < rare && values[NEW] === 0) memory.learn(sessions[i]);
  }
  return later.all();
}

/** How many faults each session gets. */
function planted(sessions: readonly EventWindow[], seed: number) {
  const random = seededRandom(seed), present = new Map<number, number>();
  for (const { events } of sessions) {
    for (const template of events.templates) present.set(template, (present.get(template) ?? 0) + 1);
  }
  const times = new Uint16Array(sessions.length);
  for (const i of seededPermutation(sessions.length, random).slice(0, FAULTS)) {
    times[i] = Math.max(1, Math.floor(FAULTS / sessions.length));
  }
  return { times, planter: new FaultPlanter(present, random) };
}
