/**
 * The tokens of one line as the lexer left them, with the questions that rewriting asks of them.
 *
 * @module
 */
import type { Lexer } from "./lexer.ts";
import { MARK } from "./token.ts";

/** A line and its tokens; valid until the lexer reads the next one. */
export class LexedLine {
  #lexer!: Lexer;
  #bytes!: Uint8Array;

  /** Looks at `bytes`, which `lexer` has just read. */
  begin(lexer: Lexer, bytes: Uint8Array): void {
    this.#lexer = lexer;
    this.#bytes = bytes;
  }

  /** Tokens of the line. */
  get length(): number {
    return this.#lexer.length;
  }

  /** Kind of token `i`. */
  kind(i: number): number {
    return this.#lexer.kinds[i];
  }

  /** Hash of token `i`. */
  hash(i: number): number {
    return this.#lexer.hashes[i];
  }

  /** The byte of the mark `i`; 0 for other tokens and beyond the ends. */
  mark(i: number): number {
    const { kinds, starts, length } = this.#lexer;
    return i >= 0 && i < length && kinds[i] === MARK ? this.#bytes[starts[i]] : 0;
  }

  /** The first byte of token `i`. */
  firstByte(i: number): number {
    return this.#bytes[this.#lexer.starts[i]];
  }

  /** The bytes of the tokens `[from, to]`. */
  bytes(from: number, to: number): Uint8Array {
    return this.#bytes.subarray(this.#lexer.starts[from], this.#lexer.ends[to]);
  }

  /** Blanks before token `i`: 0, 1, or 2 for more. */
  blanks(i: number): number {
    const { starts, ends } = this.#lexer;
    return i > 0 && starts[i] > ends[i - 1] ? Math.min(2, starts[i] - ends[i - 1]) : 0;
  }

  /** Whether the tokens `[from, to]` are there and no blank stands between them. */
  glued(from: number, to: number): boolean {
    if (to >= this.length) return false;
    for (let i = from + 1; i <= to; i++) if (this.blanks(i)) return false;
    return true;
  }
}
