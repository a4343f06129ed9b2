/**
 * The masked tokens of one line.
 *
 * @module
 */
import { type Lexer, TOKEN_LIMIT } from "./lexer.ts";
import { keyOf } from "./sequence.ts";
import { isPolar, POLAR_WORDS } from "../rule/opposites.ts";
import { DOTTED, LITERAL, NUMBERED, PREFIXED, VARIABLE, WILDCARD, wordHashes } from "./token.ts";

/** A sequence of tokens, be it of a line or of a form. */
export interface Tokens {
  readonly length: number;
  /** Equal for equal sequences. */
  readonly key: number;
  /** Kind of each token, shape [length]. */
  readonly kinds: Uint8Array;
  /** Hash of each token, shape [length]. */
  readonly hashes: Int32Array;
  /** How token `i` is written, values as `<*>`. */
  word(i: number): string;
  /** The words with an opposite that token `i` is or stands for. */
  polarAt(i: number): readonly string[];
}

/** Hashes of the words that have an opposite as they are written. */
const polarHashes = wordHashes(POLAR_WORDS);

/** Words of no token. */
export const NO_WORDS: readonly string[] = [];

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** What {@linkcode TokenList.push} is told about a token beside kind, hash and blanks. */
export interface TokenDetail {
  /** Number of the lexer's token that it was made from. */
  source: number;
  /** How it is written, where that differs from the line's own text. */
  shown?: string;
}

/**
 * The tokens of one line after rewriting: parallel columns, allocated once, overwritten by the next line. Text is decoded
 * only when {@linkcode word} is asked for it.
 */
export class TokenList implements Tokens {
  length = 0;
  readonly kinds: Uint8Array = new Uint8Array(TOKEN_LIMIT * 2);
  readonly hashes: Int32Array = new Int32Array(TOKEN_LIMIT * 2);
  /** Blanks before each token: 0, 1, or 2 for more. */
  readonly blanks: Uint8Array = new Uint8Array(TOKEN_LIMIT * 2);
  /** The byte of a mark, 0 for other tokens. */
  readonly marks: Uint8Array = new Uint8Array(TOKEN_LIMIT * 2);
  /** Repeats that were folded into this token, see `repeats.ts`; 0 = none. */
  readonly repeats: Int32Array = new Int32Array(TOKEN_LIMIT * 2);
  /** The hash of a numbered word but for its number, never 0: `node7`, `node12` and `node<*>` share it; 0 for other tokens. */
  readonly stems: Int32Array = new Int32Array(TOKEN_LIMIT * 2);
  readonly #sources = new Int32Array(TOKEN_LIMIT * 2);
  readonly #shown: (string | undefined)[] = [];
  #lexer: Lexer | null = null;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  #key: number | null = null;
  #text: string | null = null; // the line, where every character is one byte; "" where not

  /** Begins the tokens of `bytes[start, end)` as `lexer` has just read them. */
  begin(lexer: Lexer, bytes: Uint8Array, start: number, end: number): void {
    this.length = 0;
    this.#lexer = lexer;
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#text = null;
    this.#key = null;
  }

  /** The key of the sequence, see `sequence.ts`. */
  get key(): number {
    return this.#key ??= keyOf(this);
  }

  /** Adds a token. */
  push(kind: number, hash: number, blanks: number, { source, shown }: TokenDetail): void {
    this.take(kind, hash, blanks, source, 0);
    this.#shown[this.length - 1] = shown;
  }

  /** Adds the lexer's token `source` as it is written. */
  take(kind: number, hash: number, blanks: number, source: number, mark: number): void {
    const i = this.length++;
    this.kinds[i] = kind;
    this.hashes[i] = hash;
    this.blanks[i] = blanks;
    this.marks[i] = mark;
    this.repeats[i] = 0;
    this.#sources[i] = source;
    this.#shown[i] = undefined;
  }

  /** Copies token `from` over token `to`. */
  move(from: number, to: number): void {
    this.kinds[to] = this.kinds[from];
    this.hashes[to] = this.hashes[from];
    this.blanks[to] = this.blanks[from];
    this.marks[to] = this.marks[from];
    this.repeats[to] = this.repeats[from];
    this.stems[to] = this.stems[from];
    this.#sources[to] = this.#sources[from];
    this.#shown[to] = this.#shown[from];
  }

  /** Makes token `i` something else, alike only to what is equal. */
  become(i: number, kind: number, hash: number, shown: string): void {
    this.kinds[i] = kind;
    this.hashes[i] = hash;
    this.stems[i] = 0;
    this.#shown[i] = shown;
  }

  word(i: number): string {
    const shown = this.#shown[i];
    if (shown !== undefined) return shown;
    if (this.kinds[i] === VARIABLE) return WILDCARD;
    const lexer = this.#lexer!, source = this.#sources[i];
    return this.kinds[i] === PREFIXED
      ? this.#slice(lexer.starts[source], lexer.splits[source]) + WILDCARD
      : this.#slice(lexer.starts[source], lexer.ends[source]);
  }

  polarAt(i: number): readonly string[] {
    const kind = this.kinds[i];
    if (kind !== LITERAL && kind !== DOTTED) return NO_WORDS;
    if (this.#isLowerCase(i) && !polarHashes.has(this.hashes[i])) return NO_WORDS; // most words: nothing is decoded
    const word = this.word(i);
    return isPolar(word) ? [word] : NO_WORDS;
  }

  /** Whether token `i` is written as in the line, in lower-case letters only. */
  #isLowerCase(i: number): boolean {
    const lexer = this.#lexer!, source = this.#sources[i], end = lexer.ends[source], bytes = this.#bytes;
    if (this.#shown[i] !== undefined) return false;
    for (let at = lexer.starts[source]; at < end; at++) if (bytes[at] < 97 || bytes[at] > 122) return false;
    return true;
  }

  /** Fills {@linkcode stems}. */
  findStems(): void {
    for (let i = 0; i < this.length; i++) {
      const kind = this.kinds[i];
      this.stems[i] = kind === PREFIXED || kind === NUMBERED ? this.#stemHash(i) || 1 : 0;
    }
  }

  #stemHash(i: number): number {
    const lexer = this.#lexer!, source = this.#sources[i], start = lexer.starts[source], bytes = this.#bytes;
    let end = this.kinds[i] === PREFIXED ? lexer.splits[source] : lexer.ends[source], hash = 0x811c9dc5;
    while (end > start && isDigit(bytes[end - 1])) end--;
    for (let at = start; at < end; at++) {
      hash = Math.imul(hash ^ (isDigit(bytes[at]) ? 0x30 : bytes[at]), 0x01000193);
    }
    return hash;
  }

  /** One decoding of the whole line serves all its words, unless it holds characters of several bytes. */
  #slice(start: number, end: number): string {
    if (this.#text === null) {
      const text = decoder.decode(this.#bytes.subarray(this.#start, this.#end));
      this.#text = text.length === this.#end - this.#start ? text : "";
    }
    if (this.#text === "") return decoder.decode(this.#bytes.subarray(start, end));
    return this.#text.slice(start - this.#start, end - this.#start);
  }
}

const isDigit = (byte: number) => (byte ^ 0x30) < 10;
