/**
 * What a word with digits, dots, slashes or the like is.
 *
 * @module
 */
import * as ascii from "./ascii.ts";
import * as byteClass from "./byte_class.ts";
import { addressEnd } from "./address.ts";
import { isHostName } from "./host_name.ts";
import * as token from "./token.ts";
import { urlEnd } from "./url.ts";

// Own constants are folded into the machine code, imported ones are read at every use: this saves a quarter of the time.
const {
  AT,
  CLOSE_PAREN,
  COLON,
  COMMA,
  DOLLAR,
  FULL_STOP,
  MINUS,
  PLUS,
  QUESTION,
  REVERSE_SOLIDUS,
  SOLIDUS,
  TILDE,
} = ascii;
const {
  AT_SIGN,
  BACKSLASH,
  BLANK,
  BYTE_CLASS,
  CAPITAL,
  DIGIT,
  DOT,
  HEX_LETTER,
  HYPHEN,
  LETTER,
  OTHER,
  SLASH,
  UNDERSCORE,
} = byteClass;
const { DOTTED, LITERAL, NUMBERED, PREFIXED, VARIABLE } = token;

/** What a number can be in a date: nothing. */
export const NO_DATE = 0;
/** One or two digits: a day behind a month. */
export const DAY_NUMBER = 2;
/** A time or a whole date. */
export const DATE_OR_TIME = 3;
/** Four digits from 1900 to 2099: a year behind a day. */
export const YEAR_NUMBER = 4;
/** `+0200`. */
export const ZONE_OFFSET = 8;
/** Four bytes that are no year. */
export const FOUR_LONG = 16;

const isDigit = (byte: number) => (byte ^ 0x30) < 10;

/** Judges one word; {@linkcode end}, {@linkcode split} and {@linkcode dateRole} say more about the last one judged. */
export class WordClassifier {
  /** Where the token ends: behind or before the end of the word. */
  end = 0;
  /** Where the value of a PREFIXED word begins. */
  split = 0;
  /** What the word can be in a date. */
  dateRole = NO_DATE;

  /**
   * The kind of the word `bytes[start, wordEnd)`.
   *
   * @param limit End of the line: addresses and times go on behind the word.
   * @param classes Union of the word's byte classes.
   */
  classify(bytes: Uint8Array, start: number, wordEnd: number, limit: number, classes: number): number {
    this.dateRole = NO_DATE;
    let end = wordEnd; // without the full stop of a sentence
    if (classes & DOT) { while (end > start && bytes[end - 1] === FULL_STOP) end--; }
    this.end = end === start ? wordEnd : end;
    if (end === start) return LITERAL;
    const length = end - start, beforeColon = end === wordEnd && end < limit && bytes[end] === COLON;
    if (beforeColon && length <= 4 && (classes & ~(DIGIT | HEX_LETTER | CAPITAL)) === 0) {
      const address = addressEnd(bytes, start, limit);
      if (address) return this.#variable(address);
    }
    if (classes & DIGIT && startsWithNumber(bytes, start, end)) {
      return this.#number(bytes, start, end, wordEnd, limit, classes);
    }
    if (classes & AT_SIGN && length > 2 && classes & LETTER) {
      const kind = this.#withAt(bytes, start, end);
      if (kind !== LITERAL) return kind;
    }
    if (schemeFollows(bytes, wordEnd, limit)) return this.#variable(urlEnd(bytes, wordEnd, limit));
    if (classes & SLASH) return this.#path(bytes, start, end, wordEnd, limit, classes);
    if (classes & BACKSLASH) return classes & DIGIT || length > 3 ? VARIABLE : LITERAL;
    if (classes & DIGIT) return this.#withDigits(bytes, start, end, limit, classes);
    if (classes & DOT) return this.#dotted(bytes, start, end, wordEnd, limit, classes);
    return LITERAL;
  }

