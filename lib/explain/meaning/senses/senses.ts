/**
 * All senses, and those that a message's words tell.
 *
 * @module
 */
import type { Category } from "../category.ts";
import { wordsOf } from "../words.ts";
import { MACHINE } from "./machine.ts";
import { PEOPLE } from "./people.ts";
import { PROGRAMS } from "./programs.ts";
import type { Sense } from "./sense.ts";
import { WAYS } from "./ways.ts";

/** The senses; the first of a category holds where none is told. */
export const SENSES: readonly Sense[] = [...MACHINE, ...WAYS, ...PEOPLE, ...PROGRAMS];

/** Words that a `*` of a cue may stand for. */
const GAP = 4;

/** A cue as stems; `null` = up to {@linkcode GAP} words. */
interface Cue {
  /** Index into {@linkcode SENSES}. */
  sense: number;
  stems: readonly (string | null)[];
}

/** A cue that was found. */
export interface ToldSense {
  /** Index into {@linkcode SENSES}. */
  sense: number;
  /** Words of the cue. */
  length: number;
}

const CUES = cuesByFirstStem();

function cuesByFirstStem(): ReadonlyMap<string, readonly Cue[]> {
  const cues = new Map<string, Cue[]>();
  for (const [sense, { cues: phrases }] of SENSES.entries()) {
    for (const phrase of phrases) {
      const stems = phrase.split(" * ").flatMap((part, i) =>
        i > 0 ? [null, ...wordsOf(part)] : wordsOf(part)
      );
      const first = stems[0]!;
      cues.set(first, [...(cues.get(first) ?? []), { sense, stems }]);
    }
  }
  return cues;
}

/**
 * The cues that occur in a message's words; cues inside of longer ones that were found at the same word are left out.
 *
 * @param words As `wordsOf` gives them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { wordsOf } from "../words.ts";
 * import { SENSES, toldSenses } from "./senses.ts";
 *
 * const [told] = toldSenses(wordsOf("write failed: No space left on device"));
 * assert(SENSES[told.sense].id === "disk-full");
 * ```
 */
export function toldSenses(words: readonly string[]): ToldSense[] {
  const told: ToldSense[] = [];
  for (let at = 0; at < words.length; at++) {
    const here = (CUES.get(words[at]) ?? []).filter(({ stems }) => matches(words, at, stems, 0))
      .map(({ sense, stems }) => ({ sense, length: stems.filter((stem) => stem !== null).length }));
    const longest = Math.max(0, ...here.map(({ length }) => length));
    told.push(...here.filter(({ length }) => length === longest));
  }
  return told;
}

function matches(words: readonly string[], at: number, stems: Cue["stems"], from: number): boolean {
  for (let i = from; i < stems.length; i++, at++) {
    if (stems[i] === null) {
      for (let skipped = 0; skipped <= GAP; skipped++) {
        if (at + skipped < words.length && matches(words, at + skipped, stems, i + 1)) return true;
      }
      return false;
    }
    if (words[at] !== stems[i]) return false;
  }
  return true;
}

/**
 * Whether a category can be an answer: that nothing failed is one only where words of normal work say so. A text of words that
 * nobody knows sounds calm too.
 */
export function canTell(category: Category, text: string): boolean {
  return category !== "none" ||
    toldSenses(wordsOf(text)).some(({ sense }) => SENSES[sense].category === "none");
}

/** The senses of a category, by their index. */
export function sensesOf(category: Category): number[] {
  return SENSES.flatMap((sense, i) => sense.category === category ? [i] : []);
}
