/**
 * What was found by the beginning of a key, an id or a name.
 *
 * @module
 */
import { countText } from "../../../lib/mod.ts";
import type { SearchResult } from "../data/search.ts";
import { badge } from "./badges.ts";
import { emptyState } from "./empty_state.ts";
import { html, NOTHING } from "./html.ts";
import { templateText } from "./log_text.ts";
import type { Html, PageContext } from "./page_context.ts";
import { shell } from "./shell.ts";
import { timeTag } from "./times.ts";

/** The page. */
export function searchPage({ text, found }: SearchResult, ctx: PageContext): Html {
  if (text === "") {
    return shell(
      "Search",
      emptyState(
        "Nothing was asked for",
        "A search finds whatever has a key, an id or a name that begins with your text.",
      ),
      ctx,
    );
  }
  const aside = html`<p class="lead">${countText(found.length, "match", "matches")} for “${text}”</p>`;
  const rows = found.map(({ kind, id, stream, title, at, path }) =>
    html`
      <li data-key="${kind}/${stream}/${id}">
        <div class="marks">${badge("plain", kind)}</div>
        <div
          class="what"><a href="${ctx.link(path)}">${title === ""
            ? id
            : templateText(title)}</a><p class="facts"><span><code>${id}</code></span>${stream === ""
            ? ""
            : html`<span>${stream}</span>`}</p></div>
        <div class="when">${at === null ? NOTHING : timeTag(at, ctx)}</div>
      </li>
    `
  );
  const content = found.length === 0
    ? emptyState(
      "Nothing begins with that",
      "Keys of windows and sessions, ids of incidents, alerts and templates, names of services and versions of models are looked for.",
    )
    : html`<ol class="rows found" data-list>${rows}</ol>`;
  return shell("Search", content, ctx, { aside });
}
