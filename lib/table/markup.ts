/**
 * Text inside HTML and XML.
 *
 * @module
 */

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * `text` as it is written in HTML or XML, between tags or as the value of an attribute.
 *
 * @see https://html.spec.whatwg.org/multipage/syntax.html#character-references
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { escapeMarkup } from "./markup.ts";
 *
 * assert.equal(escapeMarkup(`<a b='"&"'>`), "&lt;a b=&#39;&quot;&amp;&quot;&#39;&gt;");
 * ```
 */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
