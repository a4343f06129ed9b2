/**
 * Why an incident is one: each alert with its reasons, their shares as bars, what came against what was expected.
 *
 * @module
 */
import { countText, percentText } from "../../../lib/mod.ts";
import { formatCount, formatRatio } from "../../alert/plain_text.ts";
import type { AlertView, ReasonView } from "../data/incident.ts";
import { badge, levelMark, severityBadge } from "./badges.ts";
import { html, NOTHING } from "./html.ts";
import { SAID, shortTitle } from "./incident_rows.ts";
import { logText, quotedText } from "./log_text.ts";
import type { Html, PageContext } from "./page_context.ts";
import { templatePath } from "./template_rows.ts";
import { spanTags, timeTag } from "./times.ts";

/** Alerts that are open from the start. */
const OPEN = 3;

/** The alerts, causes first. */
export function alertSections(alerts: readonly AlertView[], ctx: PageContext): Html[] {
  return alerts.map((alert, i) =>
    html`
      <details class="card alert at-${alert.severity}" id="alert-${alert.id}" ${i < OPEN
        ? html`open`
        : NOTHING}>
        <summary><h3>${quotedText(shortTitle(alert.title))}</h3><span class="marks">${severityBadge(
          alert.severity as "low",
        )}${alert.status === "firing"
          ? badge("firing", "firing")
          : badge("done", alert.status)}${alert.said === null
          ? NOTHING
          : badge("plain", SAID[alert.said.said])}</span></summary>
        <div class="inside">${factsOf(alert, ctx)}<ol class="reasons">${alert.reasons.map((reason) =>
          reasonRow(alert.stream, reason, ctx)
        )}</ol></div>
      </details>
    `
  );
}

function factsOf(alert: AlertView, ctx: PageContext): Html {
  const { start, end, windows, kind, records, score, threshold, detectors } = alert;
  return html`
    <p
      class="facts"><span>${spanTags(start, end, ctx)}</span><span>${countText(
        windows,
        `anomalous ${kind}`,
      )}</span><span>${countText(records, "record")}</span><span>score ${formatCount(
        score,
      )} against ${formatCount(threshold)}, <b>${formatRatio(
        score / threshold,
      )}</b> times as high</span>${detectors.length === 0
        ? NOTHING
        : html`<span>raised by ${
          detectors.map(({ detector, share }) => `${detector} ${percentText(round(share))}`).join(", ")
        }</span>`}</p>
  `;
}

function round(share: number): number {
  return Math.round(100 * share) / 100;
}

function reasonRow(stream: string, reason: ReasonView, ctx: PageContext): Html {
  const { title, share, template, level, firstSeen } = reason;
  const name = title.includes("`") ? quotedText(title) : html`<code>${title}</code>`;
  const linked = template === null
    ? name
    : html`<a href="${ctx.link(templatePath(stream, template))}">${name}</a>`;
  const seen = firstSeen === null ? NOTHING : html`<span>first seen ${timeTag(firstSeen, ctx)}</span>`;
  return html`
    <li class="reason">
      <div class="share"><b>${Math.round(100 * share)} %</b>${shareBar(share)}</div>
      <div
        class="what">${linked}<p class="facts">${levelMark(level)}${seen}${saidOf(reason).map((text) =>
          html`<span>${quotedText(text)}</span>`
        )}<span class="quiet">by ${reason.detector}</span></p>${example(reason)}</div>
      <div class="counts">${comparison(reason)}</div>
    </li>
  `;
}

/** Kinds whose numbers are no counts of events. */
const UNCOUNTED = new Set(["value", "source"]);

/** How counts begin in words: bars and figures say the same. */
const COUNTED = /^[\d.,]+ (?:times?|records?)(?: in the last [^,]+)?(?:, expected [\d.,]+)?(?:, |$)/;

/** What is said of a reason beside its title and its figures, each thing once: the note of an order is its title, whole. */
function saidOf({ kind, counts, note, mostly, technique }: ReasonView): string[] {
  const told = UNCOUNTED.has(kind) ? counts : counts.replace(COUNTED, "");
  const further = [kind === "order" ? "" : note, ...mostly, technique].filter((text) =>
    !counts.includes(text)
  );
  return [told, ...further].filter((text) => text !== "");
}

function shareBar(share: number): Html {
  return html`
    <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="rest" width="100" height="6" />
      <rect width="${Math.round(1000 * share) / 10}" height="6" />
    </svg>
  `;
}

function example({ example, exampleElsewhere, actual }: ReasonView): Html {
  if (example === "") return NOTHING;
  const mark = actual === 0 ? "last seen" : exampleElsewhere ? "such as" : "";
  return html`<div class="example">${mark === "" ? NOTHING : html`<span class="label">${mark}</span>`}${
    logText(example)
  }</div>`;
}

/** Actual above expected, both on one scale. */
function comparison({ kind, actual, expected }: ReasonView): Html {
  if (UNCOUNTED.has(kind)) return NOTHING;
  const most = Math.max(actual, expected, Number.MIN_VALUE);
  const width = (value: number) => value <= 0 ? 0 : Math.max(.8, Math.round(1000 * value / most) / 10);
  return html`
    <svg class="pair" viewBox="0 0 100 18" preserveAspectRatio="none" aria-hidden="true">
      <rect class="actual" width="${width(actual)}" height="8" />
      <rect class="expected" y="10" width="${width(expected)}" height="8" />
    </svg>
    <span class="actual"><b>${formatCount(actual)}</b> actual</span><span class="expected"><b>${formatCount(
      expected,
    )}</b> expected</span>
  `;
}
