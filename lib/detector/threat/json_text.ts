/**
 * Records that are JSON objects, and the texts in them.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";

const OBJECT = 123;

/** Whether a row is a JSON object, as a whole or behind the header of a container. */
export function isObject(batch: LogBatch, row: number): boolean {
  return batch.bytes[batch.start[row]] === OBJECT || batch.bytes[batch.contentStart[row]] === OBJECT;
}

/** What escapes of one character stand for; any other stands for itself. */
const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/**
 * The inside of a JSON string without its escapes; what is none stays.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { unescaped } from "./json_text.ts";
 *
 * assert.equal(unescaped(String.raw`\/a?b=\u003cscript\u003e`), "/a?b=<script>");
 * ```
 */
export function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    /\\(?:u([0-9a-f]{4})|(.))/gi,
    (_, code: string | undefined, letter: string) =>
      code === undefined ? ESCAPES[letter] ?? letter : String.fromCharCode(parseInt(code, 16)),
  );
}
