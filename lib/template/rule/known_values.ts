/**
 * Words and texts that have been values before.
 *
 * @module
 */
import { WILDCARD } from "../mask/token.ts";

/** Points from which a word is known. */
const KNOWN = 1;

/**
 * Names recur, and so do exception texts: users, topics and `No route to host` learned in one event make two values enough in the
 * next. A merge of three or more values is worth 1 point to each of them, one of two half a point to a word (that two words share
 * a place may be chance) and 1 to a text of several, which is known as it is written, masked values as `<*>`.
 */
export class KnownValues {
  readonly #points: Map<string, number>;
  readonly #limit: number;

  /**
   * @param limit Words at most; the oldest go first.
   * @param points Word and points, as {@linkcode toJSON} gave them.
   */
  constructor(limit: number, points: Iterable<[string, number]> = []) {
    this.#limit = limit;
    this.#points = new Map(points);
  }

  /** Whether the word or text has been a value. */
  has(word: string): boolean {
    return (this.#points.get(word) ?? 0) >= KNOWN;
  }

  /** Takes in the words or texts of one position that was found to vary. */
  learn(words: Iterable<string>): void {
    const distinct = new Set(words), points = distinct.size >= 3 ? 1 : 0.5;
    for (const word of distinct) this.#add(word, word.includes(" ") ? KNOWN : points);
  }

  /** Takes in a word or text that a position took which had been found to vary before: the evidence of a third value. */
  meet(word: string): void {
    this.#add(word, KNOWN);
  }

  #add(word: string, points: number): void {
    if (word === "" || (word.includes(WILDCARD) && !word.includes(" "))) return;
    const sum = (this.#points.get(word) ?? 0) + points;
    this.#points.delete(word); // to the end of the order
    this.#points.set(word, sum);
    if (this.#points.size > this.#limit) this.#forgetOldest();
  }

  /** A tenth at once. */
  #forgetOldest(): void {
    for (const word of this.#points.keys()) {
      if (this.#points.size <= this.#limit * 0.9) break;
      this.#points.delete(word);
    }
  }

  toJSON(): [string, number][] {
    return [...this.#points];
  }
}
