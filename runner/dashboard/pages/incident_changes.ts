/**
 * What is otherwise than before the incident.
 *
 * @module
 */
import { formatCount } from "../../alert/plain_text.ts";
import type { ChangeView, IncidentStory } from "../data/incident.ts";
import { badge } from "./badges.ts";
import { html, NOTHING } from "./html.ts";
import { templateText } from "./log_text.ts";
import type { Html, PageContext } from "./page_context.ts";
import { templatePath } from "./template_rows.ts";
import { timeTag } from "./times.ts";

const LOOKS = { new: "new", more: "more", less: "less", gone: "vanished", deployment: "active" } as const;

/** The changes. */
export function changesTable({ changes, deployment }: IncidentStory, ctx: PageContext): Html {
  const table = html`
    <div class="card">
      <table class="cells listed">
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">What</th>
            <th scope="col" class="number">In the incident</th>
            <th scope="col" class="number">Usual</th>
            <th scope="col">First</th>
          </tr>
        </thead>
        <tbody>${changes.map((change) => changeRow(change, ctx))}</tbody>
      </table>
    </div>
  `;
  return html`${deployment === "" ? NOTHING : html`<p class="lead">${deployment}</p>`}${
    changes.length === 0 ? NOTHING : table
  }`;
}

function changeRow(
  { what, stream, template, text, actual, expected, at }: ChangeView,
  ctx: PageContext,
): Html {
  const shown = templateText(text);
  const linked = template === null
    ? shown
    : html`<a href="${ctx.link(templatePath(stream, template))}">${shown}</a>`;
  return html`
    <tr>
      <th scope="row">${badge(LOOKS[what], what)}</th>
      <td class="what">${linked}<p class="facts"><span>${stream}</span></p></td>
      <td class="number" data-label="in the incident">${formatCount(actual)}</td>
      <td class="number" data-label="usual">${formatCount(expected)}</td>
      <td class="time" data-label="first">${timeTag(at, ctx)}</td>
    </tr>
  `;
}
