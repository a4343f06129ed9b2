/**
 * Something that can be done: a button under which its form unfolds, without scripts too.
 *
 * @module
 */
import { html, NOTHING, type Piece } from "./html.ts";
import type { Html } from "./page_context.ts";

/** What can be done. */
export interface Action {
  /** Unique in the page. */
  id: string;
  title: string;
  /** Key that unfolds it; default: none. */
  key?: string;
}

/** The button and what it unfolds; of several only one is open. */
export function action({ id, title, key }: Action, body: Piece): Html {
  const keys = key === undefined ? NOTHING : html`aria-keyshortcuts="${key}"`;
  return html`
    <details class="action" name="action" id="${id}" data-key="${key ?? ""}">
      <summary ${keys}>${title}</summary>
      <div class="panel">${body}</div>
    </details>
  `;
}
