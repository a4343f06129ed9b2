/**
 * How far a session's counts are from the nearest of a bounded number of known ones.
 *
 * @module
 */
import type { EventCounts } from "../feature/event_window.ts";
import { eventTotal } from "./recent_sessions.ts";

/** The nearest of the vectors. */
export interface Nearest {
  /** Sum of the differences / the greater of both sums; 1 where there are no vectors. */
  distance: number;
  /** `null` where there are none. */
  events: EventCounts | null;
}

/** Vectors kept at most. */
export const REFERENCES = 800;

/**
 * Distances by an index from events to vectors: what no vector shares with the session costs nothing. A distance is asked for
 * once for each shared object, as the vectors never change.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ReferenceVectors } from "./reference_vectors.ts";
 *
 * const events = (...counts: number[]) => ({
 *   templates: Int32Array.from(counts, (_, i) => i),
 *   counts: Int32Array.from(counts),
 *   levels: new Uint8Array(counts.length),
 * });
 * assert.equal(new ReferenceVectors([events(3, 1), events(9, 9)]).nearest(events(4)).distance, .5);
 * ```
 */
export class ReferenceVectors {
  readonly vectors: readonly EventCounts[];
  readonly #sums: Float64Array;
  readonly #shared: Float64Array;
  readonly #postings = new Map<number, { vectors: Int32Array; counts: Int32Array }>();
  readonly #known = new WeakMap<EventCounts, Nearest>();

  /** @param vectors Distinct counts; those past the first {@linkcode REFERENCES} of them, evenly spread, are left out. */
  constructor(vectors: readonly EventCounts[]) {
    const step = Math.max(1, vectors.length / REFERENCES), length = Math.min(REFERENCES, vectors.length);
    this.vectors = Array.from({ length }, (_, i) => vectors[Math.floor(i * step)]);
    this.#sums = Float64Array.from(this.vectors, eventTotal);
    this.#shared = new Float64Array(length);
    const lists = new Map<number, [number[], number[]]>();
    this.vectors.forEach(({ templates, counts }, vector) => {
      templates.forEach((template, i) => {
        const [vectors, shares] = lists.get(template) ?? [[], []];
        vectors.push(vector);
        shares.push(counts[i]);
        lists.set(template, [vectors, shares]);
      });
    });
    for (const [template, [vectors, counts]] of lists) {
      this.#postings.set(template, { vectors: Int32Array.from(vectors), counts: Int32Array.from(counts) });
    }
  }

  /** The nearest vector; the earlier of two that are equally near. */
  nearest(events: EventCounts): Nearest {
    let nearest = this.#known.get(events);
    if (nearest === undefined) this.#known.set(events, nearest = this.#find(events));
    return nearest;
  }

  // sum |v - u| = sum v + sum u - 2 sum min(v, u), and the last sum needs only what both have.
  #find(events: EventCounts): Nearest {
    const shared = this.#shared.fill(0), sum = eventTotal(events);
    for (let i = 0; i < events.templates.length; i++) {
      const posting = this.#postings.get(events.templates[i]), count = events.counts[i];
      if (posting === undefined) continue;
      const { vectors, counts } = posting;
      for (let j = 0; j < vectors.length; j++) {
        shared[vectors[j]] += count < counts[j] ? count : counts[j];
      }
    }
    let nearest: Nearest = { distance: shared.length === 0 ? 1 : Infinity, events: null };
    for (let j = 0; j < shared.length; j++) {
      const distance = (sum + this.#sums[j] - 2 * shared[j]) / Math.max(sum, this.#sums[j], 1);
      if (distance < nearest.distance) nearest = { distance, events: this.vectors[j] };
    }
    return nearest;
  }
}
