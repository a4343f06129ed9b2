/**
 * Strings of JSON: what the escapes in them stand for.
 *
 * @see RFC 8259 § 7.
 *
 * @module
 */

const BACKSLASH = 92, U = 117;

/** What `\b`, `\f`, `\n`, `\r` and `\t` stand for; any other escaped ASCII byte stands for itself. */
const CONTROLS: Record<number, number> = { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 };

/**
 * The escape that begins with the backslash at `at`: the code point that it stands for, times 16, plus its length in bytes; -1
 * where it is none. Two escapes that are a surrogate pair are one; half of a pair is U+FFFD.
 *
 * @param end Offset behind the string's inside.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { escapeAt } from "./json_string.ts";
 *
 * const bytes = new TextEncoder().encode(String.raw`\n\ud83d\ude00\u12`);
 * assert.equal(escapeAt(bytes, 0, bytes.length), 10 << 4 | 2);
 * assert.equal(escapeAt(bytes, 2, bytes.length), 0x1f600 << 4 | 12);
 * assert.equal(escapeAt(bytes, 14, bytes.length), -1);
 * ```
 */
export function escapeAt(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) return -1;
  const escaped = bytes[at + 1];
  if (escaped !== U) return escaped < 0x80 ? (CONTROLS[escaped] ?? escaped) << 4 | 2 : -1;
  const code = hexadecimal(bytes, at + 2, end);
  if (code < 0xd800 || code > 0xdfff) return code < 0 ? -1 : code << 4 | 6;
  const isPair = code < 0xdc00 && bytes[at + 6] === BACKSLASH && bytes[at + 7] === U;
  const low = isPair ? hexadecimal(bytes, at + 8, end) : -1;
  if (low < 0xdc00 || low > 0xdfff) return 0xfffd << 4 | 6;
  return 0x10000 + (code - 0xd800 << 10) + low - 0xdc00 << 4 | 12;
}

/** The number of the four hexadecimal digits at `at`, -1 where they are none. */
function hexadecimal(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) return -1;
  let code = 0;
  for (const stop = at + 4; at < stop; at++) {
    const digit = bytes[at] - 48 >>> 0, letter = (bytes[at] | 32) - 97 >>> 0;
    if (digit > 9 && letter > 5) return -1;
    code = code << 4 | (digit < 10 ? digit : letter + 10);
  }
  return code;
}

/**
 * Writes a code point as UTF-8; offset behind it.
 *
 * @param target Has room for four bytes at `to`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { putCodePoint } from "./json_string.ts";
 *
 * const target = new Uint8Array(4);
 * assert.equal(new TextDecoder().decode(target.subarray(0, putCodePoint(0x20ac, target, 0))), "€");
 * ```
 */
export function putCodePoint(code: number, target: Uint8Array, to: number): number {
  if (code < 0x80) target[to++] = code;
  else if (code < 0x800) target[to++] = 0xc0 | code >> 6;
  else if (code < 0x10000) {
    target[to++] = 0xe0 | code >> 12;
    target[to++] = 0x80 | code >> 6 & 63;
  } else {
    target[to++] = 0xf0 | code >> 18;
    target[to++] = 0x80 | code >> 12 & 63;
    target[to++] = 0x80 | code >> 6 & 63;
  }
  if (code >= 0x80) target[to++] = 0x80 | code & 63;
  return to;
}

/**
 * Writes what the inside of a string stands for, as UTF-8; offset behind the last byte written. It is never longer than the
 * inside, so it may be written over it. An escape that is none stays as it is.
 *
 * @param bytes `bytes[start, end)` is the inside of the string.
 * @param target Has room for `end - start` bytes at `to`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeString } from "./json_string.ts";
 *
 * const raw = new TextEncoder().encode(String.raw`\ud83d\ude00 \"b\"`), target = new Uint8Array(raw.length);
 * const end = decodeString(raw, { start: 0, end: raw.length }, target, 0);
 * assert.equal(new TextDecoder().decode(target.subarray(0, end)), '😀 "b"');
 * ```
 */
export function decodeString(
  bytes: Uint8Array,
  { start, end }: { start: number; end: number },
  target: Uint8Array,
  to: number,
): number {
  for (let p = start; p < end; p++) {
    const byte = bytes[p];
    if (byte !== BACKSLASH) {
      target[to++] = byte;
      continue;
    }
    const escape = escapeAt(bytes, p, end);
    if (escape < 0) target[to++] = byte;
    else {
      to = putCodePoint(escape >> 4, target, to);
      p += (escape & 15) - 1;
    }
  }
  return to;
}
