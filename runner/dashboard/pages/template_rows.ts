/**
 * Templates in a row each.
 *
 * @module
 */
import { numberText } from "../../../lib/mod.ts";
import type { TemplateRow } from "../data/templates.ts";
import { badge, levelMark, stateBadge } from "./badges.ts";
import { html, NOTHING } from "./html.ts";
import { templateText } from "./log_text.ts";
import type { Html, PageContext } from "./page_context.ts";
import { sparkline } from "./sparkline.ts";
import { timeTag } from "./times.ts";

/** Where a template's page is. */
export function templatePath(stream: string, id: string): string {
  return `/templates/${encodeURIComponent(stream)}/${encodeURIComponent(id)}`;
}

/** The table. */
export function templateTable(rows: readonly TemplateRow[], ctx: PageContext): Html {
  return html`
    <div class="card">
      <table class="cells listed" data-list>
        <thead>
          <tr>
            <th scope="col">Template</th>
            <th scope="col">Over time</th>
            <th scope="col" class="number">Records</th>
            <th scope="col">First seen</th>
            <th scope="col">Last seen</th>
          </tr>
        </thead>
        <tbody>${rows.map((row) => templateRow(row, ctx))}</tbody>
      </table>
    </div>
  `;
}

function templateRow(row: TemplateRow, ctx: PageContext): Html {
  const { stream, id, text, state, count, share, firstSeen, lastSeen, isBorn, counts, meaning } = row;
  return html`
    <tr data-key="${stream}/${id}">
      <td
        class="what"><a href="${ctx.link(templatePath(stream, id))}">${templateText(
          text,
        )}</a><p class="facts">${state === "usual" ? NOTHING : stateBadge(state)}${mostlyLevel(
          row,
        )}<span>${stream}</span>${isBorn ? badge("plain", "in no model yet") : NOTHING}${meaning === ""
          ? NOTHING
          : html`<span class="meaning">${meaning}</span>`}</p></td>
      <td class="spark">${sparkline(counts, "records")}</td>
      <td class="number" data-label="records">${numberText(count)} <span class="quiet">${shareText(
        share,
      )}</span></td>
      <td class="time" data-label="first">${timeTag(firstSeen, ctx)}</td>
      <td class="time" data-label="last">${timeTag(lastSeen, ctx)}</td>
    </tr>
  `;
}

/** Its level; where only some of its records are errors, how many. */
export function mostlyLevel({ level, count, errors }: TemplateRow): Html {
  if (errors === 0 || 2 * errors >= count) return levelMark(level);
  return html`<span class="wrong"><b>${numberText(errors)}</b> of them errors</span>`;
}

function shareText(share: number): string {
  return share === 0 ? "" : share < .0005 ? "< 0.1 %" : `${Number((100 * share).toPrecision(2))} %`;
}
