/**
 * JSON strings written as bytes.
 *
 * @see RFC 8259, section 7.
 *
 * @module
 */

const QUOTE = 34, BACKSLASH = 92;
/** Bytes that one byte can become: `\u0000`. */
export const ESCAPED_BYTES = 6;

const encoder = new TextEncoder();

/** What a control byte becomes. */
const CONTROLS = Array.from(
  { length: 32 },
  (_, byte) => encoder.encode(JSON.stringify(String.fromCharCode(byte)).slice(1, -1)),
);

/** 0 for a byte that stands for itself: 1 quote, backslash or control, 2 not ASCII. */
const CLASS = Uint8Array.from(
  { length: 256 },
  (_, byte) => byte >= 128 ? 2 : byte < 32 || byte === QUOTE || byte === BACKSLASH ? 1 : 0,
);

/** Where a text was written to. */
export interface Escaped {
  /** Offset behind the last byte written. */
  end: number;
  /** Bytes and cut sequences that are no UTF-8 and became U+FFFD. */
  replaced: number;
}

/**
 * Writes the inside of a JSON string that stands for `bytes[start, end)`. What is no UTF-8 becomes U+FFFD, one for each
 * longest beginning of a sequence as the WHATWG Encoding Standard has it, so that the same text comes back that a decoder gives.
 *
 * @param target Has room for {@linkcode ESCAPED_BYTES} times the length at `to`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { escapeText } from "./bulk_text.ts";
 *
 * const target = new Uint8Array(100), text = Uint8Array.of(0x22, 0x61, 0xff, 0x0a); // "a, no UTF-8, a newline
 * const { end, replaced } = escapeText(text, { start: 0, end: 4 }, target, 0);
 * assert.equal(new TextDecoder().decode(target.subarray(0, end)), '\\"a\ufffd\\n');
 * assert.equal(replaced, 1);
 * ```
 */
export function escapeText(
  bytes: Uint8Array,
  { start, end }: { start: number; end: number },
  target: Uint8Array,
  to: number,
): Escaped {
  let replaced = 0, p = start;
  while (p < end) {
    let byte = bytes[p], kind = CLASS[byte];
    while (kind === 0) { // most bytes stand for themselves
      target[to++] = byte;
      if (++p === end) return { end: to, replaced };
      kind = CLASS[byte = bytes[p]];
    }
    if (kind === 1) {
      to = escapeByte(byte, target, to);
      p++;
      continue;
    }
    const length = sequenceAt(bytes, p, end);
    if (length > 0) { for (const stop = p + length; p < stop; p++) target[to++] = bytes[p]; }
    else {
      replaced++;
      p -= length;
      target[to++] = 0xef; // U+FFFD
      target[to++] = 0xbf;
      target[to++] = 0xbd;
    }
  }
  return { end: to, replaced };
}

function escapeByte(byte: number, target: Uint8Array, to: number): number {
  if (byte >= 32) {
    target[to++] = BACKSLASH;
    target[to++] = byte;
    return to;
  }
  const escape = CONTROLS[byte];
  for (let i = 0; i < escape.length; i++) target[to++] = escape[i];
  return to;
}

/**
 * Length of the UTF-8 sequence at `at`; where there is none, minus the length of what stands for one U+FFFD.
 *
 * @see The Unicode Standard, table 3-7, and "U+FFFD Substitution of Maximal Subparts".
 */
function sequenceAt(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at];
  const length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (length === 0) return -1;
  for (let i = 1; i < length; i++) {
    const byte = at + i < end ? bytes[at + i] : 0;
    const low = i > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const high = i > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (byte < low || byte > high) return -i;
  }
  return length;
}
