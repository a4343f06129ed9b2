/**
 * One value = one token, whatever its length.
 *
 * @module
 */
import {
  APOSTROPHE,
  ASTERISK,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  COMMA,
  EQUALS,
  GREATER,
  LESS,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUESTION,
  QUOTE,
  SEMICOLON,
} from "./ascii.ts";
import type { Lexer } from "./lexer.ts";
import { PLACEHOLDER_WORDS } from "./placeholder.ts";
import { foldRepeats } from "./repeats.ts";
import {
  hashOfWord,
  LITERAL,
  MARK,
  PLACEHOLDER,
  SPACED,
  VARIABLE,
  VARIABLE_HASH,
  WILDCARD,
  wordHashes,
} from "./token.ts";
import { TokenList } from "./token_list.ts";

const placeholderHashes = wordHashes(PLACEHOLDER_WORDS);
/** What redaction leaves in the place of a secret, see `record/redaction.ts`. */
const redactedHashes = wordHashes([
  ..."secret jwt aws-key private-key email card redacted".split(" "),
]);
const localhostHashes = [hashOfWord("localhost", 0), hashOfWord("localhost", SPACED)];

/**
 * Rewrites the tokens of a line before anything is learned from it, so that a line with a list, a missing value and a quoted
 * name differs from its siblings in one position instead of three: a quoted value, an empty `()` or `key=`, a list of single
 * words and an immediately repeated unit are one value each, and `null`, `-`, `localhost` are placeholders.
 */
export class Rewriter {
  /** The line rewritten last. */
  readonly tokens: TokenList = new TokenList();
  #lexer!: Lexer;
  #bytes!: Uint8Array;

  /** Rewrites `bytes[start, end)`, which `lexer` has just read. */
  rewrite(lexer: Lexer, bytes: Uint8Array, start: number, end: number): TokenList {
    this.#lexer = lexer;
    this.#bytes = bytes;
    this.tokens.begin(lexer, bytes, start, end);
    for (let i = 0; i < lexer.length;) {
      i += this.#quoted(i) || this.#masked(i) || this.#brackets(i) || this.#emptyAssignment(i) ||
        this.#placeholder(i) || this.#asItIs(i);
    }
    foldRepeats(this.tokens);
    return this.tokens;
  }

