/**
 * The tables of a report: streams, parse quality, models, what could not be judged.
 *
 * @module
 */
import { formatCount, formatTime } from "../alert/plain_text.ts";
import { html, type Markup, type Piece } from "./html.ts";
import type {
  ReportData,
  ReportModel,
  ReportParseQuality,
  ReportStream,
  ReportThreshold,
} from "./report_data.ts";

interface Column<Row> {
  title: string;
  cell: (row: Row) => Piece;
  kind?: "number" | "time" | "name";
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Markup {
  const mark = (kind: string | undefined) =>
    kind === undefined ? "" : html`
      class="${kind}"
    `;
  return html`
    <div class="card scroll">
      <table>
        <thead>
          <tr>${columns.map(({ title, kind }) => html`<th${mark(kind)}>${title}</th>`)}</tr>
        </thead>
        <tbody>${rows.map((row) =>
          html`<tr>${columns.map(({ cell, kind }) => html`<td${mark(kind)}>${cell(row)}</td>`)}</tr>\n`
        )}</tbody>
      </table>
    </div>
  `;
}

/** What was read and judged, a row a stream. */
export function streamTable(streams: readonly ReportStream[]): Markup {
  const columns: Column<ReportStream>[] = [
    { title: "Stream", cell: (s) => s.name, kind: "name" },
    { title: "Format", cell: (s) => s.format },
    { title: "Inputs", cell: (s) => formatCount(s.inputs.length), kind: "number" },
    { title: "Services", cell: (s) => formatCount(s.services), kind: "number" },
    { title: "Records", cell: (s) => s.records.toLocaleString("en-US"), kind: "number" },
    { title: "Windows judged", cell: (s) => s.windows.toLocaleString("en-US"), kind: "number" },
    { title: "Anomalous", cell: (s) => s.anomalous.toLocaleString("en-US"), kind: "number" },
    { title: "Alerts", cell: (s) => formatCount(s.alerts), kind: "number" },
    { title: "Late records", cell: (s) => s.late.toLocaleString("en-US"), kind: "number" },
  ];
  return html`<h2 id="streams">Streams</h2>${table(columns, streams)}`;
}

/** How well records were understood; empty without figures. */
export function parseQualityTable(rows: readonly ReportParseQuality[]): Markup {
  if (rows.length === 0) return html``;
  const columns: Column<ReportParseQuality>[] = [
    { title: "Stream", cell: (q) => q.stream, kind: "name" },
    { title: "Format", cell: (q) => q.format },
    { title: "Records", cell: (q) => q.records.toLocaleString("en-US"), kind: "number" },
    { title: "Parsed", cell: (q) => percent(q.records === 0 ? 0 : q.parsed / q.records), kind: "number" },
    { title: "What was missing", cell: problems },
  ];
  return html`<h2 id="parsing">How well the records were understood</h2>${table(columns, rows)}`;
}

function problems({ problems }: ReportParseQuality): Piece {
  if (problems.length === 0) return html`<span class="quiet">nothing</span>`;
  return problems.map(({ reason, count, example }) =>
    html`<div>${reason}: ${count.toLocaleString("en-US")}${
      example === "" ? "" : html`<span class="sample">${example}</span>`
    }</div>`
  );
}

/** What judged, and where the line was drawn; empty without a model. */
export function modelCards(models: readonly ReportModel[]): Markup {
  if (models.length === 0) return html``;
  const cards = models.map((model) =>
    html`
      <p
        style="margin-top:16px"><b>${model.stream}</b> <span class="quiet">version ${model
          .version} · trained on ${formatTime(model.trainedFrom)} – ${formatTime(model.trainedTo)} · ${model
          .windows.toLocaleString("en-US")} windows · ${formatCount(
            model.templates,
          )} templates</span></p>${table(THRESHOLD_COLUMNS, model.thresholds)}
    `
  );
  return html`
    <h2 id="models">Models</h2>
    <p
      class="quiet">A window is anomalous when a score is greater than its threshold. <i>Nominal</i> is the share of normal windows that
    the rule means to flag, <i>realised</i> the share that it flags of the windows it was chosen on.</p>${cards}
  `;
}

const THRESHOLD_COLUMNS: readonly Column<ReportThreshold>[] = [
  { title: "Detector", cell: (t) => t.detector, kind: "name" },
  { title: "Rule", cell: (t) => t.rule, kind: "name" },
  { title: "Threshold", cell: (t) => String(Number(t.value.toPrecision(4))), kind: "number" },
  { title: "Nominal", cell: (t) => t.nominal === null ? "–" : percent(t.nominal), kind: "number" },
  { title: "Realised", cell: (t) => percent(t.realised), kind: "number" },
  { title: "Windows", cell: (t) => t.windows.toLocaleString("en-US"), kind: "number" },
  { title: "Note", cell: (t) => t.note },
];

/** What could not be judged, and what is missing; empty when everything was. */
export function notJudgedList(entries: ReportData["notJudged"]): Markup {
  if (entries.length === 0) return html``;
  return html`<h2 id="not-judged">What could not be judged</h2>
<ul class="plain card">${entries.map(({ stream, text }) => html`<li><b>${stream}</b>: ${text}</li>`)}</ul>`;
}

/** A share in per cent, two digits that matter; `99.9 %` is not rounded up to all. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value > 99 && value < 100) return `${Math.min(99.99, Math.round(100 * value) / 100)} %`;
  return `${Number(value.toPrecision(value < 10 ? 2 : 3))} %`;
}
