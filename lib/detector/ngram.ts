/**
 * `ngram`: events that do not follow each other in training.
 *
 * @module
 */
import type { DetectorSnapshot } from "./detector.ts";
import { checkedMeasure, isMeasure, isVocabulary, NextEventDetector } from "./next_event_detector.ts";
import {
  contextKey,
  eachPlace,
  type Followers,
  LONGEST,
  type NgramOptions,
  NgramTable,
} from "./ngram_table.ts";
import type {
  SequenceDetector,
  SequenceFitOptions,
  SequenceKind,
  SequenceMeasure,
} from "./sequence_detector.ts";
import { knownEvents } from "./sequence_training.ts";
import type { SequenceSet } from "./sequence_set.ts";
import { type FieldCheck, isBoolean, isFloats, readSnapshot } from "./snapshot.ts";
import { decodeFloats, encodeFloats } from "./snapshot.ts";

const NAME = "ngram";
const VERSION = 1;
/** Contexts that are kept, the most frequent ones: some 20 bytes each. */
const CONTEXTS = 100_000;

/**
 * Counts what followed the last two events, the last event, and anything at all; see {@linkcode NgramTable}. A table of
 * counts finds most of what an LSTM does, is fitted in milliseconds, and forgets nothing.
 *
 * @see Forrest et al., "A Sense of Self for Unix Processes", IEEE S&P 1996: short sequences of events that a program never showed
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ngram } from "./ngram.ts";
 * import { sequenceSet } from "./sequence_set.ts";
 *
 * const { set } = sequenceSet([["open", "read", "close"], ["open", "close"]], { weights: [80, 20] });
 * const detector = await ngram.fit(set);
 * const swapped = sequenceSet([["open", "read", "close"], ["read", "open", "close"]]).set;
 * const [usual, unusual] = detector.score(swapped);
 * assert(unusual > 3 * usual);
 * assert.deepEqual(detector.expected(swapped, 1), ["open", "close", "read", null]);
 * ```
 */
export const ngram: SequenceKind = {
  name: NAME,
  title: "Events in an order that training hardly showed",
  refits: true,

  fit(training: SequenceSet, options: SequenceFitOptions = {}): Promise<SequenceDetector> {
    return Promise.resolve().then(() => {
      const { vocabulary, sequences } = knownEvents(NAME, training), { whole = true } = options;
      const measure = checkedMeasure(options.measure), counts = new Map<number, Map<number, number>>();
      const reading = { vocabulary: vocabulary.length, whole };
      for (const { events, weight } of sequences) {
        eachPlace(events, reading, (key, event) => {
          let followers = counts.get(key);
          if (!followers) counts.set(key, followers = new Map());
          followers.set(event, (followers.get(event) ?? 0) + weight);
        });
      }
      return detectorOf(vocabulary, new NgramTable(kept(counts), reading), measure);
    });
  },

  restore(snapshot: DetectorSnapshot): Promise<SequenceDetector> {
    return Promise.resolve().then(() => {
      const { vocabulary, whole, measure, contexts } = readSnapshot(snapshot, NAME, VERSION, {
        vocabulary: isVocabulary,
        whole: isBoolean,
        measure: isMeasure,
        contexts: isContexts,
      });
      const reading = { vocabulary: vocabulary.length, whole };
      return detectorOf(vocabulary, new NgramTable(readContexts(contexts, reading), reading), measure);
    });
  },
};

const isContexts: FieldCheck<string[]> = (value): value is string[] =>
  Array.isArray(value) && value.length === LONGEST + 1 && value.every(isFloats);

function detectorOf(
  vocabulary: readonly string[],
  model: NgramTable,
  measure: SequenceMeasure,
): SequenceDetector {
  const save = () => ({
    kind: NAME,
    version: VERSION,
    vocabulary: [...vocabulary],
    whole: model.options.whole,
    measure: { ...measure },
    contexts: saveContexts(model),
  });
  return new NextEventDetector({ kind: NAME, vocabulary, model, measure, save });
}

/** The most frequent contexts, ordered by number; the empty one always is among them. */
function kept(counts: Map<number, Map<number, number>>): Map<number, Followers> {
  const all = [...counts].map(([key, followers]) => [key, followersOf(followers)] as const);
  all.sort(([a, { total: x }], [b, { total: y }]) => (a === 0 ? -1 : b === 0 ? 1 : y - x || a - b));
  return new Map(all.slice(0, CONTEXTS).sort(([a], [b]) => a - b));
}

/** Counts as Float32, so that saving them loses nothing. */
function followersOf(followers: Map<number, number>): Followers {
  const sorted = [...followers].sort(([a], [b]) => a - b);
  const counts = Float32Array.from(sorted, ([, count]) => count);
  return {
    events: Int32Array.from(sorted, ([event]) => event),
    counts,
    total: counts.reduce((sum, count) => sum + count, 0),
  };
}

/** For each length of context: its events, how many followers, and event and count of each. */
function saveContexts({ contexts, options: { vocabulary } }: NgramTable): string[] {
  const numbers: number[][] = Array.from({ length: LONGEST + 1 }, () => []);
  for (const [key, { events, counts }] of contexts) {
    const context = contextEvents(key, vocabulary);
    numbers[context.length].push(...context, events.length);
    events.forEach((event, i) => numbers[context.length].push(event, counts[i]));
  }
  return numbers.map((values) => encodeFloats(Float32Array.from(values)));
}

/** What {@linkcode contextKey} made the number of. */
function contextEvents(key: number, vocabulary: number): number[] {
  const events: number[] = [];
  for (let rest = key; rest > 0; rest = Math.floor(rest / (vocabulary + 2))) {
    events.unshift(rest % (vocabulary + 2) - 1);
  }
  return events;
}

function readContexts(saved: string[], { vocabulary }: NgramOptions): Map<number, Followers> {
  const contexts = new Map<number, Followers>();
  const eventOf = (number: number) => {
    if (Number.isInteger(number) && number >= 0 && number <= vocabulary) return number;
    throw new TypeError(`Cannot restore ${NAME}: the field contexts names the event ${number}`);
  };
  saved.map(decodeFloats).forEach((numbers, length) => {
    for (let at = 0; at < numbers.length;) {
      const context = numbers.subarray(at, at + length).map(eventOf), followers = numbers[at + length];
      at += length + 1;
      if (!(followers > 0) || at + 2 * followers > numbers.length) {
        throw new TypeError(
          `Cannot restore ${NAME}: a context of the field contexts has ${followers} followers`,
        );
      }
      const counts = new Map<number, number>();
      for (const end = at + 2 * followers; at < end; at += 2) {
        counts.set(eventOf(numbers[at]), numbers[at + 1]);
      }
      contexts.set(contextKey(context, vocabulary), followersOf(counts));
    }
  });
  if (contexts.has(0)) return contexts;
  throw new TypeError(`Cannot restore ${NAME}: the field contexts lacks the empty context`);
}
