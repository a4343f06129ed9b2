/**
 * Markup, written as templates whose values can't be taken for markup.
 *
 * @module
 */
import { html as escaping, raw } from "hono/html";
import type { Html } from "./page_context.ts";
import { visibleText } from "../data/visible_text.ts";

/** What may stand in a template: texts are escaped, lists joined, `null`, `undefined` and booleans left out. */
export type Piece = Html | string | number | boolean | null | undefined | readonly Piece[];

/** Templates without the indentation of their source, by what they were written as. */
const compact = new WeakMap<TemplateStringsArray, TemplateStringsArray>();

/**
 * A template. Values that are texts are escaped, and what is hidden in them is shown ({@linkcode visibleText}).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { html } from "./html.ts";
 *
 * assert.equal(String(await html`<b>${"<i>\u0007"}</b>`), "<b>&lt;i&gt;␇</b>");
 * ```
 */
export function html(parts: TemplateStringsArray, ...pieces: Piece[]): Html {
  return escaping(withoutIndentation(parts), ...pieces.map(harmless));
}

/** No markup at all. */
export const NOTHING: Html = raw("");

function harmless(piece: Piece): unknown {
  if (typeof piece === "string") return visibleText(piece);
  return Array.isArray(piece) ? piece.map(harmless) : piece;
}

function withoutIndentation(parts: TemplateStringsArray): TemplateStringsArray {
  const known = compact.get(parts);
  if (known !== undefined) return known;
  const strings = parts.map((part) => part.replaceAll(/\s*\n\s*/g, "\n"));
  strings[0] = strings[0].replace(/^\n/, "");
  strings[strings.length - 1] = strings[strings.length - 1].replace(/\n$/, "");
  const made = Object.assign(strings, { raw: strings }) as TemplateStringsArray;
  compact.set(parts, made);
  return made;
}