  #variable(end: number): number {
    this.end = end;
    return VARIABLE;
  }

  /** Number, IPv4 address, date, version, size, with `:digits` groups behind it (time, port). */
  #number(
    bytes: Uint8Array,
    start: number,
    end: number,
    wordEnd: number,
    limit: number,
    classes: number,
  ): number {
    let at = end, colons = 0;
    if (end === wordEnd) {
      for (; at + 1 < limit && bytes[at] === COLON && isDigit(bytes[at + 1]); colons++) {
        at++;
        while (at < limit && BYTE_CLASS[bytes[at]] & (DIGIT | LETTER | DOT | HYPHEN | SLASH | UNDERSCORE)) {
          at++;
        }
        while (bytes[at - 1] === FULL_STOP) at--;
      }
    }
    // 12:30:45,123
    if (colons >= 2 && at + 3 < limit && bytes[at] === COMMA) {
      if (isDigit(bytes[at + 1]) && isDigit(bytes[at + 2]) && isDigit(bytes[at + 3])) at += 4;
    }
    if (colons === 0 && classes & HEX_LETTER && wordEnd < limit && bytes[wordEnd] === COLON) {
      const address = addressEnd(bytes, start, limit);
      if (address) at = address;
    }
    this.dateRole = dateRoleOf(bytes, start, end, classes, colons);
    return this.#variable(at);
  }

  /** `user@host` is a value; `Class@1f2e` keeps the class. */
  #withAt(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    while (bytes[at] !== AT && at < end) at++;
    if (at === start || at + 1 >= end) return LITERAL;
    for (let i = at + 1; i < end; i++) if (!(BYTE_CLASS[bytes[i]] & (DIGIT | HEX_LETTER))) return VARIABLE;
    this.split = at + 1;
    return PREFIXED;
  }

  /** `/a/path`, `/path?query`, `a/b/c`; `and/or` is a word. */
  #path(
    bytes: Uint8Array,
    start: number,
    end: number,
    wordEnd: number,
    limit: number,
    classes: number,
  ): number {
    const length = end - start;
    if (bytes[start] === SOLIDUS && length > 1) {
      const query = end === wordEnd && end + 1 < limit && bytes[end] === QUESTION &&
        (BYTE_CLASS[bytes[end + 1]] & (LETTER | DIGIT)) !== 0;
      return query ? this.#variable(urlEnd(bytes, end, limit)) : VARIABLE;
    }
    let slashes = 0;
    for (let i = start; i < end; i++) if (bytes[i] === SOLIDUS) slashes++;
    return slashes >= 2 || (classes & (DIGIT | DOT) && length > 6) ? VARIABLE : LITERAL;
  }

  /** Hexadecimal, UUID, host, or a word with a number in it. */
  #withDigits(bytes: Uint8Array, start: number, end: number, limit: number, classes: number): number {
    if ((classes & ~(DIGIT | HEX_LETTER | CAPITAL | HYPHEN)) === 0 && end - start >= 6) return VARIABLE;
    if (classes & DOT && isHostName(bytes, start, end)) return this.#variable(portEnd(bytes, end, limit));
    let lastRun = end, digits = 0, runs = 0;
    while (isDigit(bytes[lastRun - 1])) lastRun--;
    const atEnd = end - lastRun;
    for (let i = start, inRun = false; i < lastRun; i++) {
      const digit = isDigit(bytes[i]);
      if (digit) digits++;
      if (digit && !inRun) runs++;
      inRun = digit;
    }
    if (runs === 0) { // one number, at the end
      const before = bytes[lastRun - 1], glued = (BYTE_CLASS[before] & LETTER) !== 0;
      if (atEnd < 3 && glued) return NUMBERED;
      // blk_-123: the sign belongs to the number
      const signed = before === MINUS && lastRun - 1 > start && !(BYTE_CLASS[bytes[lastRun - 2]] & LETTER);
      this.split = signed ? lastRun - 1 : lastRun;
      return PREFIXED;
    }
    if (atEnd > 0) runs++;
    digits += atEnd;
    if (digits <= 2 && (runs === 1 || !(classes & (DOT | HYPHEN | UNDERSCORE)))) return NUMBERED;
    return VARIABLE;
  }

  /** A host name, `name.with.dots:port`, or words joined by dots. */
  #dotted(
    bytes: Uint8Array,
    start: number,
    end: number,
    wordEnd: number,
    limit: number,
    classes: number,
  ): number {
    if (isHostName(bytes, start, end)) return this.#variable(portEnd(bytes, end, limit));
    if (end !== wordEnd || classes & (CAPITAL | UNDERSCORE | OTHER)) return DOTTED;
    const port = portEnd(bytes, end, limit), digits = port - end - 1;
    if (digits < 2 || digits > 5) return DOTTED;
    const ends = port >= limit || BYTE_CLASS[bytes[port]] & BLANK || bytes[port] === COMMA ||
      bytes[port] === CLOSE_PAREN;
    return ends ? this.#variable(port) : DOTTED;
  }
}

/** `12`, `-12`, `+12`, `.5`, `$3`, `~7`, `/3`. */
function startsWithNumber(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  if (isDigit(first)) return true;
  if (start + 1 >= end || !isDigit(bytes[start + 1])) return false;
  return first === MINUS || first === PLUS || first === FULL_STOP || first === DOLLAR || first === TILDE ||
    first === SOLIDUS;
}

function dateRoleOf(bytes: Uint8Array, start: number, end: number, classes: number, colons: number): number {
  const first = bytes[start], second = bytes[start + 1], length = end - start;
  if (colons >= 1 && first !== SOLIDUS) return DATE_OR_TIME;
  if (length <= 2) return DAY_NUMBER;
  if (length === 4) {
    return (first === 0x31 || first === 0x32) && (second === 0x39 || second === 0x30)
      ? YEAR_NUMBER
      : FOUR_LONG;
  }
  if (length >= 8 && length <= 10 && classes & (HYPHEN | SLASH) && !(classes & LETTER)) return DATE_OR_TIME;
  if (length === 5 && (first === PLUS || first === MINUS)) return ZONE_OFFSET;
  return NO_DATE;
}

/** Where `:port` behind a host ends; `end` where there is none. */
function portEnd(bytes: Uint8Array, end: number, limit: number): number {
  let at = end;
  if (at + 1 >= limit || bytes[at] !== COLON || !isDigit(bytes[at + 1])) return end;
  at++;
  while (at < limit && isDigit(bytes[at])) at++;
  return at;
}

/** Whether `://` stands at `at`. */
export const schemeFollows = (bytes: Uint8Array, at: number, end: number): boolean =>
  at + 2 < end && bytes[at] === COLON && bytes[at + 1] === SOLIDUS && bytes[at + 2] === SOLIDUS;

/** `C:\`: whether a one-letter word before the colon at `at` is a drive. */
export const isDrive = (bytes: Uint8Array, at: number, end: number): boolean =>
  at + 1 < end && bytes[at + 1] === REVERSE_SOLIDUS;
