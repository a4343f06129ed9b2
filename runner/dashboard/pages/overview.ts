/**
 * Everything at a glance: what is wrong first, then how much there was.
 *
 * @module
 */
import { countText, lengthText, numberText } from "../../../lib/mod.ts";
import type { Overview, StreamDelay } from "../data/overview.ts";
import { badge } from "./badges.ts";
import { emptyState } from "./empty_state.ts";
import { errorTypesTable } from "./error_types.ts";
import { cellsTable } from "./cells_table.ts";
import { html, NOTHING, type Piece } from "./html.ts";
import { incidentRows } from "./incident_rows.ts";
import type { Html, PageContext } from "./page_context.ts";
import { anomalyChart, volumeChart, wrongChart } from "./service_charts.ts";
import { serviceBoard } from "./service_board.ts";
import { section } from "./section.ts";
import { shell } from "./shell.ts";
import { agoText, isoTime, timeTag } from "./times.ts";

/** The overview. */
export function overviewPage(data: Overview, ctx: PageContext): Html {
  const frame = { view: "overview", aside: html`<p class="lead">${inWords(data)}</p>` };
  return shell("Overview", isUnused(data) ? firstSteps() : content(data, ctx), ctx, frame);
}

/** Whether nothing was ever read. */
function isUnused({ services, delays, incidents, totals }: Overview): boolean {
  return services.length + delays.length + incidents.length + totals.records === 0;
}

function firstSteps(): Html {
  return emptyState(
    "Nothing was read yet",
    html`Run <code>deno task detect</code> in the project's folder: it reads what the settings name, or a sample that it makes itself.
    This page shows what it finds while it runs.`,
    html`<code>deno task deepscan init PATH…</code> writes settings from looking at your logs; <code>deno task watch</code> reads on and on.`,
  );
}

function content(data: Overview, ctx: PageContext): Html {
  return html`
    ${tiles(data, ctx)}
    ${section("open", "Open incidents", openIncidents(data, ctx))}
    ${section("services", "Services", serviceBoard(data.services, ctx))}
    <section class="charts three" aria-label="Volume and anomalies">${charts(data, ctx)}</section>
    ${recentIncidents(data, ctx)}
    ${section("errors", "Kinds of errors", errorTypesTable(data.errorTypes, ctx))}
    ${section("freshness", "Freshness of data", delayTable(data.delays, ctx))}
  `;
}

function charts({ volume, anomalies }: Overview, ctx: PageContext): Html[] {
  return [volumeChart(volume, ctx), wrongChart(volume, ctx), anomalyChart(anomalies, ctx)];
}

/** How things are, as one would say it. */
function inWords({ services, totals }: Overview): string {
  const count = (status: string) => services.filter((row) => row.status === status).length;
  const parts = [
    [count("firing"), "firing"],
    [count("silent"), "silent"],
    [count("warning"), "with anomalies that are over"],
    [count("unknown"), "not judged"],
    [count("ok"), "normal"],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  const all = said.length === 0
    ? "No services"
    : `${countText(totals.services, "service")}: ${said.join(", ")}`;
  return `${all}. ${countText(totals.openIncidents, "open incident")}.`;
}

function tiles({ totals, delays, incidents }: Overview, ctx: PageContext): Html {
  const { openIncidents, records, recordsBefore, errors, windows, anomalous } = totals;
  const change = recordsBefore === 0
    ? ""
    : `${signedPercent(records / recordsBefore - 1)} against the span before`;
  const open = html`<a href="${ctx.link("/incidents", { status: "open" })}">${numberText(openIncidents)}</a>`;
  return html`
    <dl class="tiles">
      ${tile("Open incidents", open, openText(incidents, openIncidents), openIncidents > 0 ? "bad" : "good")}
      ${tile("Anomalous windows", numberText(anomalous), `of ${numberText(windows)} judged`)}
      ${tile(
        "Error records",
        numberText(errors),
        records === 0 ? "" : `${shareText(errors / records)} of all`,
      )}
      ${tile("Records", numberText(records), change)}
      ${newest(delays, ctx)}
    </dl>
  `;
}

function tile(name: string, figure: Piece, said: string, look = ""): Html {
  return html`
    <div class="${look}">
      <dt>${name}</dt>
      <dd>${figure}<small>${said}</small></dd>
    </div>
  `;
}

/** How bad the worst one is, and whether somebody takes care of all of them. */
function openText(incidents: Overview["incidents"], count: number): string {
  if (incidents.length === 0) return "";
  const free = incidents.filter(({ acknowledged }) => acknowledged === null).length;
  const taken = free === 0 ? "all taken" : `${free} not taken yet`;
  return `the worst ${incidents[0].severity}${count > incidents.length ? "" : `, ${taken}`}`;
}

function newest(delays: readonly StreamDelay[], ctx: PageContext): Html {
  const times = delays.flatMap(({ newest }) => newest === null ? [] : [newest]);
  if (times.length === 0) return tile("Newest data", "–", "");
  const latest = Math.max(...times), text = ctx.time(latest), ago = agoText(latest, ctx.now);
  const clock = html`<time datetime="${isoTime(latest)}">${text.slice(11, 19)}</time>`;
  return tile("Newest data", clock, `${text.slice(0, 10)}${ago === "" ? "" : `, ${ago}`}`);
}

function signedPercent(change: number): string {
  const percent = Math.round(100 * change);
  return `${percent < 0 ? "−" : "+"}${numberText(Math.abs(percent))} %`;
}

function shareText(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

function openIncidents({ incidents, totals }: Overview, ctx: PageContext): Html {
  if (incidents.length === 0) return html`<p class="fine">No incident is open.</p>`;
  const more = totals.openIncidents > incidents.length
    ? html`<p class="further"><a href="${
      ctx.link("/incidents", { status: "open" })
    }">All ${totals.openIncidents} open incidents</a></p>`
    : NOTHING;
  return html`${incidentRows(incidents, ctx)}${more}`;
}

/** What is over already: who comes later sees what there was. */
function recentIncidents({ recent }: Overview, ctx: PageContext): Html {
  if (recent.length === 0) return NOTHING;
  return section(
    "recent",
    "Over in this span",
    html`${incidentRows(recent, ctx)}<p class="further"><a href="${
      ctx.link("/incidents")
    }">All incidents of this span</a></p>`,
  );
}

/** From this delay on it is said to be late, ms. */
const LATE = 900_000;

function delayTable(delays: readonly StreamDelay[], ctx: PageContext): Html {
  if (delays.length === 0) return html`<p class="quiet">No stream was read yet.</p>`;
  const rows = delays.map(({ stream, newest, delay, readAt }) =>
    html`
      <tr>
        <th scope="row">${stream}</th>
        <td>${delay === null
          ? html`<span class="quiet">not measured: these are past lines</span>`
          : delay > LATE
          ? badge("warning", `${lengthText(delay)} behind`)
          : badge("ok", `${lengthText(delay)} behind`)}</td>
        <td data-label="Newest record">${timeTag(newest, ctx)}</td>
        <td data-label="Read">${timeTag(readAt, ctx)} <span class="quiet">${agoText(
          readAt,
          ctx.now,
        )}</span></td>
      </tr>
    `
  );
  return cellsTable(["Stream", "Delay", "Newest record", "Last read"], rows);
}
