/**
 * One service.
 *
 * @module
 */
import { numberText } from "../../../lib/mod.ts";
import { formatRatio } from "../../alert/plain_text.ts";
import type { ServiceDetail } from "../data/services.ts";
import { statusBadge } from "./badges.ts";
import { html } from "./html.ts";
import { incidentRows } from "./incident_rows.ts";
import type { Html, PageContext } from "./page_context.ts";
import { anomalyChart, scoreChart, volumeChart, wrongChart } from "./service_charts.ts";
import { section } from "./section.ts";
import { whyText } from "./service_board.ts";
import { shell } from "./shell.ts";
import { templateTable } from "./template_rows.ts";
import { timeTag } from "./times.ts";

/** Everything about one service. */
export function servicePage(data: ServiceDetail, ctx: PageContext): Html {
  const { row, incidents, errorTypes } = data;
  const above = html`<p class="above"><a href="${
    ctx.link("/overview")
  }">Services</a> <span class="quiet">stream ${row.stream}</span></p>`;
  const aside = html`
    <div class="marks">${statusBadge(row.status)}<span class="quiet">${whyText(
      row,
      ctx,
    )}</span></div>${factsLine(
      data,
      ctx,
    )}
  `;
  const content = html`
    <section class="charts" aria-label="Over time">${scoreChart(data.scores, ctx)}${wrongChart(
      data.volume,
      ctx,
    )}${volumeChart(data.volume, ctx)}${anomalyChart(data.anomalies, ctx)}</section>
    ${section("incidents", "Incidents", incidentList(incidents, ctx))}
    ${section("errors", "Kinds of errors of its stream", errorList(errorTypes, ctx))}
  `;
  return shell(row.service === "" ? row.stream : row.service, content, ctx, {
    view: "overview",
    above,
    aside,
  });
}

function incidentList(incidents: ServiceDetail["incidents"], ctx: PageContext): Html {
  return incidents.length === 0
    ? html`<p class="fine">No incident of this service in this span.</p>`
    : incidentRows(incidents, ctx);
}

function errorList(types: ServiceDetail["errorTypes"], ctx: PageContext): Html {
  return types.length === 0 ? html`<p class="fine">No errors in this span.</p>` : templateTable(types, ctx);
}

function factsLine({ row }: ServiceDetail, ctx: PageContext): Html {
  const { records, errors, anomalous, ratio, openIncidents, lastSeen } = row;
  return html`
    <p class="facts"><span><b>${numberText(records)}</b> records</span><span><b>${numberText(
      errors,
    )}</b> errors</span>
    <span><b>${numberText(anomalous)}</b> anomalous windows</span><span>highest score <b>${ratio === null
      ? "–"
      : formatRatio(
        ratio,
      )}</b> × threshold</span><span><b>${openIncidents}</b> open incidents</span><span>newest record ${timeTag(
        lastSeen,
        ctx,
      )}</span></p>
  `;
}
