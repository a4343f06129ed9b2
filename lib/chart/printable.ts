/**
 * Text from logs and figures, made fit to be drawn.
 *
 * @module
 */

// Not allowed in XML at all (C0 but tab, LF, CR; U+FFFE, U+FFFF), or able to turn the text around it (C1, bidirectional overrides).
const UNPRINTABLE = new RegExp(
  "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]",
  "g",
);

/**
 * `text` on one line, without what XML forbids, cut to `limit` characters.
 *
 * Escaping is left to where it is drawn: Vega escapes what it writes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { printable } from "./printable.ts";
 *
 * assert.equal(printable("disk\u0000 full\n at /var"), "disk\ufffd full at /var");
 * assert.equal(printable("connection refused", 11), "connection…");
 * ```
 */
export function printable(text: string, limit = 80): string {
  const line = text.slice(0, 4 * limit).toWellFormed().replaceAll(UNPRINTABLE, "\ufffd").replaceAll(
    /\s+/g,
    " ",
  ).trim();
  const characters = [...line];
  return characters.length <= limit ? line : characters.slice(0, limit - 1).join("").trimEnd() + "…";
}

/**
 * A printable label for each text, no two alike (`name (2)` where cutting made them so).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { uniqueLabels } from "./printable.ts";
 *
 * assert.deepEqual(uniqueLabels(["node-a", "node-b"], 5), ["node…", "node… (2)"]);
 * ```
 */
export function uniqueLabels(texts: readonly string[], limit = 40): string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    const label = printable(text, limit) || "(empty)";
    let unique = label;
    for (let number = 2; taken.has(unique); number++) unique = `${label} (${number})`;
    taken.add(unique);
    return unique;
  });
}

/** An axis's title; that it is logarithmic stands in a line of its own, because a title longer than its axis pushes the chart apart. */
export function axisTitle(title: string, logarithmic: boolean): string | string[] {
  return logarithmic ? [title, "logarithmic"] : title;
}
