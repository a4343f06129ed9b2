/**
 * Text from log lines: harmless, and short where it is long.
 *
 * @module
 */
import { numberText } from "../../../lib/mod.ts";
import { html } from "./html.ts";
import type { Html } from "./page_context.ts";

/** Characters that are shown at once, and those that come when more is asked for. */
const SHORT = 400, LONG = 8000;

/** A line, or a text made of lines. What is longer than a few rows is folded; of what is very long the end is left out, and said so. */
export function logText(text: string): Html {
  if (text.length <= SHORT) return html`<code class="log">${text}</code>`;
  const rest = text.length - LONG;
  const cut = rest > 0
    ? html`<p class="quiet">${numberText(rest)} more characters are not shown; the source has them.</p>`
    : "";
  return html`
    <details
      class="long"><summary><code class="log">${text.slice(0, SHORT)}…</code> <span class="more">${numberText(
        text.length,
      )} characters</span></summary><code class="log">${text.slice(0, LONG)}</code>${cut}</details>
  `;
}

/** A template in a table's row: cut, whole where the pointer rests. */
export function templateText(text: string, limit = 160): Html {
  const characters = [...text.slice(0, 4 * limit)];
  if (characters.length <= limit) return html`<code>${text}</code>`;
  const whole = text.slice(0, LONG);
  return html`<code title="${whole}">${characters.slice(0, limit - 1).join("")}…</code>`;
}

/** A sentence in which what logs say stands between backticks: those parts look like it, cut ones too (`…`). */
export function quotedText(text: string): Html {
  const closed = text.split("`").length % 2 === 1 ? text : text.replace(/(`[^`]*…)(?=[^`]*$)/, "$1`");
  const parts = closed.split("`"), isPaired = parts.length % 2 === 1;
  if (!isPaired || parts.length === 1) return html`${text}`;
  return html`${parts.map((part, i) => i % 2 === 1 ? html`<code class="quoted">${part}</code>` : part)}`;
}
