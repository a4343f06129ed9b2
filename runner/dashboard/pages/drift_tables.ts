/**
 * Whether streams are still what their model was trained for.
 *
 * @module
 */
import { countText, numberText } from "../../../lib/mod.ts";
import type { DriftView } from "../data/models.ts";
import { badge } from "./badges.ts";
import { html, NOTHING } from "./html.ts";
import type { Html } from "./page_context.ts";

/** A table for each stream that has whole days to compare; the others in a sentence. */
export function driftTables(drift: readonly DriftView[]): Html {
  const compared = drift.filter(({ days }) => days > 0), others = drift.filter(({ days }) => days === 0);
  return html`
    ${compared.length === 0 ? NOTHING : html`<div class="cards wide">${compared.map(streamDrift)}</div>`}
    ${others.length === 0 ? NOTHING : html`
      <p class="quiet">Too few whole days since it was trained to tell for ${others.map(({ stream }) =>
        stream
      )
        .join(", ")}.</p>
    `}
  `;
}

function streamDrift({ stream, days, monitors }: DriftView): Html {
  const isDrifted = monitors.some(({ drifted }) => drifted);
  const head = html`<h3>${stream} ${
    isDrifted ? badge("warning", "drifted") : badge("ok", "as trained")
  }</h3>`;
  const rows = monitors.map(({ what, before, now, drifted, text }) =>
    html`
      <tr>
        <th scope="row">${what}<p class="quiet">${text}</p></th>
        <td class="number">${figure(before)}</td>
        <td class="number">${figure(now)}</td>
        <td>${drifted ? badge("warning", "drifted") : badge("ok", "as before")}</td>
      </tr>
    `
  );
  return html`
    <div
      class="card inside">${head}<p class="quiet">${countText(
        days,
        "whole day",
      )} compared</p><div class="scroll"><table><thead><tr><th scope="col">What</th>
    <th scope="col" class="number">Before</th><th scope="col" class="number">Now</th><th scope="col"><span class="hidden">Verdict</span></th></tr></thead><tbody>${rows}</tbody></table></div></div>
  `;
}

function figure(value: number): string {
  return numberText(Number(value.toPrecision(3)));
}
