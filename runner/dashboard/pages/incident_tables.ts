/**
 * What was told of an incident, its windows, and commands that show more.
 *
 * @module
 */
import { countText } from "../../../lib/mod.ts";
import { formatRatio } from "../../alert/plain_text.ts";
import type { IncidentStory, NoticeView, WindowView } from "../data/incident.ts";
import { cellsTable } from "./cells_table.ts";
import { html, NOTHING } from "./html.ts";
import { templateText } from "./log_text.ts";
import type { Html, PageContext } from "./page_context.ts";
import { timeTag } from "./times.ts";

/** Who was told what, what was held back, what people did: earliest first. */
export function timeline(notices: readonly NoticeView[], ctx: PageContext): Html {
  const items = notices.map(({ at, kind, receiver, text }) => {
    const rest = text.startsWith(`${kind}, `) ? text.slice(kind.length + 2) : text;
    return html`<li>${timeTag(at, ctx)}<div><b>${kind}</b> ${
      receiver === "" ? "" : `to ${receiver}`
    }<p>${rest}</p></div></li>`;
  });
  return html`<ol class="timeline">${items}</ol>`;
}

/** The anomalous windows, the worst first. */
export function windowTable({ windows, windowCount }: IncidentStory, ctx: PageContext): Html {
  const more = windowCount > windows.length
    ? html`<p class="quiet">The worst ${windows.length} of ${countText(windowCount, "window")}.</p>`
    : NOTHING;
  return html`
    <details class="more" id="window-list"><summary>${countText(
      windows.length,
      "window",
    )}, the worst first</summary>
    ${cellsTable(
      ["Window", "Begins", { figures: "Lines" }, { figures: "Score ÷ threshold" }, "Leading reason"],
      windows.map((window) => windowRow(window, ctx)),
      "Anomalous windows",
    )}${more}</details>
  `;
}

function windowRow({ key, start, lines, score, threshold, title }: WindowView, ctx: PageContext): Html {
  return html`
    <tr>
      <th scope="row"><code>${key}</code></th>
      <td class="time">${timeTag(start, ctx)}</td>
      <td class="number">${lines}</td>
      <td class="number">${formatRatio(score / threshold)}</td>
      <td class="what">${templateText(title, 100)}</td>
    </tr>
  `;
}

/** Commands, each with what it does; scripts copy them. */
export function commandList(commands: IncidentStory["commands"]): Html {
  const items = commands.map(({ what, command }) =>
    html`
      <div>
        <dt>${what}</dt>
        <dd><code data-copy>${command}</code></dd>
      </div>
    `
  );
  return html`<dl class="commands card">${items}</dl>`;
}
