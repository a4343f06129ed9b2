/**
 * One pass over the bytes of a line: tokens, what each is, and two hashes of their sequence.
 *
 * @module
 */
import * as ascii from "./ascii.ts";
import * as byteClass from "./byte_class.ts";
import { addressEnd } from "./address.ts";
import { dateFollows, digitFollows, isDay, isHalfOfDay, isMonth, isZone, monthFollows } from "./calendar.ts";
import { DigitBlindMemo } from "./digit_blind_memo.ts";
import { DigitSpots } from "./digit_spots.ts";
import { quotedValueEnd } from "./quoted.ts";
import { finishWord, markHash, prefixHash, wordStep } from "./token.ts";
import * as token from "./token.ts";
import { urlEnd } from "./url.ts";
import { isDrive, schemeFollows, WordClassifier } from "./word_classifier.ts";
import * as dateRole from "./word_classifier.ts";

// Own constants are folded into the machine code, imported ones are read at every use: this saves a quarter of the time.
const { APOSTROPHE, ASTERISK, COLON, COMMA, QUOTE } = ascii;
const {
  AT_SIGN,
  BACKSLASH,
  BLANK,
  BYTE_CLASS,
  CAPITAL,
  DIGIT,
  DOT,
  HEX_LETTER,
  PUNCTUATION,
  SLASH,
  WORD_END,
} = byteClass;
const { LITERAL, MARK, PREFIXED, SPACED, VARIABLE, VARIABLE_HASH } = token;
const { DATE_OR_TIME, DAY_NUMBER, FOUR_LONG, NO_DATE, YEAR_NUMBER, ZONE_OFFSET } = dateRole;

/** Tokens of a line at the most; the last one then stands for the rest of the line, as a value. */
export const TOKEN_LIMIT = 256;

/** A word with one of these needs a closer look. */
const ODD = DIGIT | SLASH | AT_SIGN | DOT | BACKSLASH;

/** How far a date has come: not in one, the token before was part of one, this token is part of one. */
const OUTSIDE = 0, BEGUN = 1, INSIDE = 3;

/**
 * Splits a line into tokens, decides which are values, and hashes the sequence in two independent ways, in one pass and
 * without allocating anything. Lines with equal hashes are equal but for their values.
 *
 * Pure: the hashes depend on the bytes alone, so any worker may compute them.
 *
 * @example Values do not count
 * ```ts
 * import assert from "node:assert/strict";
 * import { Lexer } from "./lexer.ts";
 *
 * const lexer = new Lexer();
 * const bytes = new TextEncoder().encode("took 12 ms|took 7 ms");
 * lexer.hash(bytes, 0, 10);
 * const first = lexer.firstHash;
 * lexer.hash(bytes, 11, 20);
 * assert(lexer.firstHash === first);
 * ```
 */
export class Lexer {
  /** The two hashes of the line read last. */
  firstHash = 0;
  secondHash = 0;
  /** Tokens of the line that {@linkcode read} read last. */
  length = 0;
  /** Token `i` is `bytes[starts[i], ends[i])`. */
  readonly starts: Int32Array = new Int32Array(TOKEN_LIMIT);
  readonly ends: Int32Array = new Int32Array(TOKEN_LIMIT);
  readonly kinds: Uint8Array = new Uint8Array(TOKEN_LIMIT);
  readonly hashes: Int32Array = new Int32Array(TOKEN_LIMIT);
  /** Where the value of a PREFIXED token begins. */
  readonly splits: Int32Array = new Int32Array(TOKEN_LIMIT);

  readonly #words = new WordClassifier();
  readonly #spots = new DigitSpots();
  #memo: DigitBlindMemo | null = null; // made by the first `hash`
  #start = 0;
  #date = OUTSIDE;
  /** 1 behind a month, 2 behind its day, 3 behind its year. */
  #monthPart = 0;
  #end = 0;

