/**
 * JSON as bytes: where values end, and what strings stand for.
 *
 * For answers of a server that are too many to make objects of. They are taken as well-formed; what is cut off is refused.
 *
 * @see RFC 8259.
 *
 * @module
 */

const QUOTE = 34, BACKSLASH = 92;

/** Offset of the first byte at or behind `at` that is no blank. */
export function skipBlanks(bytes: Uint8Array, at: number): number {
  while (bytes[at] === 32 || bytes[at] === 10 || bytes[at] === 13 || bytes[at] === 9) at++;
  return at;
}

/**
 * Offset behind the string whose opening quote stands at `at`.
 *
 * @throws {SyntaxError} if it doesn't end.
 */
export function skipString(bytes: Uint8Array, at: number): number {
  const near = Math.min(bytes.length, at + 25);
  let p = at + 1;
  for (; p < near; p++) {
    if (bytes[p] === QUOTE) return p + 1;
    if (bytes[p] === BACKSLASH) p++;
  }
  for (let quote = bytes.indexOf(QUOTE, p); quote >= 0; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let first = quote;
    while (first > p && bytes[first - 1] === BACKSLASH) first--;
    if ((quote - first) % 2 === 0) return quote + 1;
  }
  throw new SyntaxError(`Cannot read JSON: the string at byte ${at} is cut off`);
}

/**
 * Offset behind the value that begins at `at`.
 *
 * @throws {SyntaxError} if it doesn't end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { skipValue } from "./json_bytes.ts";
 *
 * const bytes = new TextEncoder().encode('{"a":["}",1]},7');
 * assert.equal(skipValue(bytes, 0), 13);
 * assert.equal(skipValue(bytes, 14), 15);
 * ```
 */
export function skipValue(bytes: Uint8Array, at: number): number {
  if (bytes[at] === QUOTE) return skipString(bytes, at);
  let depth = 0, p = at;
  while (p < bytes.length) {
    const byte = bytes[p];
    if (byte === QUOTE) p = skipString(bytes, p);
    else if (byte === 123 || byte === 91) depth++, p++; // { [
    else if (byte === 125 || byte === 93 || byte === 44) { // } ] ,
      if (depth === 0) return p; // behind a number or a word
      if (byte !== 44) depth--;
      p++;
    } else p++;
    if (depth === 0 && (byte === QUOTE || byte === 125 || byte === 93)) return p;
  }
  if (depth === 0 && p > at) return p;
  throw new SyntaxError(`Cannot read JSON: the value at byte ${at} is cut off`);
}

/**
 * Calls `each` with the key and the value of every member of the object at `at`; offset behind the object.
 *
 * @param each Gets where the key lies (without quotes) and where its value begins; gives the offset behind the value.
 * @throws {SyntaxError} if it is no object, or doesn't end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { eachMember, skipValue } from "./json_bytes.ts";
 *
 * const bytes = new TextEncoder().encode('{"a":1, "b":[2]}'), keys: string[] = [];
 * eachMember(bytes, 0, (start, end, value) => {
 *   keys.push(new TextDecoder().decode(bytes.subarray(start, end)));
 *   return skipValue(bytes, value);
 * });
 * assert.deepEqual(keys, ["a", "b"]);
 * ```
 */
export function eachMember(
  bytes: Uint8Array,
  at: number,
  each: (keyStart: number, keyEnd: number, value: number) => number,
): number {
  if (bytes[at] !== 123) throw new SyntaxError(`Cannot read JSON: no object at byte ${at}`);
  let p = skipBlanks(bytes, at + 1);
  while (bytes[p] === QUOTE) {
    const behind = skipString(bytes, p), colon = skipBlanks(bytes, behind);
    if (bytes[colon] !== 58) break;
    p = skipBlanks(bytes, each(p + 1, behind - 1, skipBlanks(bytes, colon + 1)));
    if (bytes[p] === 44) p = skipBlanks(bytes, p + 1);
  }
  if (bytes[p] !== 125) throw new SyntaxError(`Cannot read JSON: the object at byte ${at} is cut off`);
  return p + 1;
}

/** What `\b`, `\f`, `\n`, `\r` and `\t` stand for; any other escaped byte stands for itself. */
const CONTROLS: Record<number, number> = { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 };

/**
 * Writes what the inside of a string stands for, as UTF-8; offset behind the last byte written. It is never longer than the inside.
 *
 * @param bytes `bytes[start, end)` is the inside of the string.
 * @param target Has room for `end - start` bytes at `to`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeString } from "./json_bytes.ts";
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
    if (byte !== BACKSLASH || p + 1 >= end) {
      target[to++] = byte;
      continue;
    }
    const escaped = bytes[++p];
    if (escaped !== 117) { // u
      target[to++] = CONTROLS[escaped] ?? escaped;
      continue;
    }
    let code = hexadecimal(bytes, p + 1);
    p += 4;
    const low = code >= 0xd800 && code < 0xdc00 && bytes[p + 1] === BACKSLASH && bytes[p + 2] === 117
      ? hexadecimal(bytes, p + 3)
      : 0;
    if (low >= 0xdc00 && low < 0xe000) {
      code = 0x10000 + (code - 0xd800 << 10) + low - 0xdc00;
      p += 6;
    }
    to = encode(code, target, to);
  }
  return to;
}

function hexadecimal(bytes: Uint8Array, at: number): number {
  let code = 0;
  for (let p = at; p < at + 4; p++) {
    const digit = bytes[p] - 48 >>> 0;
    code = code << 4 | (digit < 10 ? digit : ((bytes[p] | 32) - 87) & 15);
  }
  return code;
}

/** Half of a surrogate pair becomes U+FFFD. */
function encode(code: number, target: Uint8Array, to: number): number {
  if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
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
