/**
 * How often which event followed which events.
 *
 * @module
 */
import type { NextEventModel, ReadSequence } from "./next_event_detector.ts";

/** What followed one context: events in ascending order of number, and how often each. */
export interface Followers {
  readonly events: Int32Array;
  readonly counts: Float32Array;
  readonly total: number;
}

/** How an {@linkcode NgramTable} reads. */
export interface NgramOptions {
  /** Events that training showed; the number after the last one stands for the borders of a sequence. */
  vocabulary: number;
  whole: boolean;
}

/** Events before the one that is predicted, at most. */
export const LONGEST = 2;
/** Added to every count, so that nothing is impossible. */
const SMOOTHING = .05;
/** A context that was seen less often tells too little; a shorter one is asked. */
const LEAST_SEEN = 20;

/**
 * Probabilities of the next event given the two before it, or fewer where that context was seen less than twenty times:
 * (count + .05) / (total + .05 · events).
 *
 * @see Chen and Goodman, "An empirical study of smoothing techniques for language modeling", 1999, additive smoothing
 * @see Katz, "Estimation of probabilities from sparse data", IEEE ASSP 35, 1987, on falling back on shorter contexts
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { contextKey, NgramTable } from "./ngram_table.ts";
 *
 * // Event 0 was followed by event 1 in all of a hundred cases.
 * const table = new NgramTable(
 *   new Map([
 *     [contextKey([], 2), { events: Int32Array.of(0, 1), counts: Float32Array.of(100, 100), total: 200 }],
 *     [contextKey([0], 2), { events: Int32Array.of(1), counts: Float32Array.of(100), total: 100 }],
 *   ]),
 *   { vocabulary: 2, whole: false },
 * );
 * const [, usual] = table.read(Int32Array.of(0, 1)).surprises, [, unusual] = table.read(Int32Array.of(0, 0)).surprises;
 * assert(usual < .01 && unusual > 7);
 * ```
 */
export class NgramTable implements NextEventModel {
  readonly #border: number;

  constructor(readonly contexts: ReadonlyMap<number, Followers>, readonly options: NgramOptions) {
    this.#border = options.vocabulary;
  }

  read(events: Int32Array): ReadSequence {
    const { length } = events, places = length + 1;
    const surprises = new Float64Array(places), outrankedBy = new Float64Array(places);
    const likeliest = new Int32Array(places).fill(-1);
    const { whole } = this.options;
    for (let i = whole ? 0 : 1; i < (whole ? places : length); i++) {
      const followers = this.#followersOf(events, i), event = i < length ? events[i] : this.#border;
      const at = followers.events.indexOf(event), count = at < 0 ? 0 : followers.counts[at];
      surprises[i] = this.#surprise(count, followers.total);
      outrankedBy[i] = count === 0
        ? Infinity
        : followers.counts.reduce((n, other) => other > count ? n + 1 : n, 0);
      likeliest[i] = commonest(followers);
    }
    return { surprises, outrankedBy, likeliest };
  }

  #surprise(count: number, total: number): number {
    return -Math.log((count + SMOOTHING) / (total + SMOOTHING * (this.#border + 1)));
  }

  /** Followers of the longest context before place `i` that was seen often enough. */
  #followersOf(events: Int32Array, i: number): Followers {
    for (let length = LONGEST; length > 0; length--) {
      const key = keyBefore(events, i, { length, border: this.#border, whole: this.options.whole });
      const followers = key < 0 ? undefined : this.contexts.get(key);
      if (followers && followers.total >= LEAST_SEEN) return followers;
    }
    return this.contexts.get(0)!;
  }
}

/** Number of the context of the `length` events before place `i`; −1 where one of them is unknown, or there are too few. */
function keyBefore(
  events: Int32Array,
  i: number,
  { length, border, whole }: { length: number; border: number; whole: boolean },
): number {
  if (!whole && i < length) return -1;
  let key = 0;
  for (let at = i - length; at < i; at++) {
    const event = at < 0 ? border : events[at];
    if (event < 0) return -1;
    key = key * (border + 2) + event + 1;
  }
  return key;
}

/**
 * Number of a context, 0 for the empty one.
 *
 * @param events Those before the predicted one, in order; the vocabulary's length stands for the border.
 * @param vocabulary How many events training showed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { contextKey } from "./ngram_table.ts";
 *
 * assert.equal(contextKey([], 8), 0);
 * assert.notEqual(contextKey([0, 1], 8), contextKey([1, 0], 8));
 * ```
 */
export function contextKey(events: ArrayLike<number>, vocabulary: number): number {
  let key = 0;
  for (let i = 0; i < events.length; i++) key = key * (vocabulary + 2) + events[i] + 1;
  return key;
}

/**
 * Calls `each` with every context of each place of a sequence, from the empty to the longest one, and the event there.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { eachPlace } from "./ngram_table.ts";
 *
 * const found: number[] = [];
 * eachPlace(Int32Array.of(0, 1), { vocabulary: 2, whole: false }, (_key, event) => found.push(event));
 * assert.deepEqual(found, [0, 1, 1]); // 0 alone; 1 alone and after 0
 * ```
 */
export function eachPlace(
  events: Int32Array,
  { vocabulary, whole }: NgramOptions,
  each: (key: number, event: number) => void,
): void {
  for (let i = 0; i < events.length + (whole ? 1 : 0); i++) {
    const event = i < events.length ? events[i] : vocabulary;
    if (event < 0) continue;
    for (let length = 0; length <= LONGEST; length++) {
      const key = keyBefore(events, i, { length, border: vocabulary, whole });
      if (key >= 0) each(key, event);
    }
  }
}

function commonest({ events, counts }: Followers): number {
  let best = 0;
  for (let i = 1; i < events.length; i++) if (counts[i] > counts[best]) best = i;
  return events[best];
}
