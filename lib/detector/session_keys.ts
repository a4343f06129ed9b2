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
  /** Where in the session's order each first begins; -1 = with the border before the first event. Shape [keys.length]. */
  readonly places: Int32Array;
  /** How often each occurs, shape [keys.length]. */
  readonly times: Int32Array;
  /** Runs in all. */
  readonly total: number;
}

const NO_RUNS: EventRuns = {
  keys: new Float64Array(0),
  places: new Int32Array(0),
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
    const found = new Map<number, [place: number, times: number]>();
    const at = (i: number) => this.#hash(i < 0 || i >= sequence.length ? BORDER : sequence[i]);
    const total = Math.max(1, sequence.length + 3 - length);
    for (let place = -1; place < total - 1; place++) {
      let low = length, high = ~length;
      for (let i = place; i < place + length; i++) [low, high] = [mixed(low, at(i)), mixed(at(i), high)];
      const key = joined(low, high), known = found.get(key);
      if (known === undefined) found.set(key, [place, 1]);
      else known[1]++;
    }
    const keys = Float64Array.from(found.keys()).sort();
    return {
      keys,
      places: Int32Array.from(keys, (key) => found.get(key)![0]),
      times: Int32Array.from(keys, (key) => found.get(key)![1]),
      total,
    };
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
