/**
 * Warnings about mining, for people.
 *
 * @module
 */
import type { MiningWarning } from "../../lib/mod.ts";
import { plainLine } from "../alert/plain_text.ts";

/**
 * A warning as one line: what was seen, and what to do.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { warningText } from "./warning_text.ts";
 *
 * const warning = { kind: "nothing repeats" as const, text: "all is new", advice: "look", figures: {} };
 * assert.equal(warningText(warning, "app"), "warning: app: nothing repeats: all is new: look");
 * ```
 */
export function warningText({ kind, text, advice }: MiningWarning, of = ""): string {
  return plainLine(`warning: ${of === "" ? "" : `${of}: `}${kind}: ${text}: ${advice}`, 1000);
}
