/**
 * Numbers that stand for a session's counts and for its neighbouring events, equal in every run.
 *
 * @module
 */
import type { EventCounts, TemplateNames } from "../feature/event_window.ts";

/** Stands before the first and behind the last event of a session. Lesser numbers are events that no template has. */
export const BORDER = -1;

/** Runs of neighbouring events in a session's order, its borders included. */
export interface EventRuns {
  /** A number for each distinct run, ascending. */
  readonly keys: Float64Array;
  /** How often each occurs, shape [keys.length]. */
  readonly times: Int32Array;
  /** Runs in all. */
  readonly total: number;
}

const NO_RUNS: EventRuns = {
  keys: new Float64Array(0),
  times: new Int32Array(0),
  total: 0,
};

/**
 * Keys of 53 bits made from templates' ids, so that what is remembered by them holds in later runs, where templates have other
 * numbers. Each shared object is looked at once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SessionKeys } from "./session_keys.ts";
 *
 * const keys = new SessionKeys({ id: (i) => `T${i}`, text: String, severity: () => 0, indexOf: Number });
 * const events = { templates: Int32Array.of(1, 4), counts: Int32Array.of(1, 2), levels: new Uint8Array(2) };
 * assert.equal(keys.vector(events), keys.vector({ ...events }));
 * assert.equal(keys.pairs(Int32Array.of(1, 4, 4)).total, 4); // start 1, 1 4, 4 4, 4 end
 * ```
 */
export class SessionKeys {
  readonly #names: TemplateNames;
  readonly #hashes = new Map<number, number>();
  readonly #vectors = new WeakMap<EventCounts, number>();
  readonly #pairs = new WeakMap<Int32Array, EventRuns>();
  readonly #triples = new WeakMap<Int32Array, EventRuns>();

  constructor(names: TemplateNames) {
    this.#names = names;
  }

  /** The key of a session's counts. */
  vector(events: EventCounts): number {
    let key = this.#vectors.get(events);
    if (key === undefined) this.#vectors.set(events, key = this.#vectorKey(events));
    return key;
  }

  /** Pairs of neighbours in a session's order; none where the order wasn't kept. */
  pairs(sequence: Int32Array | null): EventRuns {
    return this.#runs(sequence, 2, this.#pairs);
  }

  /** Runs of three. */
  triples(sequence: Int32Array | null): EventRuns {
    return this.#runs(sequence, 3, this.#triples);
  }

  #runs(sequence: Int32Array | null, length: number, known: WeakMap<Int32Array, EventRuns>): EventRuns {
    if (sequence === null) return NO_RUNS;
    let runs = known.get(sequence);
    if (runs === undefined) known.set(sequence, runs = this.#runsOf(sequence, length));
    return runs;
  }

  #vectorKey({ templates, counts }: EventCounts): number {
    // The sum over templates doesn't depend on their order, which is another in another run.
    let low = 0, high = 0;
    for (let i = 0; i < templates.length; i++) {
      const hash = mixed(this.#hash(templates[i]), counts[i]);
      low = (low + hash) | 0;
      high = (high + mixed(hash, 0x5f356495)) | 0;
    }
    return joined(low, high);
  }

  #runsOf(sequence: Int32Array, length: number): EventRuns {
    const sorted = this.inOrder(sequence, length).sort(), keys = new Float64Array(sorted.length);
    const times = new Int32Array(sorted.length);
    let distinct = 0;
    for (let i = 0; i < sorted.length; i++) {
      if (i > 0 && sorted[i] === sorted[i - 1]) times[distinct - 1]++;
      else {
        keys[distinct] = sorted[i];
        times[distinct++] = 1;
      }
    }
    return { keys: keys.slice(0, distinct), times: times.slice(0, distinct), total: sorted.length };
  }

  /** The key of each run by its place: the first begins with the border before the first event. */
  inOrder(sequence: Int32Array, length: number): Float64Array {
    const hashes = new Int32Array(Math.max(sequence.length + 2, length)).fill(this.#hash(BORDER));
    for (let i = 0; i < sequence.length; i++) hashes[i + 1] = this.#hash(sequence[i]);
    const keys = new Float64Array(hashes.length - length + 1);
    for (let place = 0; place < keys.length; place++) {
      let low = length, high = ~length;
      for (let i = place; i < place + length; i++) {
        low = mixed(low, hashes[i]);
        high = mixed(hashes[i], high);
      }
      keys[place] = joined(low, high);
    }
    return keys;
  }

  #hash(template: number): number {
    let hash = this.#hashes.get(template);
    if (hash === undefined) {
      const name = template < 0 ? `\0${template}` : this.#names.id(template);
      this.#hashes.set(template, hash = textHash(name));
    }
    return hash;
  }
}

/** FNV-1a over UTF-16 units, 32 bits. */
function textHash(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash, text.length);
}

/** 32 bits that depend on all bits of both (the last steps of MurmurHash3). */
function mixed(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b + 0x9e3779b9, 0x85ebca6b), 0xcc9e2d51);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** A whole number of 53 bits. */
function joined(low: number, high: number): number {
  return 4294967296 * (high & 0x1fffff) + (low >>> 0);
}
