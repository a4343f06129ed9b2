/**
 * What each byte can be in a log line.
 *
 * @module
 */

/** A blank: space, tab, carriage return, newline. */
export const BLANK = 1;
/** A byte that is a token of its own. */
export const PUNCTUATION = 2;
/** `0`–`9`. */
export const DIGIT = 4;
/** `a`–`f`, `A`–`F`. */
export const HEX_LETTER = 8;
/** Any other letter; bytes beyond ASCII count as letters. */
const PLAIN_LETTER = 16;
/** Beside one of the letter classes: the letter is a capital. */
export const CAPITAL = 32;
/** `.` */
export const DOT = 64;
/** `/` */
export const SLASH = 128;
/** `-` */
export const HYPHEN = 256;
/** `_` */
export const UNDERSCORE = 512;
/** `@` */
export const AT_SIGN = 1024;
/** `\` */
export const BACKSLASH = 2048;
/** Any byte that is nothing of the above. */
export const OTHER = 4096;

/** Any letter. */
export const LETTER = HEX_LETTER | PLAIN_LETTER;
/** What ends a word. */
export const WORD_END = BLANK | PUNCTUATION;

const PUNCTUATION_MARKS = "=:,;()[]{}<>\"'|#&?!*`";

function classOf(byte: number): number {
  const char = String.fromCharCode(byte);
  if (" \t\r\n".includes(char)) return BLANK;
  if (char >= "0" && char <= "9") return DIGIT;
  if (char >= "a" && char <= "z") return char <= "f" ? HEX_LETTER : PLAIN_LETTER;
  if (char >= "A" && char <= "Z") return CAPITAL | (char <= "F" ? HEX_LETTER : PLAIN_LETTER);
  if (byte >= 128) return PLAIN_LETTER;
  if (PUNCTUATION_MARKS.includes(char)) return PUNCTUATION;
  const alone: Record<string, number> = {
    ".": DOT,
    "/": SLASH,
    "-": HYPHEN,
    "_": UNDERSCORE,
    "@": AT_SIGN,
    "\\": BACKSLASH,
  };
  return alone[char] ?? OTHER;
}

/** The class bits of every byte, shape [256]. */
export const BYTE_CLASS: Uint16Array = Uint16Array.from({ length: 256 }, (_, byte) => classOf(byte));
