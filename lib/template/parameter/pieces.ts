/**
 * Lines and templates in pieces small enough to be compared.
 *
 * @module
 */
import * as byteClass from "../mask/byte_class.ts";
import type { Lexer } from "../mask/lexer.ts";
import { PREFIXED, VARIABLE } from "../mask/token.ts";

// Own constants are folded into the machine code, imported ones are read at every use.
const { BLANK, BYTE_CLASS, DIGIT, LETTER } = byteClass;

/** Pieces of a line or a template at the most; what stands behind is not looked at. */
export const PIECE_LIMIT = 400;
/** A value of more pieces is taken as one. */
const VALUE_PIECES = 24;

/** A piece of text that stands for itself, is part of what masking took for a value, or is a template's `<*>`. */
export const PLAIN = 0, VALUE = 1, SLOT = 2;

/**
 * Runs of letters, runs of digits and single other bytes: parallel columns, allocated once, overwritten by the next reading.
 */
export class Pieces {
  length = 0;
  /** Piece `i` is `bytes[starts[i], ends[i])`. */
  readonly starts: Int32Array = new Int32Array(PIECE_LIMIT);
  readonly ends: Int32Array = new Int32Array(PIECE_LIMIT);
  /** Equal for equal bytes. */
  readonly hashes: Int32Array = new Int32Array(PIECE_LIMIT);
  /** {@linkcode PLAIN}, {@linkcode VALUE} or {@linkcode SLOT}. */
  readonly roles: Uint8Array = new Uint8Array(PIECE_LIMIT);
  /** Number of the lexer's token that the piece is of; of a template, of the piece itself. */
  readonly tokens: Int32Array = new Int32Array(PIECE_LIMIT);
  /** 1 where the piece is a mark and not a word. */
  readonly marks: Uint8Array = new Uint8Array(PIECE_LIMIT);

  /** The pieces of the line that `lexer` has just read. */
  readLine(lexer: Lexer, bytes: Uint8Array): void {
    this.length = 0;
    for (let token = 0; token < lexer.length && this.length < PIECE_LIMIT; token++) {
      const start = lexer.starts[token], end = lexer.ends[token], kind = lexer.kinds[token];
      if (kind === VARIABLE) this.#value(bytes, start, end, token);
      else if (kind === PREFIXED) {
        this.#split(bytes, start, lexer.splits[token], token, PLAIN);
        this.#value(bytes, lexer.splits[token], end, token);
      } else this.#split(bytes, start, end, token, PLAIN);
    }
  }

  /** The pieces of a template's text: each `<*>` is a {@linkcode SLOT}. */
  readText(bytes: Uint8Array): void {
    this.length = 0;
    let from = 0;
    for (let at = 0; at + 2 < bytes.length; at++) {
      if (bytes[at] !== 0x3c || bytes[at + 1] !== 0x2a || bytes[at + 2] !== 0x3e) continue;
      this.#split(bytes, from, at, -1, PLAIN);
      this.#push(bytes, at, at + 3, -1, SLOT);
      from = at + 3;
      at += 2;
    }
    this.#split(bytes, from, bytes.length, -1, PLAIN);
  }

  #value(bytes: Uint8Array, start: number, end: number, token: number): void {
    const before = this.length;
    this.#split(bytes, start, end, token, VALUE);
    if (this.length - before <= VALUE_PIECES && this.length < PIECE_LIMIT) return;
    this.length = before;
    this.#push(bytes, start, end, token, VALUE);
  }

  #split(bytes: Uint8Array, start: number, end: number, token: number, role: number): void {
    for (let at = start; at < end && this.length < PIECE_LIMIT;) {
      const cls = BYTE_CLASS[bytes[at]], from = at++;
      if (cls & BLANK) continue;
      const run = cls & LETTER ? LETTER : cls & DIGIT;
      if (run) { while (at < end && BYTE_CLASS[bytes[at]] & run) at++; }
      this.#push(bytes, from, at, token, role);
    }
  }

  #push(bytes: Uint8Array, start: number, end: number, token: number, role: number): void {
    if (this.length === PIECE_LIMIT) return;
    const i = this.length++;
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
    this.starts[i] = start;
    this.ends[i] = end;
    this.hashes[i] = hash;
    this.roles[i] = role;
    this.tokens[i] = token < 0 ? i : token;
    this.marks[i] = BYTE_CLASS[bytes[start]] & (LETTER | DIGIT) ? 0 : 1;
  }
}
