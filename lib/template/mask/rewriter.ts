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
  FULL_STOP,
  GREATER,
  LESS,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUESTION,
  QUOTE,
  SEMICOLON,
} from "./ascii.ts";
import type { Lexer } from "./lexer.ts";
import { addressAndPort, AFTER_VALUE, joinedByColons, missingText } from "./compound.ts";
import { LexedLine } from "./lexed_line.ts";
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
/** Marks that a value can stand behind. */
const BEFORE_VALUE = [EQUALS, COLON, COMMA, OPEN_PAREN, OPEN_BRACKET, OPEN_BRACE, LESS, QUOTE, APOSTROPHE];
const decoder = new TextDecoder();
const localhostHashes = [hashOfWord("localhost", 0), hashOfWord("localhost", SPACED)];

/**
 * Rewrites the tokens of a line before anything is learned from it, so that a line with a list, a missing value and a quoted
 * name differs from its siblings in one position instead of three: a quoted value, an empty `()` or `key=`, a list of single
 * words and an immediately repeated unit are one value each, and `null`, `-`, `localhost` are placeholders.
 */
export class Rewriter {
  /** The line rewritten last. */
  readonly tokens: TokenList = new TokenList();
  readonly #line = new LexedLine();

  /** Rewrites `bytes[start, end)`, which `lexer` has just read. */
  rewrite(lexer: Lexer, bytes: Uint8Array, start: number, end: number): TokenList {
    this.#line.begin(lexer, bytes);
    this.tokens.begin(lexer, bytes, start, end);
    for (let i = 0; i < lexer.length;) {
      const took = lexer.kinds[i] === MARK ? this.#mark(i) : this.#joined(i) || this.#placeholder(i);
      i += took || this.#asItIs(i);
    }
    foldRepeats(this.tokens);
    return this.tokens;
  }

