/**
 * How a candidate does beside the active model.
 *
 * @module
 */
import { countText, lengthText, numberText } from "../../../lib/mod.ts";
import { formatCount } from "../../alert/plain_text.ts";
import type { TrialView } from "../data/models.ts";
import { badge } from "./badges.ts";
import { html, NOTHING } from "./html.ts";
import { templateText } from "./log_text.ts";
import type { Html, PageContext } from "./page_context.ts";
import { timeTag } from "./times.ts";

const OUTCOMES: Record<TrialView["outcome"], Parameters<typeof badge>> = {
  promote: ["ok", "could judge"],
  wait: ["unknown", "judges on trial"],
  refuse: ["failed", "should not judge"],
};

/** The report. */
export function trialReport({ outcome, why, streams }: TrialView, ctx: PageContext): Html {
  return html`
    <p>${badge(...OUTCOMES[outcome])} ${why.join(" ")}</p>
    <div class="cards">${streams.map((stream) => streamTrial(stream, ctx))}</div>
  `;
}

function streamTrial(trial: TrialView["streams"][number], ctx: PageContext): Html {
  const { stream, windows, span, active, candidate, added, addedCount, dropped, droppedCount } = trial;
  return html`
    <div
      class="card inside"><h3>${stream}</h3><p class="facts"><span>${countText(
        windows,
        "window",
      )} in ${lengthText(span)}</span><span>active: ${countText(
        active,
        "alert",
      )}</span><span>candidate: ${countText(candidate, "alert")}</span></p>
    ${windowList("added", "What it would add", added, addedCount, ctx)}${windowList(
      "dropped",
      "What it would drop",
      dropped,
      droppedCount,
      ctx,
    )}</div>
  `;
}

type TrialWindow = TrialView["streams"][number]["added"][number];

function windowList(
  what: string,
  title: string,
  windows: readonly TrialWindow[],
  count: number,
  ctx: PageContext,
): Html {
  if (count === 0) return html`<p class="quiet">${title}: nothing.</p>`;
  const rows = windows.map(({ key, start, active, candidate, title }) =>
    html`
      <tr>
        <th scope="row"><code>${key}</code><p>${templateText(title, 80)}</p></th>
        <td class="time">${timeTag(start, ctx)}</td>
        <td class="number">${formatCount(active)}</td>
        <td class="number">${formatCount(candidate)}</td>
      </tr>
    `
  );
  return html`
    <details
      class="more ${what}"><summary>${title}: ${numberText(
        count,
      )}</summary><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
    <thead><tr><th scope="col">Window</th><th scope="col">Begins</th><th scope="col" class="number">Active</th><th scope="col" class="number">Candidate</th></tr></thead>
    <tbody>${rows}</tbody></table></div>${count > windows.length
      ? html`<p class="quiet">The first ${windows.length} of ${numberText(count)}.</p>`
      : NOTHING}</details>
  `;
}
