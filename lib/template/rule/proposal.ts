/**
 * What a learning rule is given and what it answers.
 *
 * @module
 */
import type { Form, FormColumns } from "../form.ts";
import type { FormIndex } from "../form_index.ts";
import type { KnownValues } from "./known_values.ts";
import type { Near } from "./near.ts";
import type { WordWeights } from "./word_weights.ts";

/** What has been learned so far. */
export interface Knowledge {
  /** The live forms. */
  forms: FormIndex;
  /** Positions of the judged form in which another live form can agree with it by a word of some weight. */
  shared: number[];
  /** The ones of the judged form's shape that have a word in common with it, see {@linkcode Near}. */
  near: () => readonly Near[];
  /** How telling each word is. */
  words: WordWeights;
  /** Words that have been values. */
  known: KnownValues;
}

/** Forms that are one event, and the form that covers them. */
export interface Proposal {
  /** The rule that found it. */
  rule: string;
  /** Two or more. */
  forms: Form[];
  /** The form that covers them all. */
  columns: FormColumns;
  /** For each position that was found to vary: the words that stood there. */
  values: string[][];
}

/**
 * One reason to take forms for one event: judges a form that has just been added.
 *
 * @param weights Weight of each of its words, shape [form.length].
 */
export type LearningRule = (form: Form, weights: Float64Array, knowledge: Knowledge) => Proposal | null;
