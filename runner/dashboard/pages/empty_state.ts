/**
 * What stands where there is nothing to show: why, and what to do.
 *
 * @module
 */
import { html, NOTHING, type Piece } from "./html.ts";
import type { Html } from "./page_context.ts";

/** Says that there is nothing, and what makes something be there. */
export function emptyState(title: string, ...hints: Piece[]): Html {
  const lines = hints.map((hint) => html`<p>${hint}</p>`);
  return html`<div class="empty"><p class="title">${title}</p>${lines.length === 0 ? NOTHING : lines}</div>`;
}
