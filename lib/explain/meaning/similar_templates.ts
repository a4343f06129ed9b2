/**
 * Known templates that say nearly the same.
 *
 * @module
 */
import { wordsOf } from "./words.ts";

/** A text that something may be like. */
export interface Candidate {
  id: string;
  text: string;
}

/** A candidate, and how like it is. */
export interface Similar<T extends Candidate = Candidate> {
  candidate: T;
  /** 0 = no word in common, 1 = the same words. */
  similarity: number;
}

/** Which candidates are found. */
export interface SimilarOptions {
  /** Candidates at most. Default 3. */
  limit?: number;
  /** Least similarity. Default 0.3. */
  least?: number;
}

/** Texts that others are compared with; made once for many questions. */
export class SimilarTexts<T extends Candidate = Candidate> {
  readonly #candidates: readonly T[];
  /** Word or pair of words → candidates that have it, and how often any does. */
  readonly #places = new Map<string, number[]>();
  readonly #lengths: Float64Array;

  /** @param candidates Texts, redacted. */
  constructor(candidates: readonly T[]) {
    this.#candidates = candidates;
    const terms = candidates.map(({ text }) => termsOf(text));
    terms.forEach((set, i) => {
      for (const term of set) {
        const places = this.#places.get(term);
        if (places) places.push(i);
        else this.#places.set(term, [i]);
      }
    });
    this.#lengths = Float64Array.from(terms, (set) => this.#length(set));
  }

  /** Candidates like a text, the most similar first; equal ones in the order of the candidates. */
  like(text: string, { limit = 3, least = 0.3 }: SimilarOptions = {}): Similar<T>[] {
    const terms = termsOf(text),
      length = this.#length(terms),
      shared = new Float64Array(this.#lengths.length);
    for (const term of terms) {
      const places = this.#places.get(term);
      if (!places) continue;
      const weight = this.#weight(term) ** 2;
      for (const i of places) shared[i] += weight;
    }
    const found: { i: number; similarity: number }[] = [];
    for (let i = 0; i < shared.length; i++) {
      if (shared[i] === 0) continue;
      const similarity = Math.min(1, shared[i] / (length * this.#lengths[i]));
      if (similarity >= least) found.push({ i, similarity });
    }
    return found.sort((a, b) => b.similarity - a.similarity || a.i - b.i).slice(0, limit)
      .map(({ i, similarity }) => ({ candidate: this.#candidates[i], similarity }));
  }

  /** Inverse document frequency, smoothed: what nearly all have says little. */
  #weight(term: string): number {
    return Math.log1p(this.#candidates.length / (this.#places.get(term)?.length ?? 1));
  }

  #length(terms: ReadonlySet<string>): number {
    let sum = 0;
    for (const term of terms) sum += this.#weight(term) ** 2;
    return Math.sqrt(sum);
  }
}

/** Words and pairs of them. */
function termsOf(text: string): Set<string> {
  const words = wordsOf(text);
  return new Set(words.flatMap((word, i) => i > 0 ? [word, `${words[i - 1]} ${word}`] : [word]));
}

/**
 * Candidates that say nearly what a text says, the most similar first: cosine of their words and pairs of words, each weighed by
 * how rare it is among the candidates (K. Spärck Jones, 1972). For many questions to the same candidates keep a
 * {@linkcode SimilarTexts}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { similarTemplates } from "./similar_templates.ts";
 *
 * const [first] = similarTemplates("cannot write block <*>: disk full", [
 *   { id: "a", text: "user <*> signed in" },
 *   { id: "b", text: "could not write block <*> to <*>: disk is full" },
 * ]);
 * assert.equal(first.candidate.id, "b");
 * ```
 */
export function similarTemplates<T extends Candidate>(
  text: string,
  candidates: readonly T[],
  options: SimilarOptions = {},
): Similar<T>[] {
  return new SimilarTexts(candidates).like(text, options);
}
