/**
 * Text that others wrote, as it is: what a terminal or a page would obey or hide stands there as a sign that can be read.
 *
 * @module
 */

// Controls but tab and newline, DEL and C1; marks that turn the direction of reading; what takes no room; tags; line separators.
const HIDDEN =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Where Unicode has pictures of the controls: U+2400 is that of U+0000. */
const PICTURES = 0x2400, PICTURE_OF_DELETE = "\u2421";

/**
 * `text` with signs for what can't be seen: `␛[31m`, `⟨U+202E⟩`; halves of characters are `\ufffd`. Tabs and newlines stay.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { visibleText } from "./visible_text.ts";
 *
 * assert.equal(visibleText("\u001b[31mred\u202etxt.exe"), "␛[31mred⟨U+202E⟩txt.exe");
 * ```
 */
export function visibleText(text: string): string {
  return text.toWellFormed().replaceAll(HIDDEN, signOf);
}

function signOf(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCodePoint(PICTURES + code);
  if (code === 0x7f) return PICTURE_OF_DELETE;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/**
 * The same on one line, cut at `limit` characters.
 *
 * @param limit Characters at the most, an ellipsis included.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { visibleLine } from "./visible_text.ts";
 *
 * assert.equal(visibleLine("disk\tfull\r\n  at /var", 20), "disk full ⏎   at /var".slice(0, 19) + "…");
 * ```
 */
export function visibleLine(text: string, limit: number): string {
  const start = text.slice(0, 4 * limit).trim().replaceAll(/\r?\n/g, " ⏎ ").replaceAll("\t", " ");
  const characters = [...visibleText(start)];
  return characters.length <= limit ? characters.join("") : characters.slice(0, limit - 1).join("") + "…";
}
