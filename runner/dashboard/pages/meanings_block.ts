/**
 * What failed, in plain words.
 *
 * @module
 */
import type { IncidentStory } from "../data/incident.ts";
import { html, NOTHING } from "./html.ts";
import { templateText } from "./log_text.ts";
import type { Html } from "./page_context.ts";

/** Meanings, causes first. */
export function meaningsBlock(meanings: IncidentStory["meanings"]): Html {
  const cards = meanings.map(({ text, title, cause, check }) =>
    html`
      <li><p class="title">${title}</p>${cause === ""
        ? NOTHING
        : html`<p><span class="label">Likely cause</span> ${cause}</p>`}${check === ""
        ? NOTHING
        : html`<p><span class="label">Check first</span> ${check}</p>`}<p class="quiet">said by ${templateText(
          text,
          120,
        )}</p></li>
    `
  );
  return html`<ol class="meanings">${cards}</ol>`;
}