  #value(source: number, blanks: number, shown?: string): void {
    this.tokens.push(VARIABLE, VARIABLE_HASH, blanks, { source, shown });
  }

  #asItIs(i: number): number {
    const line = this.#line;
    this.tokens.take(line.kind(i), line.hash(i), line.blanks(i), i, line.mark(i));
    return 1;
  }

  /** What punctuation begins. */
  #mark(i: number): number {
    switch (this.#line.mark(i)) {
      case QUOTE:
      case APOSTROPHE:
        return this.#quoted(i);
      case LESS:
        return this.#masked(i);
      case OPEN_PAREN:
      case OPEN_BRACKET:
      case OPEN_BRACE:
        return this.#compound(i) || this.#brackets(i);
      case EQUALS:
        return this.#emptyAssignment(i);
      case QUESTION:
        return this.#placeholder(i);
      default:
        return 0;
    }
  }

  /** `"<*>"` and `""`. Returns how many tokens it took, as all the rules here do. */
  #quoted(i: number): number {
    const line = this.#line, mark = line.mark(i);
    if (mark !== QUOTE && mark !== APOSTROPHE) return 0;
    const shown = mark === QUOTE ? `"${WILDCARD}"` : `'${WILDCARD}'`;
    if (line.mark(i + 2) === mark && line.kind(i + 1) === VARIABLE) {
      this.#value(i + 1, line.blanks(i), shown);
      return 3;
    }
    if (line.mark(i + 1) !== mark || line.blanks(i + 1)) return 0;
    this.#value(i + 1, line.blanks(i), shown);
    return 2;
  }

  /** `<*>`, `<secret>` in the text itself: masked or redacted before. */
  #masked(i: number): number {
    const line = this.#line;
    if (line.mark(i) !== LESS || line.mark(i + 2) !== GREATER || !line.glued(i, i + 2)) return 0;
    const named = line.kind(i + 1) === LITERAL && redactedHashes.has(line.hash(i + 1));
    if (!named && (line.mark(i + 1) !== ASTERISK || line.bytes(i + 1, i + 1).length !== 1)) return 0;
    this.#value(i, line.blanks(i), WILDCARD);
    return 3;
  }

  /** `()` holds an optional value, `[a, b, c]` one value. */
  #brackets(i: number): number {
    const line = this.#line, mark = line.mark(i);
    if (mark !== OPEN_PAREN && mark !== OPEN_BRACKET && mark !== OPEN_BRACE) return 0;
    const closing = mark === OPEN_PAREN ? CLOSE_PAREN : mark + 2;
    const empty = line.mark(i + 1) === closing;
    const listEnd = empty ? 0 : this.#listEnd(i, closing);
    if (!empty && listEnd === 0) return 0;
    this.#asItIs(i);
    this.#value(i + (empty ? 0 : 1), 0, empty ? "" : WILDCARD);
    return empty ? 1 : listEnd - i;
  }

  /** Where the closing bracket of a list of single words (quoted: of up to four) stands; 0 where it is no list. */
  #listEnd(open: number, closing: number): number {
    const line = this.#line;
    let commas = 0, words = 0, quotes = 0, plain = false;
    for (let i = open + 1; i < line.length; i++) {
      const mark = line.mark(i);
      if (mark === closing) return commas > 0 && words > 0 && plain ? i : 0;
      if (mark === COMMA) {
        if (words === 0) return 0;
        commas++;
        words = 0;
      } else if (mark === QUOTE || mark === APOSTROPHE) quotes++;
      else if (mark !== 0) return 0;
      else {
        if (line.kind(i) !== VARIABLE) plain = true;
        if (++words > (quotes & 1 ? 4 : 1)) return 0;
      }
    }
    return 0;
  }

  /** `key=` with nothing behind it: the next thing is another `key=`, a closing mark or the end. */
  #emptyAssignment(i: number): number {
    const line = this.#line;
    if (line.mark(i) !== EQUALS || i === 0 || line.kind(i - 1) === MARK || line.blanks(i)) return 0;
    this.#asItIs(i);
    const next = line.mark(i + 1);
    const closes = next === CLOSE_PAREN || next === CLOSE_BRACKET || next === CLOSE_BRACE;
    let empty = i + 1 >= line.length || closes;
    if (!empty && line.blanks(i + 1)) {
      empty = line.kind(i + 1) !== MARK && line.mark(i + 2) === EQUALS && !line.blanks(i + 2);
    } else if (!empty) empty = next === COMMA || next === SEMICOLON;
    if (empty) this.#value(i, 0, "");
    return 1;
  }

  /** `(null)`, `[2001:db8::1]:80`. */
  #compound(i: number): number {
    const line = this.#line, missing = missingText(line, i);
    if (missing) {
      const hash = line.hash(i) ^ line.hash(i + 1);
      this.tokens.push(PLACEHOLDER, hash, line.blanks(i), { source: i, shown: "(null)" });
      return missing;
    }
    const length = addressAndPort(line, i);
    if (length > 0) this.#value(i, line.blanks(i), WILDCARD);
    return length;
  }

  /** `=host:80`. */
  #joined(i: number): number {
    const line = this.#line, length = joinedByColons(line, i);
    let varies = false;
    for (let at = i; at < i + length; at++) varies ||= line.kind(at) === VARIABLE;
    if (varies) this.#value(i, line.blanks(i), WILDCARD);
    else if (length > 0) {
      const shown = decoder.decode(line.bytes(i, i + length - 1));
      this.tokens.push(LITERAL, hashOfWord(shown, 0), 0, { source: i, shown });
    }
    return length;
  }

  /** `?`, `localhost:80`, `null`. */
  #placeholder(i: number): number {
    const line = this.#line, hash = line.hash(i), blanks = line.blanks(i);
    if (line.mark(i) === QUESTION && this.#standsAlone(i)) {
      this.tokens.push(PLACEHOLDER, hash, blanks, { source: i });
      return 1;
    }
    if (line.kind(i) !== LITERAL || !placeholderHashes.has(hash)) return 0;
    const port = line.mark(i + 1) === COLON && line.glued(i, i + 2) && line.kind(i + 2) === VARIABLE;
    if (port && localhostHashes.includes(hash)) {
      this.#value(i, blanks, WILDCARD);
      return 3;
    }
    if (i === 0 && line.firstByte(0) !== MINUS) return 0; // else the word that says what happened
    this.tokens.push(PLACEHOLDER, hash, blanks, { source: i });
    return 1;
  }

  /** Whether the mark `i` has a blank or the border of a value on both sides. */
  #standsAlone(i: number): boolean {
    const line = this.#line, next = i + 1;
    if (i > 0 && !line.blanks(i) && !BEFORE_VALUE.includes(line.mark(i - 1))) return false;
    if (next >= line.length || line.blanks(next) > 0 || AFTER_VALUE.includes(line.mark(next))) return true;
    const ends = next + 1 >= line.length || line.blanks(next + 1) > 0;
    return line.mark(next) === COLON ? ends : line.firstByte(next) === FULL_STOP;
  }
}
