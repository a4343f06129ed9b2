/**
 * A session's key as a value, whatever it looks like.
 *
 * @module
 */
import type { UserMask } from "../template/hand/template_settings.ts";

/** What a pattern says where its key may have letters: `\w`, `\S`, `.`, `[^ ]`, `[a-z]`. */
const OPEN = /\\[wSDp]|\[\^|\[[^\]]*[a-zA-Z]-[a-zA-Z]|(?:^|[^\\])\./;

/**
 * The mask that keeps session keys out of templates: a key with letters of its own (`trace=UTD-0001`) would make a template of
 * its words. `null` where keys are numbers, which are values anyway.
 *
 * @param pattern Of the session's key, RE2 syntax.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sessionMask } from "./session_mask.ts";
 *
 * assert.equal(sessionMask("blk_-?\\d+"), null);
 * assert.deepEqual(sessionMask("trace=(\\S+)"), { pattern: "trace=(\\S+)", name: "session" });
 * ```
 */
export function sessionMask(pattern: string): UserMask | null {
  return OPEN.test(pattern) ? { pattern, name: "session" } : null;
}