  /** Hashes `bytes[start, end)`: the hot path. A line that differs from an earlier one in digits only is not scanned again. */
  hash(bytes: Uint8Array, start: number, end: number): void {
    const memo = this.#memo ??= new DigitBlindMemo();
    if (memo.find(bytes, start, end)) {
      this.firstHash = memo.firstHash;
      this.secondHash = memo.secondHash;
      return;
    }
    this.#scan(bytes, start, end, false);
    memo.keep(bytes, start, this.#spots, this.firstHash, this.secondHash);
  }

  /**
   * The memo's answer for `bytes[start, end)`, with its hashes; `null` where it has none: then the line is read, with its tokens,
   * and kept for the next time.
   */
  recall(bytes: Uint8Array, start: number, end: number): DigitBlindMemo | null {
    const memo = this.#memo ??= new DigitBlindMemo();
    if (memo.find(bytes, start, end)) {
      this.firstHash = memo.firstHash;
      this.secondHash = memo.secondHash;
      return memo;
    }
    this.#scan(bytes, start, end, true);
    memo.keep(bytes, start, this.#spots, this.firstHash, this.secondHash);
    return null;
  }

  /** Hashes `bytes[start, end)` and keeps its tokens. */
  read(bytes: Uint8Array, start: number, end: number): void {
    this.#scan(bytes, start, end, true);
  }

  // The readable form: for each token { skip blanks; find its end and kind; mix its hash into both }.
  // One long loop: all but a few hundredths of a known line's time is spent in it, and its state lives in registers.
  #scan(bytes: Uint8Array, start: number, end: number, keep: boolean): void {
    let first = 0x9e3779b9 | 0, second = 0x85ebca6b | 0;
    let at = start, count = 0, quoteEnd = -1, lastDate = -2;
    this.#start = start;
    this.#spots.clear();
    this.#date = OUTSIDE;
    this.#monthPart = 0;
    while (at < end) {
      let from = at, spaced = 0, kind = LITERAL, hash = VARIABLE_HASH;
      if (count === TOKEN_LIMIT - 1) {
        kind = VARIABLE;
        at = end;
      } else if (at < quoteEnd) {
        kind = VARIABLE;
        at = quoteEnd;
        this.#date = OUTSIDE;
      } else {
        let byte = bytes[at], cls = BYTE_CLASS[byte];
        if (cls & BLANK) {
          do at++; while (at < end && BYTE_CLASS[bytes[at]] & BLANK);
          if (at >= end) break;
          byte = bytes[at];
          cls = BYTE_CLASS[byte];
          from = at;
          spaced = SPACED;
        }
        at++;
        if (cls & PUNCTUATION) {
          kind = MARK;
          if ((byte === QUOTE || byte === APOSTROPHE) && from > quoteEnd) {
            quoteEnd = Math.max(quoteEnd, quotedValueEnd(bytes, start, from, end, spaced === 0));
          } else if (byte === ASTERISK) { while (at < end && bytes[at] === ASTERISK) at++; }
          hash = markHash(byte, at - from, spaced);
          if (byte !== COMMA) this.#date = OUTSIDE;
        } else {
          let classes = cls, word = byte + 5381;
          while (at < end && (classes & DIGIT) === 0) {
            const next = bytes[at], nextClass = BYTE_CLASS[next];
            if (nextClass & WORD_END) break;
            classes |= nextClass;
            word = wordStep(word, next);
            at++;
          }
          if ((classes & DIGIT) !== 0) { // a value, most likely: not hashed before that is known
            while (at < end) {
              const nextClass = BYTE_CLASS[bytes[at]];
              if (nextClass & WORD_END) break;
              classes |= nextClass;
              at++;
            }
          }
          if ((classes & ODD) !== 0) {
            const wordEnd = at;
            kind = this.#oddWord(bytes, from, wordEnd, end, classes, spaced);
            at = this.#end;
            if (kind === PREFIXED) {
              hash = prefixHash(bytes, from, this.#words.split);
              if (classes & AT_SIGN) this.#spots.add(bytes, start, from, this.#words.split);
              if (keep) this.splits[count] = this.#words.split;
            } else if (kind !== VARIABLE) {
              hash = at === wordEnd && !(classes & DIGIT) ? word : hashWord(bytes, from, at);
              if (classes & DIGIT) this.#spots.add(bytes, start, from, at);
            }
          } else {
            hash = word;
            if (at < end && bytes[at] === COLON) {
              kind = this.#beforeColon(bytes, from, at, end, classes);
              at = this.#end;
            } else if (at - from <= 3 && cls & CAPITAL) kind = this.#calendarWord(bytes, from, at, end);
            else this.#date = OUTSIDE;
          }
          if (kind === VARIABLE) {
            hash = VARIABLE_HASH;
            if (this.#date === INSIDE && lastDate === count - 1) { // the parts of one date are one token
              if (keep) this.ends[count - 1] = at;
              continue;
            }
            if (this.#date !== OUTSIDE) {
              this.#date = BEGUN;
              lastDate = count;
            }
          } else hash = finishWord(hash, spaced);
        }
      }
      first = Math.imul(first ^ hash, 0x85ebca6b);
      first ^= first >>> 15;
      second = (Math.imul(second, 0x2c1b3c6d) + hash) | 0;
      second ^= second >>> 13;
      if (keep) this.#keep(count, from, at, kind, hash);
      count++;
    }
    this.firstHash = first;
    this.secondHash = second;
    this.length = count;
  }

  #keep(count: number, from: number, end: number, kind: number, hash: number): void {
    this.starts[count] = from;
    this.ends[count] = end;
    this.kinds[count] = kind;
    this.hashes[count] = hash;
  }

  #oddWord(
    bytes: Uint8Array,
    from: number,
    wordEnd: number,
    end: number,
    classes: number,
    spaced: number,
  ): number {
    const words = this.#words, kind = words.classify(bytes, from, wordEnd, end, classes);
    this.#end = words.end;
    const role = kind === VARIABLE ? words.dateRole : NO_DATE;
    if (role & (YEAR_NUMBER | FOUR_LONG) && this.#date !== OUTSIDE) {
      this.#spots.add(bytes, this.#start, from, from + 2);
    }
    if (role) this.#joinDate(bytes, role, words.end, end, spaced);
    else {
      this.#date = OUTSIDE;
      this.#monthPart = 0;
    }
    return kind;
  }

