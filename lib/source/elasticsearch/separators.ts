/**
 * Bytes that stand between the parts of a line that a document was made to; see `DocumentLines`.
 *
 * @module
 */

/** Record separator: stands before the header that the program itself wrote, where it is known. */
export const BEFORE_HEADER = 0x1e;
/** Unit separator: stands before the message. */
export const BEFORE_MESSAGE = 0x1f;

// deno-lint-ignore no-control-regex -- they are what is looked for
const SEPARATOR = /[\x1e\x1f]/g;

/**
 * A text with the pictures of separators in their place, so that none of its own is taken for one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pictured } from "./separators.ts";
 *
 * assert.equal(pictured("a\x1eb\x1fc"), "a␞b␟c");
 * ```
 */
export function pictured(text: string): string {
  return text.replaceAll(SEPARATOR, (separator) => String.fromCharCode(separator.charCodeAt(0) + PICTURES));
}

/** Unicode's pictures of control characters begin here. */
const PICTURES = 0x2400;
