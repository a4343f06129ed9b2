/**
 * Fully qualified host names.
 *
 * @module
 */
import { hashBytes } from "../../record/dictionary.ts";
import * as byteClass from "./byte_class.ts";

// Own constants are folded into the machine code, imported ones are read at every use.
const { AT_SIGN, BYTE_CLASS, CAPITAL, DIGIT, DOT, HYPHEN, LETTER, OTHER, UNDERSCORE } = byteClass;

const TOP_LEVEL = new Set(
  "com net org edu gov mil int info biz local lan internal arpa localdomain".split(" ").map((label) => {
    const bytes = new TextEncoder().encode(label);
    return hashBytes(bytes, 0, bytes.length);
  }),
);

/**
 * Whether `bytes[start, end)` is a host name: two or more labels, the last a top-level one. A name that *begins* with a
 * top-level label is a package (`org.example.main`). Two-letter countries count only from three labels on and with a digit
 * or hyphen somewhere, because file names look the same.
 */
export function isHostName(bytes: Uint8Array, start: number, end: number): boolean {
  let dots = 0, label = start, firstEnd = start, numberedOrHyphened = false;
  for (let i = start; i < end; i++) {
    const cls = BYTE_CLASS[bytes[i]];
    if (cls & DOT) {
      if (i === label) return false;
      if (dots++ === 0) firstEnd = i;
      label = i + 1;
    } else if (cls & (UNDERSCORE | OTHER | AT_SIGN | CAPITAL)) return false;
    else if (cls & (DIGIT | HYPHEN)) numberedOrHyphened = true;
  }
  const length = end - label;
  if (dots < 1 || length < 2) return false;
  if (!isWord(bytes, label, end)) return false;
  if (firstEnd - start <= 3 && isTopLevel(bytes, start, firstEnd)) return false;
  if (isTopLevel(bytes, label, end)) return true;
  return length === 2 && dots >= 2 && numberedOrHyphened;
}

/** Whether all bytes are letters: the hash is asked only then, so that no digit can change the answer. */
function isWord(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!(BYTE_CLASS[bytes[i]] & LETTER)) return false;
  return true;
}

const isTopLevel = (bytes: Uint8Array, start: number, end: number) =>
  isWord(bytes, start, end) && TOP_LEVEL.has(hashBytes(bytes, start, end));
