/**
 * What is shown where a page can't be.
 *
 * @module
 */
import { emptyState } from "./empty_state.ts";
import { html } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";
import { shell } from "./shell.ts";

/** What the page of an error shows. */
export interface ErrorData {
  status: number;
  title: string;
  text: string;
}

/** The page. */
export function errorPage({ status, title, text }: ErrorData, ctx: PageContext): Html {
  const hint = status === 404
    ? html`
      It may have been forgotten (<code>state.keep</code>), or the address is wrong. <a
        href="${ctx.link("/search")}">Search</a> finds
          things by the beginning of their key, id or name.
    `
    : html`<a href="${ctx.link(ctx.path, ctx.query)}">Try again</a>, or look at <a href="${
      ctx.link("/health")
    }">DeepScan's health</a>.`;
  return shell(title, emptyState(text, hint), ctx);
}
