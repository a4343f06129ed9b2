/**
 * Filters of a list, which stay in its address, and the way to its next page.
 *
 * @module
 */
import { html, NOTHING } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";
import { spanFields } from "./span_fields.ts";

/** A filter: one of several choices, or any text. */
export interface Filter {
  /** Query parameter. */
  name: string;
  label: string;
  value: string;
  /** Absent = any text. */
  choices?: readonly (readonly [value: string, title: string])[];
}

/**
 * The form; scripts send it as soon as something is chosen.
 *
 * @param kept Further parameters that it keeps.
 */
export function filterForm(
  path: string,
  filters: readonly Filter[],
  ctx: PageContext,
  kept: Readonly<Record<string, string>> = {},
): Html {
  const isSet = filters.some(({ name }) => (ctx.query[name] ?? "") !== "");
  return html`
    <form class="filters" id="filters" method="get" action="${ctx.link(path)}" data-filters>
      ${spanFields(ctx)}${Object.entries(kept).map(([name, value]) =>
        html`<input type="hidden" name="${name}" value="${value}" />`
      )}
      ${filters.map(field)}
      <button>Filter</button>
      ${isSet ? html`<a href="${ctx.link(path, kept)}">Clear</a>` : NOTHING}
    </form>
  `;
}

function field({ name, label, value, choices }: Filter): Html {
  if (choices === undefined) {
    return html`<label>${label} <input type="search" name="${name}" value="${value}" /></label>`;
  }
  const options = choices.map(([choice, title]) =>
    html`<option value="${choice}" ${choice === value ? html`selected` : NOTHING}>${title}</option>`
  );
  return html`<label>${label} <select name="${name}">${options}</select></label>`;
}

/** Links to the first and the next page of a list; nothing where all of it is shown. */
export function pager(next: string | null, ctx: PageContext): Html {
  const isFirst = (ctx.query.after ?? "") === "";
  if (isFirst && next === null) return NOTHING;
  const link = (after: string | null) => ctx.link(ctx.path, { ...ctx.query, after });
  return html`
    <nav class="pager" aria-label="Pages of the list">${isFirst
      ? NOTHING
      : html`<a href="${link(null)}">First page</a>`}${next === null
      ? NOTHING
      : html`<a rel="next" href="${link(next)}">Next page</a>`}</nav>
  `;
}
