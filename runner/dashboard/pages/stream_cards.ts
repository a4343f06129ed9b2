/**
 * How each stream is read: where reading stands, how late, how much was understood.
 *
 * @module
 */
import { lengthText, numberText, percentText } from "../../../lib/mod.ts";
import { quantityText } from "../../parse/quantity_text.ts";
import type { StreamHealth } from "../data/health.ts";
import { badge } from "./badges.ts";
import { html, NOTHING } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";
import { agoText, timeTag } from "./times.ts";

/** Share of records that were not understood from which it is said to be much. */
const MUCH = 0.05;

/** A card for each. */
export function streamCards(streams: readonly StreamHealth[], ctx: PageContext): Html {
  return html`<div class="cards">${streams.map((stream) => streamCard(stream, ctx))}</div>`;
}

function streamCard(health: StreamHealth, ctx: PageContext): Html {
  const { stream, model, phase, delay, clock } = health;
  return html`
    <div class="card inside"><h3>${stream} ${badge("plain", phase)}</h3>
    <dl class="facts-list">
      <div><dt>Newest record</dt><dd>${timeTag(delay.newest, ctx)} <span class="quiet">${delay.delay === null
        ? `${clock === "data" ? "past lines, judged by their own time" : ""}`
        : `${lengthText(delay.delay)} behind`}</span></dd></div>
      <div><dt>Last read</dt><dd>${timeTag(delay.readAt, ctx)} <span class="quiet">${agoText(
        delay.readAt,
        ctx.now,
      )}</span></dd></div>
      <div><dt>Model</dt><dd>${model === "" ? "none yet" : model}</dd></div>
      <div><dt>In this span</dt><dd>${numberText(health.read)} records, ${quality(health)}</dd></div>
    </dl>${days(health, ctx)}${inputs(health)}</div>
  `;
}

function quality({ read, unparsed, unseen }: StreamHealth): Html {
  const mark = unparsed > MUCH * read ? badge("warning", "much was not understood") : NOTHING;
  return html`${shareText(unparsed, read)} not understood, ${
    shareText(unseen, read)
  } of unseen templates ${mark}`;
}

function shareText(part: number, whole: number): string {
  return whole === 0 ? "–" : percentText(part / whole);
}

function days({ days }: StreamHealth, ctx: PageContext): Html {
  if (days.length < 2) return NOTHING;
  const rows = days.map(({ day, read, unparsed, unseen }) =>
    html`
      <tr>
        <th scope="row">${ctx.time(day).slice(0, 10)}</th>
        <td class="number">${numberText(read)}</td>
        <td class="number">${shareText(unparsed, read)}</td>
        <td class="number">${shareText(unseen, read)}</td>
      </tr>
    `
  );
  return html`
    <details class="figures">
      <summary>Day by day</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" class="number">Records</th>
            <th scope="col" class="number">Not understood</th>
            <th scope="col" class="number">Unseen</th>
          </tr>
        </thead>
        <tbody>${rows}</tbody>
      </table>
    </details>
  `;
}

function inputs({ inputs }: StreamHealth): Html {
  if (inputs.length === 0) return NOTHING;
  const rows = inputs.map(({ name, position, behind }) =>
    html`
      <li><code>${name}</code><p class="facts"><span>${position}</span>${behind === null
        ? NOTHING
        : behind === 0
        ? html`<span>read to its end</span>`
        : html`<span class="wrong">${quantityText(behind, "B")} not read yet</span>`}</p></li>
    `
  );
  return html`<ul class="inputs">${rows}</ul>`;
}
