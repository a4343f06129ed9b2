/**
 * What a message is judged by: words, pairs of words and pieces of words, hashed.
 *
 * @module
 */
import { SENSES, toldSenses } from "./senses/senses.ts";
import { readable, wordsOf } from "./words.ts";

/** Hashed features. */
export const BUCKETS = 8_192;

/** A message as features, sorted by number. */
export interface MessageFeatures {
  /** Shape [n]; below {@linkcode BUCKETS}. */
  ids: Uint32Array;
  /** Shape [n]; their squares sum to 1, but for a message without words. */
  values: Float64Array;
}

/** FNV-1a, 32 bits, over UTF-16 code units (G. Fowler, L. C. Noll, K.-P. Vo). */
export function hashText(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

/** Words that failures are told with. */
const FAILING =
  /error|fail|fatal|exception|refus|denied|unable|cannot|can't|could ?n[o']t|not |invalid|corrupt|panic|abort|killed|missing|lost|reject|illegal|unexpected|exceed|bad |no such|critical|broken|died|dead/i;

/** Weight of each group of features: whole words tell most, pieces help where a word is new. */
export const GROUPS = { word: 1, pair: 0.5, piece: 0.3, cue: 3, sense: 1.5, tone: 2 };

/**
 * The features of a message.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { featuresOf } from "./features.ts";
 *
 * assert.deepEqual(featuresOf("Disk <*> is full"), featuresOf("disk sda1 is full".replace("sda1", "")));
 * ```
 */
export function featuresOf(text: string): MessageFeatures {
  const words = wordsOf(readable(text)), found = new Map<number, number>();
  const add = (kind: string, name: string, weight: number) => {
    const id = hashText(name, hashText(kind)) % BUCKETS;
    found.set(id, Math.max(found.get(id) ?? 0, weight));
  };
  for (const [i, word] of words.entries()) {
    add("word", word, GROUPS.word);
    if (i > 0) add("pair", `${words[i - 1]} ${word}`, GROUPS.pair);
    const bounded = `^${word}$`;
    for (let size = 4; size <= 5; size++) {
      for (let at = 0; at + size <= bounded.length; at++) {
        add("piece", bounded.slice(at, at + size), GROUPS.piece);
      }
    }
  }
  if (words.length > 0) addCues(words, FAILING.test(readable(text)) ? "failing" : "calm", add);
  return unit(found);
}

/** What the cues say, by category and by sense, and in which tone. */
function addCues(
  words: readonly string[],
  tone: string,
  add: (kind: string, name: string, weight: number) => void,
) {
  const strengths = new Map<string, number>();
  for (const { sense, length } of toldSenses(words)) {
    const { category, id } = SENSES[sense];
    if (category === "none" && tone === "failing") continue;
    strengths.set(category, Math.min((strengths.get(category) ?? 0) + length, 4));
    add("sense", id, GROUPS.sense);
  }
  for (const [category, strength] of strengths) {
    add("cue", category, GROUPS.cue * strength / 2);
    add(tone, category, GROUPS.cue * strength / 4);
  }
  add("tone", tone, GROUPS.tone);
}

function unit(found: Map<number, number>): MessageFeatures {
  const sorted = [...found].sort((a, b) => a[0] - b[0]);
  let sum = 0;
  for (const [, weight] of sorted) sum += weight * weight;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  return {
    ids: Uint32Array.from(sorted, ([id]) => id),
    values: Float64Array.from(sorted, ([, weight]) => weight * scale),
  };
}