  /** Whether a number goes on with the date before it, begins one, or has nothing to do with one. */
  #joinDate(bytes: Uint8Array, role: number, at: number, end: number, spaced: number): void {
    const part = this.#monthPart;
    const fits = role === DATE_OR_TIME || role === ZONE_OFFSET || (role === DAY_NUMBER && part === 1) ||
      (role === YEAR_NUMBER && (part === 1 || part === 2));
    if (this.#date !== OUTSIDE && spaced && fits) {
      this.#date = INSIDE;
      if (role === DAY_NUMBER) this.#monthPart = 2;
      else if (role === YEAR_NUMBER) this.#monthPart = 3;
    } else {
      this.#monthPart = role === DAY_NUMBER && monthFollows(bytes, at, end) ? 2 : 0;
      this.#date = role === DATE_OR_TIME || this.#monthPart ? BEGUN : OUTSIDE;
    }
  }

  /** A plain word with a colon behind it: scheme of a URL, drive, first group of an address, or a word. */
  #beforeColon(bytes: Uint8Array, from: number, at: number, end: number, classes: number): number {
    this.#date = OUTSIDE;
    this.#end = at;
    if (schemeFollows(bytes, at, end) || (at - from === 1 && isDrive(bytes, at, end))) {
      this.#end = urlEnd(bytes, at, end);
      return VARIABLE;
    }
    if (at - from > 4 || (classes & ~(HEX_LETTER | CAPITAL)) !== 0) return LITERAL;
    const address = addressEnd(bytes, from, end);
    if (address === 0) return LITERAL;
    this.#end = address;
    return VARIABLE;
  }

  /** A capitalised word of up to three letters: month, day of the week, zone, AM or PM, or a word. */
  #calendarWord(bytes: Uint8Array, from: number, at: number, end: number): number {
    const inDate = this.#date !== OUTSIDE;
    this.#date = OUTSIDE;
    if (at - from === 3) {
      if (isMonth(bytes, from)) {
        if (!digitFollows(bytes, at, end) && !inDate) return LITERAL;
        this.#monthPart = 1;
      } else if (!(isDay(bytes, from) ? dateFollows(bytes, at, end) : inDate && isZone(bytes, from))) {
        return LITERAL;
      }
    } else if (!(inDate && at - from === 2 && isHalfOfDay(bytes, from))) return LITERAL;
    this.#date = INSIDE;
    return VARIABLE;
  }
}

function hashWord(bytes: Uint8Array, from: number, end: number): number {
  let hash = bytes[from] + 5381;
  for (let i = from + 1; i < end; i++) hash = wordStep(hash, bytes[i]);
  return hash;
}
