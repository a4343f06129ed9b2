/**
 * A part of a page, named by its heading.
 *
 * @module
 */
import { html, type Piece } from "./html.ts";
import type { Html } from "./page_context.ts";

/**
 * The part.
 *
 * @param id Unique in the page: links lead to it.
 */
export function section(id: string, title: string, body: Piece): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;
}
