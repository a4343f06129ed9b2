/**
 * Quoted values.
 *
 * @module
 */
import * as ascii from "./ascii.ts";
import * as byteClass from "./byte_class.ts";
import { POLAR_WORDS } from "../rule/opposites.ts";

// Own constants are folded into the machine code, imported ones are read at every use.
const {
  APOSTROPHE,
  COLON,
  COMMA,
  EQUALS,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUOTE,
  REVERSE_SOLIDUS,
  SPACE,
} = ascii;
const { BYTE_CLASS, DIGIT, DOT, HYPHEN, LETTER, UNDERSCORE } = byteClass;

/** Keys whose quoted text says what happened, so it is never a value. */
const MESSAGE_KEYS = [
  ..."msg message event err error reason level lvl severity log text title operation op method status".split(
    " ",
  ),
  ..."state type action result kind description detail details exception cause logger caller".split(" "),
];

const keyHashes = new Set(MESSAGE_KEYS.map((key) => {
  const bytes = new TextEncoder().encode(key);
  return hashLower(bytes, 0, bytes.length);
}));

function hashLower(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] | 32), 0x01000193);
  return hash;
}

/** Words that one event must never hold both of. */
const opposites = new Set([...POLAR_WORDS].map((word) => {
  const bytes = new TextEncoder().encode(word);
  return hashLower(bytes, 0, bytes.length);
}));

/** Whether the word before the `=` or `:` at `at` is a key whose text is a message. */
function isMessageKey(bytes: Uint8Array, start: number, at: number): boolean {
  const end = at > start && bytes[at - 1] === QUOTE ? at - 1 : at;
  let from = end;
  while (from > start && end - from < 12 && BYTE_CLASS[bytes[from - 1]] & LETTER) from--;
  const length = end - from;
  if (length < 2 || length > 11) return false;
  if (from > start && BYTE_CLASS[bytes[from - 1]] & (UNDERSCORE | DOT | HYPHEN)) return false;
  return keyHashes.has(hashLower(bytes, from, end));
}

const OPENERS = [EQUALS, COLON, COMMA, OPEN_BRACKET, OPEN_PAREN, OPEN_BRACE];

/**
 * Where the quote at `at` closes if what it encloses is a value, else 0.
 *
 * Behind `key=` and `"key":` any text is a value unless the key names a message; elsewhere only a text without blanks: who
 * quotes one word in a sentence puts in a name. It is none at the beginning (`"RemoveContainer" id=7`), and none where it is a word
 * with an opposite: `switched to 'on'` is an event of its own. The first part of `"key":` is never one.
 *
 * @param glued Whether no blank stands before the quote.
 */
export function quotedValueEnd(
  bytes: Uint8Array,
  start: number,
  at: number,
  end: number,
  glued: boolean,
): number {
  const mark = bytes[at], before = glued && at > start ? bytes[at - 1] : 0;
  const keyed = mark === QUOTE && (before === EQUALS || before === COLON);
  if (BYTE_CLASS[before] & (LETTER | DIGIT) || before === REVERSE_SOLIDUS) return 0;
  if (keyed && isMessageKey(bytes, start, at - 1)) return 0;
  if (keyed) {
    const close = closingQuote(bytes, at, end);
    return close >= end || close === at + 1 ? 0 : close;
  }
  let close = at + 1, odd = 0;
  for (; close < end && bytes[close] !== mark; close++) {
    const cls = BYTE_CLASS[bytes[close]];
    if ((cls & LETTER) !== 0) continue;
    odd = 1;
    if (bytes[close] === SPACE) return 0;
    if (bytes[close] === REVERSE_SOLIDUS) close++;
  }
  if (close >= end || close === at + 1) return 0;
  const after = close + 1 < end ? bytes[close + 1] : 0;
  if (after === COLON && before !== EQUALS) return 0;
  const opener = before !== 0 ? before : at > start + 1 ? bytes[at - 2] : 0;
  if (BYTE_CLASS[after] & (LETTER | DIGIT)) return 0;
  if (odd !== 0 || OPENERS.includes(opener)) return close;
  return at === start || opposites.has(hashLower(bytes, at + 1, close)) ? 0 : close;
}

/** Where the quote at `at` closes, past escaped ones; `end` or more where it does not. */
function closingQuote(bytes: Uint8Array, at: number, end: number): number {
  const mark = bytes[at];
  let close = at + 1;
  for (; close < end && bytes[close] !== mark; close++) if (bytes[close] === REVERSE_SOLIDUS) close++;
  return close;
}

/** Whether a byte opens and closes quoted text. */
export const isQuote = (byte: number): boolean => byte === QUOTE || byte === APOSTROPHE;
