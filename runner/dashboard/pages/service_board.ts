/**
 * The services, each a tile: the ones that need somebody first.
 *
 * @module
 */
import { numberText } from "../../../lib/mod.ts";
import { formatRatio } from "../../alert/plain_text.ts";
import type { ServiceRow, ServiceStatus } from "../data/services.ts";
import { statusBadge } from "./badges.ts";
import { html, NOTHING } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";
import { sparkline } from "./sparkline.ts";

/** Tiles that are shown at once; those of calm services behind them are folded. */
const SHOWN = 24;

const URGENCY: readonly ServiceStatus[] = ["firing", "silent", "warning", "unknown", "ok"];

/** The board. */
export function serviceBoard(services: readonly ServiceRow[], ctx: PageContext): Html {
  if (services.length === 0) return html`<p class="quiet">No service said anything in this span.</p>`;
  const sorted = services.toSorted((a, b) => URGENCY.indexOf(a.status) - URGENCY.indexOf(b.status));
  const urgent = sorted.filter(({ status }) => status !== "ok" && status !== "unknown").length;
  const shown = Math.max(SHOWN, urgent), rest = sorted.slice(shown);
  return html`
    <ul class="board" data-list>${sorted.slice(0, shown).map((row) => tile(row, ctx))}</ul>${rest.length === 0
      ? NOTHING
      : html`
        <details class="more" id="more-services">
          <summary>${rest.length} more, all of them calm</summary>
          <ul class="board">${rest.map((row) => tile(row, ctx))}</ul>
        </details>
      `}
  `;
}

/** Where a service's page is. */
export function servicePath(stream: string, service: string): string {
  return `/services/${encodeURIComponent(stream)}/${encodeURIComponent(service)}`;
}

function tile(row: ServiceRow, ctx: PageContext): Html {
  const { stream, service, status, counts } = row;
  const name = service === stream || service === "" ? stream : service;
  return html`
    <li class="tile at-${status}" data-key="${stream}/${service}">
      <div class="row"><a class="name" href="${ctx.link(
        servicePath(stream, service),
      )}">${name}</a>${statusBadge(status)}</div>
      <p class="why">${reachText(row, ctx)}</p>
      ${sparkline(counts, "records")}
      <p class="facts">${figures(row)}</p>
    </li>
  `;
}

/** Why it is so, and how high its scores reach. */
function reachText(row: ServiceRow, ctx: PageContext): string {
  const why = whyText(row, ctx), { ratio } = row;
  if (ratio === null) return why;
  const reach = `${formatRatio(ratio)} × threshold`;
  return why === "" ? `up to ${reach}` : `${why}, ${reach}`;
}

function figures({ status, records, errors, anomalous }: ServiceRow): Html[] {
  const isTold = status === "warning"; // why it is so says how many
  return [
    html`<span><b>${numberText(records)}</b> records</span>`,
    html`<span class="${errors > 0 ? "wrong" : ""}"><b>${numberText(errors)}</b> errors</span>`,
    anomalous === 0 || isTold
      ? NOTHING
      : html`<span class="wrong"><b>${numberText(anomalous)}</b> anomalous</span>`,
  ];
}

/** Why it is so, and since when; the date only where it is not the newest one. */
export function whyText({ why, since }: ServiceRow, ctx: PageContext): string {
  if (since === null) return why;
  const text = ctx.time(since), isToday = text.slice(0, 10) === ctx.time(ctx.span.to - 1).slice(0, 10);
  return `${why} since ${isToday ? text.slice(11, 16) : text.slice(0, 16)}`;
}