  /** The byte of the mark `i`; 0 for other tokens and beyond the ends. */
  #mark(i: number): number {
    const { kinds, starts, length } = this.#lexer;
    return i >= 0 && i < length && kinds[i] === MARK ? this.#bytes[starts[i]] : 0;
  }

  #blanks(i: number): number {
    const { starts, ends } = this.#lexer;
    return i > 0 && starts[i] > ends[i - 1] ? Math.min(2, starts[i] - ends[i - 1]) : 0;
  }

  #value(source: number, blanks: number, shown?: string): void {
    this.tokens.push(VARIABLE, VARIABLE_HASH, blanks, { source, shown });
  }

  #asItIs(i: number): number {
    const { kinds, hashes } = this.#lexer;
    this.tokens.push(kinds[i], hashes[i], this.#blanks(i), { source: i, mark: this.#mark(i) });
    return 1;
  }

  /** `"<*>"` and `""`. Returns how many tokens it took, as all the rules here do. */
  #quoted(i: number): number {
    const mark = this.#mark(i);
    if (mark !== QUOTE && mark !== APOSTROPHE) return 0;
    const shown = mark === QUOTE ? `"${WILDCARD}"` : `'${WILDCARD}'`;
    if (this.#mark(i + 2) === mark && this.#lexer.kinds[i + 1] === VARIABLE) {
      this.#value(i + 1, this.#blanks(i), shown);
      return 3;
    }
    if (this.#mark(i + 1) !== mark || this.#blanks(i + 1)) return 0;
    this.#value(i + 1, this.#blanks(i), shown);
    return 2;
  }

  /** `<*>`, `<secret>` in the text itself: masked or redacted before. */
  #masked(i: number): number {
    const { ends, starts, kinds, hashes } = this.#lexer;
    if (this.#mark(i) !== LESS || this.#mark(i + 2) !== GREATER) return 0;
    if (ends[i] !== starts[i + 1] || ends[i + 1] !== starts[i + 2]) return 0;
    const named = kinds[i + 1] === LITERAL && redactedHashes.has(hashes[i + 1]);
    if (!named && (this.#mark(i + 1) !== ASTERISK || ends[i + 1] - starts[i + 1] !== 1)) return 0;
    this.#value(i, this.#blanks(i), WILDCARD);
    return 3;
  }

  /** `()` holds an optional value, `[a, b, c]` one value. */
  #brackets(i: number): number {
    const mark = this.#mark(i);
    if (mark !== OPEN_PAREN && mark !== OPEN_BRACKET && mark !== OPEN_BRACE) return 0;
    const closing = mark === OPEN_PAREN ? CLOSE_PAREN : mark + 2;
    const empty = this.#mark(i + 1) === closing;
    const listEnd = empty ? 0 : this.#listEnd(i, closing);
    if (!empty && listEnd === 0) return 0;
    this.#asItIs(i);
    this.#value(i + (empty ? 0 : 1), 0, empty ? "" : WILDCARD);
    return empty ? 1 : listEnd - i;
  }

  /** Where the closing bracket of a list of single words (quoted: of up to four) stands; 0 where it is no list. */
  #listEnd(open: number, closing: number): number {
    const { kinds, length } = this.#lexer;
    let commas = 0, words = 0, quotes = 0, plain = false;
    for (let i = open + 1; i < length; i++) {
      const mark = this.#mark(i);
      if (mark === closing) return commas > 0 && words > 0 && plain ? i : 0;
      if (mark === COMMA) {
        if (words === 0) return 0;
        commas++;
        words = 0;
      } else if (mark === QUOTE || mark === APOSTROPHE) quotes++;
      else if (mark !== 0) return 0;
      else {
        if (kinds[i] !== VARIABLE) plain = true;
        if (++words > (quotes & 1 ? 4 : 1)) return 0;
      }
    }
    return 0;
  }

  /** `key=` with nothing behind it: the next thing is another `key=`, a closing mark or the end. */
  #emptyAssignment(i: number): number {
    const { kinds, length } = this.#lexer;
    if (this.#mark(i) !== EQUALS || i === 0 || kinds[i - 1] === MARK || this.#blanks(i)) return 0;
    this.#asItIs(i);
    const next = this.#mark(i + 1);
    const closes = next === CLOSE_PAREN || next === CLOSE_BRACKET || next === CLOSE_BRACE;
    let empty = i + 1 >= length || closes;
    if (!empty && this.#blanks(i + 1)) {
      empty = kinds[i + 1] !== MARK && this.#mark(i + 2) === EQUALS && !this.#blanks(i + 2);
    } else if (!empty) empty = next === COMMA || next === SEMICOLON;
    if (empty) this.#value(i, 0, "");
    return 1;
  }

  /** `?`, `localhost:80`, `null`. */
  #placeholder(i: number): number {
    const { kinds, hashes, length } = this.#lexer, hash = hashes[i], blanks = this.#blanks(i);
    if (this.#mark(i) === QUESTION && this.#standsAlone(i)) {
      this.tokens.push(PLACEHOLDER, hash, blanks, { source: i });
      return 1;
    }
    if (kinds[i] !== LITERAL || !placeholderHashes.has(hash)) return 0;
    const port = i + 2 < length && this.#mark(i + 1) === COLON && !this.#blanks(i + 1) &&
      kinds[i + 2] === VARIABLE && !this.#blanks(i + 2);
    if (port && localhostHashes.includes(hash)) {
      this.#value(i, blanks, WILDCARD);
      return 3;
    }
    if (i === 0) return 0;
    this.tokens.push(PLACEHOLDER, hash, blanks, { source: i });
    return 1;
  }

  #standsAlone(i: number): boolean {
    const before = this.#mark(i - 1), after = this.#mark(i + 1), length = this.#lexer.length;
    const begins = i === 0 || this.#blanks(i) > 0 || before === EQUALS || before === COLON;
    const ends = i + 1 >= length || this.#blanks(i + 1) > 0 || after === COMMA || after === CLOSE_PAREN ||
      (after === COLON && (i + 2 >= length || this.#blanks(i + 2) > 0));
    return begins && ends;
  }
}
