/**
 * Ends of words, brackets and names in a line's bytes.
 *
 * @module
 */
import { behindBlanks } from "../header_bytes.ts";

/** A bracket, a name, or what stands before a mark has this many bytes at the most. */
const FIELD_BYTES = 256;

/**
 * Whether a byte is a blank or a tab.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isBlank } from "./scan.ts";
 *
 * assert(isBlank(32) && isBlank(9) && !isBlank(10));
 * ```
 */
export function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9;
}

/**
 * Whether a byte is an ASCII letter.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isLetter } from "./scan.ts";
 *
 * assert(isLetter(65) && isLetter(122) && !isLetter(48));
 * ```
 */
export function isLetter(byte: number): boolean {
  return (byte | 32) >= 97 && (byte | 32) <= 122;
}

/**
 * The offset behind `text` at `p`, -1 where it does not stand there.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { textAt } from "./scan.ts";
 *
 * const text = new TextEncoder().encode("- ");
 * assert(textAt(new TextEncoder().encode("a- b"), 1, 4, text) === 3);
 * ```
 */
export function textAt(bytes: Uint8Array, p: number, end: number, text: Uint8Array): number {
  if (p + text.length > end) return -1;
  for (let i = 0; i < text.length; i++) if (bytes[p + i] !== text[i]) return -1;
  return p + text.length;
}

/**
 * The offset of the first `text` in `[p, p + FIELD_BYTES)`, -1 where there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { find } from "./scan.ts";
 *
 * const text = new TextEncoder().encode("|");
 * assert(find(new TextEncoder().encode("a b|c"), 0, 5, text) === 3);
 * ```
 */
export function find(bytes: Uint8Array, p: number, end: number, text: Uint8Array): number {
  const stop = Math.min(end, p + FIELD_BYTES) - text.length;
  for (; p <= stop; p++) if (bytes[p] === text[0] && textAt(bytes, p, end, text) >= 0) return p;
  return -1;
}

/**
 * The offset of the bracket `close` that ends the one opened before `p`, -1 where it is missing or far.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { closing } from "./scan.ts";
 *
 * assert(closing(new TextEncoder().encode("[a[0]] b"), 1, 8, 93) === 5);
 * ```
 */
export function closing(bytes: Uint8Array, p: number, end: number, close: number): number {
  const open = close === 41 ? 40 : close - 2, stop = Math.min(end, p + FIELD_BYTES); // ( ) but < >, [ ], { }
  for (let depth = 1; p < stop; p++) {
    if (bytes[p] === close && --depth === 0) return p;
    if (bytes[p] === open) depth++;
  }
  return -1;
}

/**
 * The offset behind a word at `p` whose shape is this: `9` stands for digits, `a` for letters, anything else for itself; else -1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { shapeAt } from "./scan.ts";
 *
 * const shape = new TextEncoder().encode("*9");
 * assert(shapeAt(new TextEncoder().encode("*4711 open"), 0, 10, shape) === 5);
 * ```
 */
export function shapeAt(bytes: Uint8Array, p: number, end: number, shape: Uint8Array): number {
  for (let i = 0; i < shape.length; i++) {
    const first = p;
    if (shape[i] === 57) { while (p < end && bytes[p] - 48 >>> 0 < 10) p++; }
    else if (shape[i] === 97) { while (p < end && isLetter(bytes[p])) p++; }
    else if (p < end && bytes[p] === shape[i]) p++;
    if (p === first) return -1;
  }
  return p >= end || isBlank(bytes[p]) ? p : -1;
}

/** Bytes at which a name may end or go wrong: tab, blank, `"`, `(`, `:`, `=`, `[`. */
const ENDS = new Uint8Array(256);
for (const byte of [9, 32, 34, 40, 58, 61, 91]) ENDS[byte] = 1;

/**
 * The offset of the colon behind the name at `p`, which a blank or the line's end must follow; blanks, `[…]` and `(…)` may stand
 * between. -1 where there is no such name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { colonBehindName } from "./scan.ts";
 *
 * assert(colonBehindName(new TextEncoder().encode("cron[42]: late"), 0, 14) === 8);
 * assert(colonBehindName(new TextEncoder().encode("cron is late"), 0, 12) === -1);
 * ```
 */
export function colonBehindName(bytes: Uint8Array, p: number, end: number): number {
  const first = p, stop = Math.min(end, p + FIELD_BYTES);
  while (p < stop) {
    while (p < stop && ENDS[bytes[p]] === 0) p++;
    if (p >= stop) return -1;
    const byte = bytes[p];
    if (byte === 58 && (p + 1 >= end || isBlank(bytes[p + 1]))) return p; // an empty name is one, too
    if (isBlank(byte)) {
      p = behindBlanks(bytes, p, stop);
      if (p >= stop || bytes[p] !== 58 && bytes[p] !== 40 && bytes[p] !== 91) return -1;
    } else if (p > first && (byte === 91 || byte === 40)) {
      p = closing(bytes, p + 1, stop, byte === 91 ? 93 : 41) + 1;
      if (p === 0) return -1;
    } else if (byte === 34 || byte === 61) return -1; // a quote or key=value is no name
    else p++;
  }
  return -1;
}

/**
 * Where a name that {@linkcode colonBehindName} found ends: before `[`, before a bracketed number, before blanks.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nameEnd } from "./scan.ts";
 *
 * assert(nameEnd(new TextEncoder().encode("cron[42]: late"), 0, 8) === 4);
 * ```
 */
export function nameEnd(bytes: Uint8Array, p: number, colon: number): number {
  for (; p < colon; p++) {
    if (bytes[p] === 91 || isBlank(bytes[p])) return p;
    if (bytes[p] === 40 && bytes[behindBlanks(bytes, p + 1, colon)] - 48 >>> 0 < 10) return p;
  }
  return colon;
}

/**
 * Where the last word of letters in `[p, end)` begins; `end` where there is none at its end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lastWord } from "./scan.ts";
 *
 * assert(lastWord(new TextEncoder().encode("main/INFO "), 0, 10) === 5);
 * ```
 */
export function lastWord(bytes: Uint8Array, p: number, end: number): number {
  while (end > p && isBlank(bytes[end - 1])) end--;
  let first = end;
  while (first > p && isLetter(bytes[first - 1])) first--;
  return first;
}
