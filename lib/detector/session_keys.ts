/**
 * Numbers that stand for a session's counts and for its neighbouring events, equal in every run.
 *
 * @module
 */
import type { EventCounts, TemplateNames } from "../feature/event_window.ts";

/** Stands before the first and behind the last event of a session. Lesser numbers are events that no template has. */
export const BORDER = -1;

/** The neighbours of a session's events. */
export interface SessionPairs {
  /** A number for each distinct pair, ascending. */
  readonly keys: Float64Array;
  /** First template of each pair, {@linkcode BORDER} before the first event, shape [keys.length]. */
  readonly first: Int32Array;
  /** Second template of each pair, {@linkcode BORDER} behind the last event, shape [keys.length]. */
  readonly second: Int32Array;
}

const NO_PAIRS: SessionPairs = {
  keys: new Float64Array(0),
  first: new Int32Array(0),
  second: new Int32Array(0),
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
 * assert.equal(keys.pairs(Int32Array.of(1, 4, 4)).keys.length, 4); // start 1, 1 4, 4 4, 4 end
 * ```
 */
export class SessionKeys {
  readonly #names: TemplateNames;
  readonly #hashes = new Map<number, number>();
  readonly #vectors = new WeakMap<EventCounts, number>();
  readonly #pairs = new WeakMap<Int32Array, SessionPairs>();

  constructor(names: TemplateNames) {
    this.#names = names;
  }

  /** The key of a session's counts. */
  vector(events: EventCounts): number {
    let key = this.#vectors.get(events);
    if (key === undefined) this.#vectors.set(events, key = this.#vectorKey(events));
    return key;
  }

  /** The distinct neighbours in a session's order; none where the order wasn't kept. */
  pairs(sequence: Int32Array | null): SessionPairs {
    if (sequence === null) return NO_PAIRS;
    let pairs = this.#pairs.get(sequence);
    if (pairs === undefined) this.#pairs.set(sequence, pairs = this.#pairsOf(sequence));
    return pairs;
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

  #pairsOf(sequence: Int32Array): SessionPairs {
    const found = new Map<number, [number, number]>();
    for (let i = 0; i <= sequence.length; i++) {
      const first = i === 0 ? BORDER : sequence[i - 1], second = i === sequence.length ? BORDER : sequence[i];
      const a = this.#hash(first), b = this.#hash(second);
      const key = joined(mixed(a, b), mixed(b ^ 0x41c6ce57, a));
      if (!found.has(key)) found.set(key, [first, second]);
    }
    const keys = Float64Array.from(found.keys()).sort();
    return {
      keys,
      first: Int32Array.from(keys, (key) => found.get(key)![0]),
      second: Int32Array.from(keys, (key) => found.get(key)![1]),
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
