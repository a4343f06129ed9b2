/**
 * Lines of an incident as they stood in the log, with those around them.
 *
 * @module
 */
import type { LineView } from "../data/incident.ts";
import { html, NOTHING } from "./html.ts";
import { logText } from "./log_text.ts";
import type { Html, PageContext } from "./page_context.ts";
import { templatePath } from "./template_rows.ts";

/** The lines that reasons are about, each behind the begin of its window. */
export function linesAround(lines: readonly LineView[], ctx: PageContext): Html {
  if (lines.length === 0) {
    return html`
      <p
        class="quiet">No lines are at hand: what is silent has none, and of records that a cluster has counted they are kept
        only where it could be asked for them then.</p>
    `;
  }
  const places = new Set(lines.map(placeOf)).size;
  const rows = lines.map((line, i) => {
    const begin = line.time === null || line.time === lines[i - 1]?.time
      ? ""
      : ctx.time(line.time).slice(11, 19);
    return lineRow(line, { begin, place: places > 1 ? placeOf(line) : "" }, ctx);
  });
  return html`
    <p
      class="quiet">What reasons are about. At the left stands when a line's window begins. Secrets are redacted, long lines cut.</p>
    <ol class="lines card">${rows}</ol>
  `;
}

function placeOf({ stream, service }: LineView): string {
  return service === "" ? stream : service;
}

function lineRow(
  { stream, text, template }: LineView,
  { begin, place }: { begin: string; place: string },
  ctx: PageContext,
): Html {
  const link = template === null
    ? NOTHING
    : html`<a class="template" href="${ctx.link(templatePath(stream, template))}">template</a>`;
  return html`
    <li><span class="time">${begin}</span>${place === ""
      ? NOTHING
      : html`<span class="stream">${place}</span>`}<div class="text">${logText(text)}</div>${link}</li>
  `;
}
