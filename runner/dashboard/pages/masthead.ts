/**
 * The head of every page: where one is, search, what span of time, how fresh.
 *
 * @module
 */
import type { Frame } from "./frame.ts";
import { html, NOTHING } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";
import { rangeMenu } from "./range_menu.ts";
import { spanFields } from "./span_fields.ts";

/** Views of the navigation, by path and title. */
const VIEWS = [
  ["overview", "Overview"],
  ["incidents", "Incidents"],
  ["templates", "Templates"],
  ["models", "Models"],
  ["health", "Health"],
] as const;

/** The head of a page. */
export function masthead(ctx: PageContext, { view = "", isBare = false }: Frame): Html {
  if (isBare) return html`<header class="masthead" id="masthead">${brand(ctx)}</header>`;
  const links = VIEWS.map(([name, title]) =>
    html`
      <a href="${ctx.link(`/${name}`)}" ${name === view ? html`aria-current="page"` : NOTHING}>${title}</a>
    `
  );
  return html`
    <header class="masthead" id="masthead">
      ${brand(ctx)}
      <nav aria-label="Views">${links}</nav>
      <form class="search" role="search" method="get" action="${ctx.link("/search")}">
        ${spanFields(ctx)}
        <input id="search" type="search" name="text" aria-label="Search keys, ids and names" aria-keyshortcuts="/"
          placeholder="Search keys, ids, names" autocomplete="off" value="${ctx.path === "/search"
            ? ctx.query.text ?? ""
            : ""}" />
      </form>
      <span id="live" class="live scripted" data-keep><span class="word">Connecting</span></span>
      ${rangeMenu(ctx)}
      <button type="button" id="theme" class="icon scripted" data-keep>Theme</button>
      ${ctx.user === null ? NOTHING : userMenu(ctx.user, ctx)}
    </header>
  `;
}

function brand(ctx: PageContext): Html {
  return html`<a class="brand" href="${
    ctx.link("/overview")
  }"><svg viewBox="0 0 20 20" aria-hidden="true"><path
    d="M1 12h4l2-4 3 9 3-14 2 9h4" /></svg>DeepScan</a>`;
}

/** Who is logged in, and the way out. */
function userMenu(user: string, ctx: PageContext): Html {
  return html`
    <details class="menu user" id="user">
      <summary>${user}</summary>
      <div class="panel">
        <form method="post"
          action="${ctx.link("/logout")}"><input type="hidden" name="csrf" value="${ctx
            .csrf}" /><button>Log out</button></form>
      </div>
    </details>
  `;
}
