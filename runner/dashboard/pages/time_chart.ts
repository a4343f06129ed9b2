/**
 * Numbers over time as a picture that scripts make better, with the same figures as a table.
 *
 * @module
 */
import { lengthText } from "../../../lib/mod.ts";
import type { TimeChart } from "./chart.ts";
import { chartPicture } from "./chart_picture.ts";
import { figuresTable } from "./figures_table.ts";
import { html, NOTHING } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";

/** The chart. */
export function timeChart(chart: TimeChart, ctx: PageContext): Html {
  const slot = slotOf(chart, ctx), drawn = chart.series.filter(({ isListed }) => !isListed);
  const isEmpty = drawn.every(({ values }) =>
    values.every((value) => value === null || (value === 0 && chart.kind === "stack"))
  );
  const caption =
    html`<figcaption><span class="name">${chart.title}</span> <span class="quiet unit" data-keep>${
      chart.kind === "ratio" ? "highest" : "sum"
    } of ${
      lengthText(slot)
    }</span><span class="quiet readout" aria-hidden="true" data-keep></span></figcaption>`;
  if (isEmpty) {
    return html`<figure class="chart" id="${chart.id}">${caption}<p class="quiet none">${chart.nothing}</p></figure>`;
  }
  return html`
    <figure class="chart" id="${chart.id}" data-chart="${dataOf(chart, slot)}">
      ${caption}
      <div class="plot" role="img" aria-label="${chart.title}: ${spoken(
        chart,
      )}" data-keep="children">${chartPicture(
        chart,
      )}</div>
      ${legend(chart)}
      ${figuresTable(chart, slot, ctx)}
    </figure>
  `;
}

/** Length of a slot, ms: what lies between two, or what the page says where there is only one. */
function slotOf({ times }: TimeChart, { span }: PageContext): number {
  return times.length > 1 ? times[1] - times[0] : span.slot;
}

/** What scripts draw from. */
function dataOf({ kind, times, series, marks = [], during }: TimeChart, slot: number): string {
  return JSON.stringify({ kind, start: times[0] ?? 0, slot, series, marks, during });
}

function legend({ kind, series }: TimeChart): Html {
  const drawn = series.filter(({ isListed }) => !isListed);
  if (drawn.length < 2 && kind === "stack") return NOTHING;
  const items = drawn.map(({ name, look }) => html`<li class="${look}">${name}</li>`);
  const threshold = kind === "ratio"
    ? html`
      <li class="threshold">threshold</li>
      <li class="mark">anomalous</li>
    `
    : NOTHING;
  return html`<ul class="legend">${items}${threshold}</ul>`;
}

function spoken({ kind, series, marks = [] }: TimeChart): string {
  const parts = series.map(({ name, values }) => {
    const present = values.filter((value) => value !== null);
    const figure = kind === "ratio"
      ? `at most ${figureText(Math.max(0, ...present))}`
      : figureText(present.reduce((sum, value) => sum + value, 0));
    return `${name} ${figure}`;
  });
  return [...parts, ...marks.length > 0 ? [`${marks.length} anomalous`] : []].join(", ");
}

function figureText(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en");
}
