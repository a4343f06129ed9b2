/**
 * Steps over the parts of a header, as formats take them.
 *
 * @module
 */

/**
 * Offset behind the blanks and tabs at `p`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { behindBlanks } from "./header_bytes.ts";
 *
 * assert(behindBlanks(new TextEncoder().encode("a  b"), 1, 4) === 3);
 * ```
 */
export function behindBlanks(bytes: Uint8Array, p: number, end: number): number {
  while (p < end && (bytes[p] === 32 || bytes[p] === 9)) p++;
  return p;
}

/**
 * Offset behind the digits at `p`, `p` itself where there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { behindDigits } from "./header_bytes.ts";
 *
 * assert(behindDigits(new TextEncoder().encode("4711 paid"), 0, 9) === 4);
 * ```
 */
export function behindDigits(bytes: Uint8Array, p: number, end: number): number {
  while (p < end && bytes[p] - 48 >>> 0 < 10) p++;
  return p;
}

/**
 * Offset of the next `byte` from `p` on, `end` where there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nextByte } from "./header_bytes.ts";
 *
 * assert(nextByte(new TextEncoder().encode("[gc] x"), 93, 0, 6) === 3);
 * ```
 */
export function nextByte(bytes: Uint8Array, byte: number, p: number, end: number): number {
  while (p < end && bytes[p] !== byte) p++;
  return p;
}

/**
 * Whether the ASCII text stands at `p`, letter for letter.
 *
 * @param text ASCII, as a string.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { standsAt } from "./header_bytes.ts";
 *
 * const line = new TextEncoder().encode("# Time: now");
 * assert(standsAt(line, "# Time:", 0, line.length) && !standsAt(line, "# Time:", 0, 5));
 * ```
 */
export function standsAt(bytes: Uint8Array, text: string, p: number, end: number): boolean {
  if (p + text.length > end) return false;
  for (let i = 0; i < text.length; i++) if (bytes[p + i] !== text.charCodeAt(i)) return false;
  return true;
}
