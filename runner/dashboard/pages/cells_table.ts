/**
 * A table that is only read.
 *
 * @module
 */
import { html } from "./html.ts";
import type { Html } from "./page_context.ts";

/** Heading of a column; of one with figures an object. */
export type Heading = string | { figures: string };

/**
 * The table in a card. A wide one scrolls by itself, so it can be reached by keys and has a name.
 *
 * @param label What a wide one is called; none = it is never wide.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cellsTable } from "./cells_table.ts";
 * import { html } from "./html.ts";
 *
 * const rows = [html`<tr><th scope="row">due</th><td class="number">3</td></tr>`];
 * assert.match(String(cellsTable(["Status", { figures: "Messages" }], rows)), /<th scope="col" class="number">Messages</);
 * ```
 */
export function cellsTable(headings: readonly Heading[], rows: readonly Html[], label?: string): Html {
  const head = headings.map((heading) =>
    typeof heading === "string"
      ? html`<th scope="col">${heading}</th>`
      : html`<th scope="col" class="number">${heading.figures}</th>`
  );
  const table = html`
    <table class="cells">
      <thead>
        <tr>${head}</tr>
      </thead>
      <tbody>${rows}</tbody>
    </table>
  `;
  return label === undefined
    ? html`<div class="card scroll">${table}</div>`
    : html`<div class="card scroll" tabindex="0" role="region" aria-label="${label}">${table}</div>`;
}
