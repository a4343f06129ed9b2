/**
 * Templates of lines that are only told apart by length and punctuation.
 *
 * @module
 */
import { outlineText } from "./form.ts";
import { shapeOf } from "./mask/sequence.ts";
import type { TokenList } from "./mask/token_list.ts";
import { WILDCARD } from "./mask/token.ts";

/** The key of all lines whose outline is one too many. */
const REST = 0;

/** Which index each outline has. */
export class Outlines {
  readonly #indices: Map<number, number>;
  readonly #limit: number;

  /**
   * @param limit Outlines told apart at most; all further ones are one.
   * @param saved Key and index, as {@linkcode toJSON} gave them.
   */
  constructor(limit: number, saved: Iterable<[number, number]> = []) {
    this.#limit = limit;
    this.#indices = new Map(saved);
  }

  /** The index of the tokens' outline; a new outline is given the one that `begin` makes for its text. */
  find(tokens: TokenList, begin: (text: string) => number): number {
    const own = shapeOf(tokens, 0),
      key = this.#indices.has(own) || this.#indices.size < this.#limit ? own : REST;
    let index = this.#indices.get(key);
    if (index === undefined) {
      index = begin(key === REST ? WILDCARD : outlineText(tokens));
      this.#indices.set(key, index);
    }
    return index;
  }

  toJSON(): [key: number, index: number][] {
    return [...this.#indices];
  }
}
