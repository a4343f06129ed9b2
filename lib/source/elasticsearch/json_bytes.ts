/**
 * JSON as bytes: where values end.
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
