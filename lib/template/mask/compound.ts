/**
 * Values that punctuation is part of.
 *
 * @module
 */
import {
  APOSTROPHE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  COMMA,
  EQUALS,
  GREATER,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUOTE,
  SEMICOLON,
} from "./ascii.ts";
import type { LexedLine } from "./lexed_line.ts";
import { LITERAL, MARK, NUMBERED, PREFIXED, VARIABLE, wordHashes } from "./token.ts";

/** Marks that a value can stand before. */
export const AFTER_VALUE: readonly number[] = [
  ...[COMMA, SEMICOLON, CLOSE_PAREN, CLOSE_BRACKET, CLOSE_BRACE, GREATER, QUOTE, APOSTROPHE],
];
/** Digits of a port. */
const PORT_LEAST = 2, PORT_MOST = 5;

const missingHashes = wordHashes(["null", "nil", "none"]);

/** How many tokens `(null)` takes at `i`, which is how C writes a missing text; 0 where it does not stand there. */
export function missingText(line: LexedLine, i: number): number {
  if (line.mark(i) !== OPEN_PAREN || line.mark(i + 2) !== CLOSE_PAREN || line.kind(i + 1) !== LITERAL) {
    return 0;
  }
  return missingHashes.has(line.hash(i + 1)) ? 3 : 0;
}

/** How many tokens `[2001:db8::1]:80` takes at `i`; 0 where it does not stand there. */
export function addressAndPort(line: LexedLine, i: number): number {
  if (line.mark(i) !== OPEN_BRACKET || line.mark(i + 2) !== CLOSE_BRACKET || line.mark(i + 3) !== COLON) {
    return 0;
  }
  if (!line.glued(i, i + 4) || line.kind(i + 1) !== VARIABLE || line.kind(i + 4) !== VARIABLE) return 0;
  return line.bytes(i + 1, i + 1).includes(COLON) ? 5 : 0;
}

/**
 * How many tokens one value takes at `i` whose parts are joined by colons; 0 where there is none: whatever is assigned goes on over
 * them (`=host:80`, `=name:part`), and a numbered name with a port is an address (`node7:80`).
 */
export function joinedByColons(line: LexedLine, i: number): number {
  if (line.mark(i + 1) !== COLON) return 0; // most words: nothing more is asked
  const kind = line.kind(i), assigned = line.mark(i - 1) === EQUALS && !line.blanks(i);
  if (kind === MARK || (!assigned && !(isNumberedName(line, i) && hasPort(line, i + 2)))) return 0;
  let last = i;
  while (line.mark(last + 1) === COLON && line.glued(last, last + 2) && line.kind(last + 2) !== MARK) {
    last += 2;
  }
  return last > i && (assigned || last === i + 2) && endsValue(line, last) ? last - i + 1 : 0;
}

/** `node7`, at the beginning or behind a blank; `x1:20` is rather a key. */
function isNumberedName(line: LexedLine, i: number): boolean {
  const kind = line.kind(i), numbered = kind === NUMBERED || kind === PREFIXED;
  return numbered && line.bytes(i, i).length > 2 && (i === 0 || line.blanks(i) > 0);
}

function hasPort(line: LexedLine, i: number): boolean {
  if (i >= line.length || line.kind(i) !== VARIABLE) return false;
  const digits = line.bytes(i, i).length;
  return digits >= PORT_LEAST && digits <= PORT_MOST;
}

const endsValue = (line: LexedLine, i: number) =>
  i + 1 >= line.length || line.blanks(i + 1) > 0 || AFTER_VALUE.includes(line.mark(i + 1));
