/**
 * Senses: what a message of a category says more exactly, with its likely cause and what to look at first.
 *
 * @module
 */
import type { Category } from "../category.ts";

/** One sense of a category. */
export interface Sense {
  /** Unique, lower case, words joined by `-`. */
  id: string;
  category: Category;
  /** A plain sentence without a full stop. */
  title: string;
  /** Likely cause, a sentence. */
  cause: string;
  /** First thing to check, a sentence. */
  check: string;
  /**
   * Phrases that tell it, in words as people write them; `*` stands for up to four words. The first sense of a category is the
   * one that holds where no phrase does.
   */
  cues: readonly string[];
}

/** The parts of a sense, in the order in which {@linkcode sense} takes them. */
type SenseText = readonly [title: string, cause: string, check: string];

/** A sense, written in short. */
export function sense(
  category: Category,
  id: string,
  [title, cause, check]: SenseText,
  cues: readonly string[],
): Sense {
  return { id, category, title, cause, check, cues };
}
