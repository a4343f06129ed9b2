/**
 * The incidents of a report: an overview as a table, then a card for each of their alerts.
 *
 * @module
 */
import { lengthText, type Reason, reasonTitle } from "../../lib/mod.ts";
import { type Alert, shownReasons } from "../alert/alert.ts";
import { type Incident, placeOf } from "../alert/incidents.ts";
import { type ErrorMeaning, meaningHeading, meaningLines } from "../alert/meanings.ts";
import { explainCommand, type Program } from "../alert/message.ts";
import { formatCount, formatRatio, formatTime, plainLine } from "../alert/plain_text.ts";
import {
  detectorsText,
  isCounted,
  mostlyText,
  noteText,
  nounOf,
  techniquesText,
  whatOf,
} from "../alert/wording.ts";
import { html, type Markup } from "./html.ts";
import type { ReportData } from "./report_data.ts";
import { sampleLine } from "./sample_line.ts";

/** Incidents whose first cards are open from the start. */
const OPEN_CARDS = 20;
/** Further alerts of an incident that the overview names. */
const NAMED_ALERTS = 3;

/** The section about incidents. */
export function incidentSection(
  { incidents, meanings, program }: Pick<ReportData, "incidents" | "meanings" | "program">,
): Markup {
  if (incidents.length === 0) {
    return html`
      <h2 id="alerts">Alerts</h2>
      <p
        class="card"><span class="calm" style="display:block;padding:14px 16px">Nothing anomalous in this period.</span></p>
    `;
  }
  const isOpen = (incident: number, alert: number) => incident < OPEN_CARDS && alert === 0;
  const sections = incidents.map((incident, i) => {
    const cards = incident.alerts.map((alert, j) =>
      alertCard(alert, { program, open: isOpen(i, j), meanings: meanings.get(alert.id) ?? [] })
    );
    return cards.length === 1
      ? cards[0]
      : html`<section class="incident">${incidentHeading(incident)}${cards}</section>`;
  });
  return html`<h2 id="alerts">What happened</h2>${
    incidents.length > 1 ? overview(incidents) : ""
  }${sections}`;
}

function incidentHeading({ alerts, start, end }: Incident): Markup {
  const [lead] = alerts, others = new Set(alerts.map(placeOf).filter((place) => place !== placeOf(lead)));
  const affected = others.size === 0 ? "" : `; ${[...others].sort().join(", ")} affected`;
  return html`
    <p>
      <b>One incident, ${alerts.length} alerts</b>, likely causes first${affected} <span
        class="quiet">· ${formatTime(start)} – ${formatTime(end)}</span>
    </p>
  `;
}

function overview(incidents: readonly Incident[]): Markup {
  const rows = incidents.map(({ alerts, severity, start }) => {
    const [lead, ...others] = alerts;
    const windows = alerts.reduce((sum, alert) => sum + alert.windows, 0);
    const most = alerts.reduce((a, b) => b.score / b.threshold > a.score / a.threshold ? b : a);
    return html`
      <tr>
        <td><span class="badge ${severity}">${severity}</span></td>
        <td class="time">${formatTime(start).replace(" UTC", "")}</td>
        <td class="name">${placeOf(lead)}</td>
        <td class="what">${linkTo(lead, whatOf(lead))}${furtherLinks(lead, others)}</td>
        <td class="number">${formatCount(alerts.length)}</td>
        <td class="number">${formatCount(windows)}</td>
        <td class="number">${ratioOf(most)} ×</td>
      </tr>
    `;
  });
  return html`
    <div class="card scroll overview" style="margin-bottom:16px">
      <table>
        <thead>
          <tr>
            <th>Severity</th>
            <th>Since</th>
            <th>Where</th>
            <th>What</th>
            <th class="number">Alerts</th>
            <th class="number">Windows</th>
            <th class="number">Score ÷ threshold</th>
          </tr>
        </thead>
        <tbody>${rows}</tbody>
      </table>
    </div>
  `;
}

function linkTo(alert: Alert, text: string): Markup {
  return html`<a href="#${anchor(alert)}">${plainLine(text, 200)}</a>`;
}

/** What else belongs to an incident, each in a line. */
function furtherLinks(lead: Alert, others: readonly Alert[]): Markup {
  const lines = others.slice(0, NAMED_ALERTS).map((alert) => {
    const place = placeOf(alert) === placeOf(lead) ? "" : `${placeOf(alert)}: `;
    return html`<div class="seen">with it ${linkTo(alert, place + whatOf(alert))}</div>`;
  });
  const more = others.length - lines.length;
  return html`${lines}${more > 0 ? html`<div class="seen">and ${more} more</div>` : ""}`;
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
    `${formatCount(alert.windows)} ${nounsOf(alert)}`,
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
    <p class="further">${alert.windows > 1 ? "Worst" : "Its"} ${nounOf(alert)}: <code>${alert
      .worstKey}</code>${program === null ? "" : html`<br>
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
  const said = [noteText(reason), mostlyText(reason)].filter((text) => text !== "").join(", ");
  const note = said === "" ? "" : html`<div class="seen">${said}</div>`;
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
  }</i> expected ${reason.span === undefined ? "" : `in ${lengthText(reason.span)}`}`;
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

function nounsOf(alert: Alert): string {
  return alert.windows === 1 ? nounOf(alert) : `${nounOf(alert)}s`;
}

function ratioOf(alert: Alert): string {
  return formatRatio(alert.score / alert.threshold);
}
