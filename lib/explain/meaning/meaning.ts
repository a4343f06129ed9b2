/**
 * What a message means, in plain words.
 *
 * @module
 */
import type { Category } from "./category.ts";
import type { Subject } from "./subject.ts";

/** A message that says nearly the same. */
export interface SimilarMessage {
  /** Template id; of the corpus the name of the software that words it so. */
  source: string;
  text: string;
  /** 0 = no word in common, 1 = the same words. */
  similarity: number;
}

/** What a message means. */
export interface Meaning {
  /** The likeliest category; a guess where {@linkcode known} is false. `none` = reports no failure by itself. */
  category: Category;
  /** How likely the category is, 0–1; calibrated: of messages with .8, eight in ten are right. */
  confidence: number;
  /** Whether it can be told: false = don't know. A `none` that is known means that nothing is reported to have failed. */
  known: boolean;
  /** The sense within the category, such as `disk-full`; empty where it can't be told. */
  sense: string;
  /** A sentence for people, with its subject where that has a name: `There is no space left on a disk: file /var/x`. */
  title: string;
  /** What it is about; `null` where the message doesn't say. */
  subject: Subject | null;
  /** Likely cause, a sentence; empty where it can't be told. */
  cause: string;
  /** First thing to check, a sentence. */
  check: string;
  /** The most similar messages, of those given as known and of our corpus; the most similar first. */
  similar: SimilarMessage[];
}
