/**
 * Records that are JSON objects, and the texts in them.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import { textStart } from "../../record/prefix.ts";
import { decodeString } from "../../source/json_string.ts";

const OBJECT = 123;

/** Whether a row is a JSON object, as a whole or behind the header of a container. */
export function isObject(batch: LogBatch, row: number): boolean {
  return batch.bytes[textStart(batch, row)] === OBJECT || batch.bytes[batch.contentStart[row]] === OBJECT;
}

const ENCODER = new TextEncoder(), DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

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
  const bytes = ENCODER.encode(text);
  return DECODER.decode(bytes.subarray(0, decodeString(bytes, { start: 0, end: bytes.length }, bytes, 0)));
}
