/**
 * Lines made up from a template's text.
 *
 * @module
 */
import { WILDCARD } from "../mask/token.ts";

const encoder = new TextEncoder();
/** Stands for a value. */
const SOME_VALUE = "1234567";

/**
 * Lines that look like a text, as bytes: itself, and with values in place of its wildcards, for `u<*>` is no word of a line and
 * `u1234567` is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linesLike } from "./lines_like.ts";
 *
 * const [text, line] = linesLike("user u<*> left").map((bytes) => new TextDecoder().decode(bytes));
 * assert.deepEqual([text, line], ["user u<*> left", "user u1234567 left"]);
 * ```
 */
export function linesLike(text: string): Uint8Array[] {
  return [text, text.replaceAll(WILDCARD, SOME_VALUE)].map((line) => encoder.encode(line));
}
