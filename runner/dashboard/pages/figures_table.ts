/**
 * The figures of a chart as a table, for who can't see it, or wants to know exactly.
 *
 * @module
 */
import { lengthText } from "../../../lib/mod.ts";
import type { TimeChart } from "./chart.ts";
import { html, NOTHING } from "./html.ts";
import { merged } from "./merged_slots.ts";
import type { Html, PageContext } from "./page_context.ts";
import { timeTag } from "./times.ts";

/** Rows that every page has room for; all of them come when they are asked for (`figures=all`). */
const ROWS = 24;

/** The table, folded. */
export function figuresTable(chart: TimeChart, slot: number, ctx: PageContext): Html {
  const { times, series, kind } = chart, isWhole = ctx.query.figures === "all";
  const step = isWhole ? 1 : Math.max(1, Math.ceil(times.length / ROWS));
  const columns = series.map(({ values }) => merged(values, step, kind === "ratio" ? "highest" : "sum"));
  const rows = columns[0].map((_, row) =>
    html`
      <tr><th scope="row">${timeTag(times[row * step], ctx)}</th>${columns.map((column) =>
        html`<td class="number">${cellText(column[row])}</td>`
      )}</tr>
    `
  );
  const { figures: _, after: __, ...query } = ctx.query;
  const more = step === 1
    ? NOTHING
    : html`<p><a href="${ctx.link(ctx.path, { ...query, figures: "all" })}#${chart.id}">A row for each ${
      lengthText(slot)
    }</a></p>`;
  return html`
    <details class="figures"
      ${isWhole ? html`open` : NOTHING}><summary>Figures<span class="hidden"> of ${chart
        .title} as a table</span></summary>
    <div class="scroll" tabindex="0" role="region" aria-label="${chart.title}, figures"><table>
    <caption class="hidden">${chart.title}, ${kind === "ratio" ? "highest" : "sum"} of ${lengthText(
      step * slot,
    )} each</caption>
    <thead><tr><th scope="col">From</th>${series.map(({ name }) =>
      html`<th scope="col" class="number">${name}</th>`
    )}</tr></thead><tbody>${rows}</tbody></table></div>${more}</details>
  `;
}

function cellText(value: number | null): string {
  return value === null ? "–" : Number(value.toPrecision(6)).toLocaleString("en");
}
