/**
 * The start of a long text, redacted before it is cut.
 *
 * @module
 */

/** Bytes that are kept beyond what is shown: redaction sees a secret whole that lies across the edge. */
export const BEYOND = 256;

const ENCODER = new TextEncoder();

/** How much is shown, and of what. */
export interface StartOptions {
  /** Bytes that are shown at the most (UTF-8). */
  limit: number;
  /** Whether the text goes on, where it was kept up to {@linkcode BEYOND} bytes behind the limit. */
  goesOn: boolean;
  /** Takes secrets out. */
  redact: (text: string) => string;
}

/**
 * Redacts a text, then cuts it. Of a text that goes on, what was left as it is at its very end may be a part of a secret: up to
 * {@linkcode BEYOND} bytes of it aren't shown, even where redaction has made room for them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { redact } from "../record/redaction.ts";
 * import { redactedStart } from "./redacted_start.ts";
 *
 * const text = "paid by ann@example.org", options = { goesOn: false, redact };
 * assert.equal(redactedStart(text, { ...options, limit: 12 }), "paid by <ema");
 * assert.equal(redactedStart(text, { ...options, limit: 100 }), "paid by <email>");
 * ```
 */
export function redactedStart(text: string, { limit, goesOn, redact }: StartOptions): string {
  const raw = ENCODER.encode(text), redacted = ENCODER.encode(redact(text));
  let same = 0;
  if (goesOn) {
    while (same < BEYOND && same < raw.length && raw.at(-1 - same) === redacted.at(-1 - same)) same++;
  }
  const end = Math.min(limit, redacted.length - same);
  return new TextDecoder().decode(redacted.subarray(0, end), { stream: true }); // half a character is left out
}
