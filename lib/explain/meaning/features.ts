/**
 * What a message is judged by: words, pairs and pieces of words, concepts, codes and cues, hashed.
 *
 * @module
 */
import { codedCategories } from "./codes.ts";
import { conceptsOf } from "./concepts.ts";
import { SENSES, toldSenses } from "./senses/senses.ts";
import { readable, wordsOf } from "./words.ts";

/** Hashed features. */
export const BUCKETS = 12_288;

/** A message as features, sorted by number. */
export interface MessageFeatures {
  /** Shape [n]; below {@linkcode BUCKETS}. */
  ids: Uint32Array;
  /** Shape [n]; their squares sum to 1, but for a message without words. */
  values: Float64Array;
}

/** FNV-1a, 32 bits, over the UTF-16 code units `[from, to)` (G. Fowler, L. C. Noll, K.-P. Vo), finished by one multiply-xor. */
function hashText(text: string, seed = 0x811c9dc5, from = 0, to = text.length): number {
  let hash = seed;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

/** Words that failures are told with. */
const FAILING =
  /error|fail|fatal|exception|refus|denied|unable|cannot|can't|could ?n[o']t|not |invalid|corrupt|panic|abort|killed|missing|lost|reject|illegal|unexpected|exceed|bad |no such|critical|broken|died|dead/i;

/**
 * Weight of each group of features: whole words tell most, pieces help where a word is new, concepts and pairs of them where a
 * wording is; cues and codes are what we know. Held-back software is read alike with cues of 1 to 3,
 * concepts of .35 to .8, pieces of .2 or .3 and codes of 0 to 3.
 */
const GROUPS = {
  ...{ word: 1, pair: 0.5, piece: 0.3, concept: 0.35, concepts: 0.2 },
  ...{ code: 3, cue: 1.5, sense: 1, tone: 1 },
};
/** Where the hash of each kind of feature begins. */
const SEEDS = {
  ...{ word: hashText("word"), pair: hashText("pair"), piece: hashText("piece"), cue: hashText("cue") },
  ...{ concept: hashText("concept"), concepts: hashText("both"), code: hashText("code") },
  ...{
    sense: hashText("sense"),
    tone: hashText("tone"),
    failing: hashText("failing"),
    calm: hashText("calm"),
  },
};
/** Lengths of pieces, with the borders of the word as letters. */
const PIECES = [4, 5];

/** The features of one message while they are found; each counts once, with its largest weight. */
class Found {
  readonly #weights = new Float64Array(BUCKETS);
  readonly #ids: number[] = [];

  /** Adds the feature of a kind that is called `text[from, to)`. */
  add(kind: keyof typeof SEEDS, weight: number, text: string, from = 0, to = text.length): void {
    const id = hashText(text, SEEDS[kind], from, to) % BUCKETS;
    if (this.#weights[id] === 0) this.#ids.push(id);
    if (weight > this.#weights[id]) this.#weights[id] = weight;
  }

  /** The features at length 1, and nothing left of them here. */
  take(): MessageFeatures {
    const ids = Uint32Array.from(this.#ids).sort(),
      values = Float64Array.from(ids, (id) => this.#weights[id]);
    for (const id of ids) this.#weights[id] = 0;
    this.#ids.length = 0;
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
    return { ids, values: values.map((value) => value / length) };
  }
}

const found = new Found();

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
  const words = wordsOf(text);
  for (const [i, word] of words.entries()) {
    found.add("word", GROUPS.word, word);
    if (i > 0) found.add("pair", GROUPS.pair, `${words[i - 1]} ${word}`);
    addPieces(`^${word}$`);
  }
  addConcepts(words);
  for (const category of codedCategories(readable(text))) found.add("code", GROUPS.code, category);
  if (words.length > 0) addCues(words, FAILING.test(readable(text)) ? "failing" : "calm");
  return found.take();
}

function addPieces(word: string): void {
  for (const size of PIECES) {
    for (let at = 0; at + size <= word.length; at++) found.add("piece", GROUPS.piece, word, at, at + size);
  }
}

/** Concepts, and each two of them: a thing and what is said of it, wherever in the message. */
function addConcepts(words: readonly string[]): void {
  const concepts = conceptsOf(words);
  for (const [i, one] of concepts.entries()) {
    found.add("concept", GROUPS.concept, one);
    for (const other of concepts.slice(i + 1)) found.add("concepts", GROUPS.concepts, `${one}+${other}`);
  }
}

/** What the cues say, by category and by sense, and in which tone. */
function addCues(words: readonly string[], tone: "failing" | "calm"): void {
  const strengths = new Map<string, number>();
  for (const { sense, length } of toldSenses(words)) {
    const { category, id } = SENSES[sense];
    if (category === "none" && tone === "failing") continue;
    strengths.set(category, Math.min((strengths.get(category) ?? 0) + length, 4));
    found.add("sense", GROUPS.sense, id);
  }
  for (const [category, strength] of strengths) {
    found.add("cue", GROUPS.cue * strength / 2, category);
    found.add(tone, GROUPS.cue * strength / 4, category);
  }
  found.add("tone", GROUPS.tone, tone);
}
