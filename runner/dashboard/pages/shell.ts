/**
 * What stands around every page.
 *
 * @module
 */
import type { Frame } from "./frame.ts";
import { html, NOTHING } from "./html.ts";
import { quotedText } from "./log_text.ts";
import { masthead } from "./masthead.ts";
import type { Html, PageContext } from "./page_context.ts";
import { shortcutsDialog } from "./shortcuts.ts";

/** A whole document. */
export function shell(title: string, content: Html, ctx: PageContext, frame: Frame = {}): Html {
  const { span } = ctx, { isBare = false } = frame;
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · DeepScan</title>
        <link rel="icon" type="image/svg+xml" href="${ctx.asset("icon.svg")}" />
        <link rel="stylesheet" href="${ctx.asset("page.css")}" />
        <script src="${ctx.asset("theme.js")}"></script>
        <script type="module" src="${ctx.asset("page.js")}"></script>
      </head>
      <body data-events="${isBare ? NOTHING : ctx.link("/events")}" data-zone="${span.zone}" data-from="${span
        .from}" data-to="${span.to}">
        <a class="skip" href="#main">Skip to content</a>
        ${masthead(ctx, frame)}
        <div id="connection" class="banner" role="status" data-keep></div>
        ${notice(ctx)}
        <main id="main" tabindex="-1">
          <header class="title">
            ${frame.above ?? NOTHING}
            <h1>${quotedText(title)}</h1>
            ${frame.aside ?? NOTHING}
          </header>
          ${content}
        </main>
        <footer>
          <span>DeepScan</span><span>Times in ${span.zone}</span>${isBare
            ? NOTHING
            : html`<span class="scripted">Press <kbd>?</kbd> for keys</span><a href="${
              ctx.link(`/api/v1${ctx.path}`, ctx.query)
            }">This page as JSON</a>`}
        </footer>
        ${isBare ? NOTHING : shortcutsDialog()}
      </body>
    </html>
  `;
}

/** What came of a change. */
function notice({ notice }: PageContext): Html {
  if (notice === null) return NOTHING;
  const role = notice.kind === "failed" ? "alert" : "status";
  return html`
    <div id="notice" class="banner ${notice.kind}" role="${role}" data-keep>
      <p>${notice.text}</p>
    </div>
  `;
}
