/**
 * Messages that no log has had before.
 *
 * @module
 */

/** Things that can happen to something, as an error message says it. */
const ERRORS = [
  "checksum mismatch while reading segment of",
  "cannot allocate memory for",
  "connection refused by upstream of",
  "unexpected end of file in",
  "deadlock detected in",
  "fatal: corrupted index of",
  "timeout expired while waiting for",
  "permission denied for owner of",
  "assertion failed in",
  "disk quota exceeded by",
];

/** The same for what is no trouble. */
const INFOS = [
  "rotated the keyring of",
  "compacted the journal of",
  "registered a listener for",
  "adopted the layout of",
  "warmed the buffers of",
  "published the manifest of",
  "synchronised the clock of",
  "promoted the replica of",
  "prefetched the digest of",
  "reconciled the ledger of",
];

/** What it happens to. */
const SUBJECTS = [
  "the spindle store",
  "the orchard gateway",
  "the lantern broker",
  "the quarry scheduler",
  "the heron cache",
];

/** Different texts of each sort. */
export const NEW_TEXTS = ERRORS.length * SUBJECTS.length;

/**
 * The text with this number, another one for each of the first fifty.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newText } from "./new_texts.ts";
 *
 * assert.equal(newText("error", 0), "checksum mismatch while reading segment of the spindle store");
 * assert.notEqual(newText("info", 1), newText("info", 11));
 * ```
 */
export function newText(sort: "error" | "info", number: number): string {
  const texts = sort === "error" ? ERRORS : INFOS,
    subject = Math.floor(number / texts.length) % SUBJECTS.length;
  return `${texts[number % texts.length]} ${SUBJECTS[subject]}`;
}
