/**
 * Incidents in a line each.
 *
 * @module
 */
import { countText, lengthText } from "../../../lib/mod.ts";
import { formatRatio } from "../../alert/plain_text.ts";
import type { IncidentRow } from "../data/incidents.ts";
import { badge, severityBadge } from "./badges.ts";
import { html, NOTHING, type Piece } from "./html.ts";
import { quotedText } from "./log_text.ts";
import type { Html, PageContext } from "./page_context.ts";
import { agoText, timeTag } from "./times.ts";

/** Places that a row names. */
const PLACES = 4;

/**
 * The list.
 *
 * @param said What is said of each beside, by its place.
 */
export function incidentRows(
  rows: readonly IncidentRow[],
  ctx: PageContext,
  said: (place: number) => Piece = () => NOTHING,
): Html {
  return html`<ol class="rows incidents" data-list>${
    rows.map((row, i) => incidentRow(row, ctx, said(i)))
  }</ol>`;
}

/** Where an incident's page is. */
export function incidentPath(id: string): string {
  return `/incidents/${encodeURIComponent(id)}`;
}

function incidentRow(row: IncidentRow, ctx: PageContext, said: Piece): Html {
  const { id, title, severity, start, end, windows, alerts, ratio } = row;
  const length = start !== null && end !== null && end > start ? lengthText(end - start) : "";
  const facts = [
    row.services.slice(0, PLACES).join(", ") +
    (row.services.length > PLACES ? ` and ${row.services.length - PLACES} more` : ""),
    ...alerts > 1 ? [countText(alerts, "alert")] : [],
    countText(windows, "anomalous window"),
    `${formatRatio(ratio)} × threshold`,
  ];
  return html`
    <li class="at-${severity}" data-key="${id}">
      <div class="marks">${severityBadge(severity)}${stateMarks(row, ctx)}</div>
      <div class="what"><a href="${ctx.link(incidentPath(id))}">${quotedText(
        shortTitle(title),
      )}</a><p class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>${said}</div>
      <div class="when">${timeTag(start, ctx)}<span class="quiet">${[length, agoText(start, ctx.now)].filter((
        text,
      ) => text !== "").join(", ")}</span></div>
    </li>
  `;
}

/** Whether it goes on, and what people did about it. */
export function stateMarks(
  { isFiring, acknowledged, silencedUntil, said }: IncidentRow,
  ctx: PageContext,
): Html[] {
  return [
    isFiring ? badge("firing", "firing") : badge("done", "over"),
    ...acknowledged === null ? [] : [badge("active", `taken by ${acknowledged.who}`)],
    ...silencedUntil === null || silencedUntil <= ctx.now ? [] : [badge("muted", "silenced")],
    ...said === null ? [] : [badge("plain", SAID[said])],
  ];
}

/** What people said of alerts, in words. */
export const SAID = { true: "was right", false: "false alarm", expected: "expected" } as const;

/** A title without what stands beside it: how severe it is, and since when. */
export function shortTitle(title: string): string {
  return title.replace(/^\[\w+(?:, was \w+)?\] /, "").replace(/ since [\d-]+ [\d:]+ UTC$/, "");
}
