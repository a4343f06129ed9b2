/**
 * A report: one HTML file that needs nothing else, neither a script nor the network.
 *
 * @module
 */
import { formatTime } from "../alert/plain_text.ts";
import { SEVERITIES } from "../config/alert_names.ts";
import { incidentSection } from "./alert_cards.ts";
import { html, type Markup, svgMarkup } from "./html.ts";
import type { ReportChart, ReportData } from "./report_data.ts";
import { modelCards, notJudgedList, parseQualityTable, percent, streamTable } from "./report_tables.ts";
import { STYLE } from "./style.ts";

export type {
  ReportChart,
  ReportData,
  ReportModel,
  ReportParseQuality,
  ReportStream,
  ReportThreshold,
} from "./report_data.ts";

/** Nothing may run and nothing may be fetched, whatever a log line holds. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The report as one self-contained HTML page. Equal data give equal bytes.
 *
 * @throws {TypeError} if a chart holds anything but shapes and text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { writeReport } from "./report.ts";
 *
 * const page = writeReport({ title: "Shop", generatedAt: 0, from: 0, to: 86_400_000, streams: [], charts: [], incidents: [],
 *   meanings: new Map(), program: null, parseQuality: [], models: [], notJudged: [] });
 * assert(page.includes("Nothing anomalous in this period"));
 * ```
 */
export function writeReport(data: ReportData): string {
  const body = html`<header>
<h1>${data.title}</h1>
<p class="quiet">${formatTime(data.from)} – ${formatTime(data.to)}. All times are UTC.</p>
<p class="lead">${leadOf(data)}</p>
${tiles(data)}
</header>
<main>
${incidentSection(data)}
${data.charts.length > 0 ? html`<h2 id="charts">Over time</h2>${data.charts.map(figure)}` : ""}
${notJudgedList(data.notJudged)}
${streamTable(data.streams)}
${parseQualityTable(data.parseQuality)}
${modelCards(data.models)}
</main>
<footer>Made by DeepScan, ${
    formatTime(data.generatedAt)
  }. Log lines are redacted. This file loads nothing and runs no script.</footer>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${html`<title>${data.title}</title>`.text}
<style>${STYLE}</style>
</head>
<body>
${body.text}
</body>
</html>
`;
}

function leadOf({ incidents, streams, notJudged }: ReportData): string {
  const alerts = incidents.flatMap((incident) => incident.alerts);
  const where = new Set(alerts.map(({ stream }) => stream)).size;
  const unjudged = notJudged.length > 0 ? " Not everything could be judged; see below." : "";
  if (alerts.length === 0) {
    return streams.some((stream) => stream.windows > 0)
      ? `Nothing anomalous.${unjudged}`
      : `Nothing was judged.${unjudged}`;
  }
  const noun = incidents.length === 1 ? "incident" : "incidents";
  const told = alerts.length > incidents.length ? `, ${alerts.length} alerts,` : "";
  return `${incidents.length} ${noun}${told} in ${where} of ${streams.length} ${
    streams.length === 1 ? "stream" : "streams"
  }.${unjudged}`;
}

function tiles(data: ReportData): Markup {
  const sum = (field: "records" | "windows" | "anomalous") =>
    data.streams.reduce((total, stream) => total + stream[field], 0);
  const [records, windows, anomalous] = [sum("records"), sum("windows"), sum("anomalous")];
  const parsed = data.parseQuality.reduce((total, quality) => total + quality.parsed, 0);
  const examined = data.parseQuality.reduce((total, quality) => total + quality.records, 0);
  const bySeverity = [...SEVERITIES].reverse()
    .map((severity) => ({
      severity,
      count: data.incidents.filter((incident) => incident.severity === severity).length,
    }))
    .filter(({ count }) => count > 0).map(({ severity, count }) => `${count} ${severity}`).join(", ");
  return html`<dl class="tiles">
${tile("Incidents", data.incidents.length, bySeverity)}
${
    tile(
      "Anomalous windows",
      anomalous,
      windows === 0 ? "" : `${percent(anomalous / windows)} of those judged`,
    )
  }
${tile("Windows judged", windows, `time windows and sessions`)}
${tile("Records read", records, examined === 0 ? "" : `${percent(parsed / examined)} parsed`)}
${
    tile(
      "Streams",
      data.streams.length,
      `${data.streams.reduce((n, stream) => n + stream.services, 0)} services`,
    )
  }
</dl>`;
}

function tile(name: string, value: number, note: string): Markup {
  return html`
    <div class="card">
      <dt>${name}</dt>
      <dd>${value.toLocaleString("en-US")}<small>${note}</small></dd>
    </div>
  `;
}

function figure({ caption, light, dark }: ReportChart): Markup {
  const darkPart = dark === undefined ? "" : html`<div class="dark">${svgMarkup(dark)}</div>`;
  return html`
    <figure
      class="card">${darkPart}<div class="light">${svgMarkup(
        light,
      )}</div><figcaption>${caption}</figcaption></figure>
  `;
}
