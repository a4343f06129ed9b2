/**
 * The card of one version.
 *
 * @module
 */
import { numberText } from "../../../lib/mod.ts";
import { quantityText } from "../../parse/quantity_text.ts";
import type { ModelCard, StreamCard, ThresholdView } from "../data/model.ts";
import { driftTables } from "./drift_tables.ts";
import { html, NOTHING } from "./html.ts";
import { modelPath, versionMarks } from "./models.ts";
import type { Html, PageContext } from "./page_context.ts";
import { scoreHistogram } from "./score_histogram.ts";
import { section } from "./section.ts";
import { shell } from "./shell.ts";
import { timeTag } from "./times.ts";

/** The card. */
export function modelPage(data: ModelCard, ctx: PageContext): Html {
  const { row, changes, streams, drift } = data;
  const above = html`<p class="above"><a href="${ctx.link("/models")}">Models</a></p>`;
  const aside = html`
    <div class="marks">${versionMarks(row)}</div>
    <p class="facts"><span>made ${timeTag(row.createdAt, ctx)}</span><span>${quantityText(
      row.bytes,
      "B",
    )}</span>${row.parent === null
      ? NOTHING
      : html`<span>child of <a href="${
        ctx.link(modelPath(row.parent))
      }">${row.parent}</a></span>`}${row.problem === ""
      ? NOTHING
      : html`<span class="wrong">${row.problem}</span>`}</p>
  `;
  const changed = changes.length === 0 ? NOTHING : html`
    <section aria-labelledby="changes">
      <h2 id="changes">Otherwise than in its parent</h2>
      <ul class="plain card">${changes.map((change) => html`<li>${change}</li>`)}</ul>
    </section>
  `;
  const drifted = drift.length === 0
    ? NOTHING
    : section("drift", "Is it still what it was trained for?", driftTables(drift));
  return shell(row.version, html`${changed}${drifted}${streams.map(streamCard)}`, ctx, {
    view: "models",
    above,
    aside,
  });
}

function streamCard({ name, facts, thresholds }: StreamCard, place: number): Html {
  const rows = facts.map(({ name, value }) =>
    html`
      <div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>
    `
  );
  return html`
    <section aria-labelledby="stream-${place}">
      <h2 id="stream-${place}">Stream ${name}</h2>
      <dl class="facts-list card">${rows}</dl>
      <div class="cards">${thresholds.map(thresholdCard)}</div>
    </section>
  `;
}

/** What a card is of: all scores of a stream, lines of its detectors, or what one of its parts has of its own. */
function titleOf(scope: string, hasScores: boolean): string {
  if (scope !== "*") return scope;
  return hasScores ? "Scores of all windows" : "Lines of the detectors";
}

function thresholdCard({ scope, detectors, rule, threshold, text, histogram }: ThresholdView): Html {
  const lines = text === "" ? [] : text.split("\n").map((line) => html`<li>${line}</li>`);
  const named = rule === "" ? NOTHING : html`<span>${rule}</span>`;
  return html`
    <div
      class="card inside"><h3>${titleOf(
        scope,
        histogram.upTo.length > 0,
      )}</h3><p class="facts">${named}<span>threshold <b>${numberText(
        Number(threshold.toPrecision(3)),
      )}</b></span>${lines.length === 0
        ? html`<span>${detectors.join(", ")}</span>`
        : NOTHING}</p>${scoreHistogram(
          histogram,
          scope === "*" ? "all windows" : scope,
        )}<ul class="notes">${lines}</ul></div>
  `;
}
