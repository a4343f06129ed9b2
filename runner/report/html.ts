/**
 * Pieces of HTML: text that is escaped, and markup that is meant.
 *
 * @module
 */
import { escapeHtml, plainLine } from "../alert/plain_text.ts";

/** Markup that is already safe. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand in a template: texts are escaped, numbers written out, lists joined, nothing left out. */
export type Piece = Markup | string | number | null | undefined | Piece[];

/** Longest text from a log that is shown. */
const TEXT_LIMIT = 2000;

/**
 * A template whose values can't be taken for markup.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { html } from "./html.ts";
 *
 * assert(html`<b>${"<i>"}</b>`.text === "<b>&lt;i&gt;</b>");
 * ```
 */
export function html(parts: TemplateStringsArray, ...pieces: Piece[]): Markup {
  return new Markup(parts.map((part, i) => part + (i < pieces.length ? render(pieces[i]) : "")).join(""));
}

function render(piece: Piece): string {
  if (piece instanceof Markup) return piece.text;
  if (Array.isArray(piece)) return piece.map(render).join("");
  if (piece === null || piece === undefined) return "";
  return escapeHtml(typeof piece === "number" ? String(piece) : plainLine(piece, TEXT_LIMIT));
}

const TAGS = new Set(
  "svg g path rect line circle ellipse polygon polyline text tspan title desc defs clippath lineargradient stop"
    .split(" "),
);

/**
 * A drawn chart as markup, after a look at every tag in it.
 *
 * @throws {TypeError} if it holds anything but shapes and text: script, style, links, handlers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { svgMarkup } from "./html.ts";
 *
 * assert(svgMarkup(`<svg viewBox="0 0 1 1"><path d="M0,0"></path></svg>`).text.startsWith("<svg"));
 * ```
 */
export function svgMarkup(svg: string): Markup {
  if (!svg.startsWith("<svg")) {
    throw new TypeError(`Cannot use chart: expected <svg …>, got ${svg.slice(0, 20)}`);
  }
  for (const [tag, name, attributes] of svg.matchAll(/<\/?([^\s/>]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>?/g)) {
    const harmful = !TAGS.has(name.toLowerCase()) ||
      /(?:^|[\s"'/])on\w+\s*=/i.test(attributes.replace(/"[^"]*"/g, '""')) ||
      /\bhref\s*=\s*(?!"#)/i.test(attributes);
    if (harmful) throw new TypeError(`Cannot use chart: it holds ${tag.slice(0, 80)}`);
  }
  return new Markup(svg);
}
