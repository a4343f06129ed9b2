/**
 * The alerts of a report: an overview as a table, then one card each.
 *
 * @module
 */
import { type Reason, reasonTitle } from "../../lib/mod.ts";
import type { Alert } from "../alert/alert.ts";
import { type ErrorMeaning, meaningHeading, meaningLines } from "../alert/meanings.ts";
import { explainCommand, type Program, shownReasons } from "../alert/message.ts";
import { formatCount, formatRatio, formatTime, plainLine } from "../alert/plain_text.ts";
import { detectorsText, isCounted, noteText, techniquesText, whatOf } from "../alert/wording.ts";
import { html, type Markup } from "./html.ts";
import type { ReportData } from "./report_data.ts";
import { sampleLine } from "./sample_line.ts";

/** Cards that are open from the start. */
const OPEN_CARDS = 20;

/** The section about alerts. */
export function alertSection(
  { alerts, meanings, program }: Pick<ReportData, "alerts" | "meanings" | "program">,
): Markup {
  if (alerts.length === 0) {
    return html`
      <h2 id="alerts">Alerts</h2>
      <p
        class="card"><span class="calm" style="display:block;padding:14px 16px">Nothing anomalous in this period.</span></p>
    `;
  }
  const cards = alerts.map((alert, i) =>
    alertCard(alert, { program, open: i < OPEN_CARDS, meanings: meanings.get(alert.id) ?? [] })
  );
  return html`<h2 id="alerts">Alerts</h2>${alerts.length > 1 ? overview(alerts) : ""}${cards}`;
}

function overview(alerts: readonly Alert[]): Markup {
  const rows = alerts.map((alert) =>
    html`
      <tr>
        <td><span class="badge ${alert.severity}">${alert.severity}</span></td>
        <td class="time">${formatTime(alert.start)}</td>
        <td class="name">${plainLine(placeOf(alert), 60)}</td>
        <td class="what"><a href="#${anchor(alert)}">${plainLine(whatOf(alert), 200)}</a></td>
        <td class="number">${formatCount(alert.windows)}</td>
        <td class="number">${ratioOf(alert)} ×</td>
      </tr>
    `
  );
  return html`
    <div class="card scroll overview" style="margin-bottom:16px">
      <table>
        <thead>
          <tr>
            <th>Severity</th>
            <th>Since</th>
            <th>Where</th>
            <th>What</th>
            <th class="number">Windows</th>
            <th class="number">Score ÷ threshold</th>
          </tr>
        </thead>
        <tbody>${rows}</tbody>
      </table>
    </div>
  `;
}

/** How an alert is shown. */
interface Card {
  /** How to look further; `null` where nothing is kept to look at. */
  program: Program | null;
  /** Whether everything is shown from the start. */
  open: boolean;
  meanings: readonly ErrorMeaning[];
}

function alertCard(alert: Alert, { program, open, meanings }: Card): Markup {
  const facts = [
    `${formatTime(alert.start)} – ${formatTime(alert.end)}`,
    `${formatCount(alert.windows)} ${nounOf(alert)}`,
    `${formatCount(alert.records)} ${alert.records === 1 ? "record" : "records"}`,
    `score ${ratioOf(alert)} × threshold`,
    ...(alert.detectors.length === 0 ? [] : [`raised by ${detectorsText(alert.detectors)}`]),
    ...[techniquesText(shownReasons(alert))].filter((text) => text !== ""),
  ];
  return html`
    <details class="alert card at-${alert.severity}" id="${anchor(alert)}" ${open
      ? html`
        open
      `
      : ""}>
      <summary><span class="badge ${alert.severity}">${alert.severity}</span> <h3>${placeOf(alert)}: ${whatOf(
        alert,
      )}</h3>
    <span class="facts">${facts.join(" · ")}</span></summary>
      <div class="inside">${meaningBlock(meanings)}${shownReasons(alert).map(reasonRow)}
    <p class="further">${alert.windows > 1 ? "Worst" : "Its"} ${nounOf({
      ...alert,
      windows: 1,
    })}: <code>${alert.worstKey}</code>${program === null ? "" : html`<br>
    Whole reasoning: <code>${explainCommand(alert, program)}</code>`}</p></div>
    </details>
  `;
}

function meaningBlock(meanings: readonly ErrorMeaning[]): Markup {
  if (meanings.length === 0) return html``;
  const told = meanings.map((meaning) => {
    const [title, ...further] = meaningLines(meaning);
    return html`<p><b>${title}</b>${further.map((line) => html`<br>${line}`)}</p>\n`;
  });
  return html`<div class="meaning"><h4>${meaningHeading(meanings)}</h4>${told}</div>`;
}

function reasonRow(reason: Reason): Markup {
  const seen = reason.firstSeen === null
    ? ""
    : html`<div class="seen">first seen ${formatTime(reason.firstSeen)}</div>`;
  const said = noteText(reason), note = said === "" ? "" : html`<div class="seen">${said}</div>`;
  return html`
    <div class="reason">
      <div class="share">${Math.round(100 * reason.share)} %</div>
      <div class="what"><code>${reasonTitle(reason)}</code>${seen}${note}${sampleLine(reason)}</div>
      <div class="counts">${isCounted(reason) ? countsRow(reason) : ""}</div>
    </div>
  `;
}

function countsRow(reason: Reason): Markup {
  return html`${bars(reason)}<b>${formatCount(reason.actual)}</b> actual, <i>${
    formatCount(reason.expected)
  }</i> expected`;
}

/** Actual above expected, both on one scale. */
function bars({ actual, expected }: Reason): Markup {
  const most = Math.max(actual, expected, Number.MIN_VALUE);
  const width = (value: number) => value <= 0 ? 0 : Math.max(0.5, 100 * value / most).toFixed(1);
  return html`
    <svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
      <rect class="actual" y="1" width="${width(actual)}" height="6" rx="1" />
      <rect class="expected" y="9" width="${width(expected)}" height="6" rx="1" />
    </svg>
  `;
}

function anchor(alert: Alert): string {
  return `alert-${alert.id.replace(/[^\w-]/g, "")}`;
}

function placeOf(alert: Alert): string {
  return alert.service === alert.stream ? alert.stream : `${alert.stream}/${alert.service}`;
}

function nounOf(alert: Alert): string {
  const noun = alert.kind === "session" ? "session" : "window";
  return alert.windows === 1 ? noun : `${noun}s`;
}

function ratioOf(alert: Alert): string {
  return formatRatio(alert.score / alert.threshold);
}
