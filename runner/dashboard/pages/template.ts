/**
 * One template: what it says and means, how it came, what became of it.
 *
 * @module
 */
import { numberText, percentText } from "../../../lib/mod.ts";
import type { TemplateDetail } from "../data/template.ts";
import { badge, stateBadge } from "./badges.ts";
import { cellsTable } from "./cells_table.ts";
import { html, NOTHING } from "./html.ts";
import { incidentRows } from "./incident_rows.ts";
import { logText, templateText } from "./log_text.ts";
import type { Html, PageContext } from "./page_context.ts";
import { section } from "./section.ts";
import { shell } from "./shell.ts";
import { mostlyLevel, templatePath } from "./template_rows.ts";
import { timeChart } from "./time_chart.ts";
import { timeTag } from "./times.ts";

/** Characters of a title. */
const TITLE = 160;

/** The page. */
export function templatePage(data: TemplateDetail, ctx: PageContext): Html {
  const { row } = data, characters = [...row.text.slice(0, 4 * TITLE)];
  const above = html`<p class="above"><a href="${
    ctx.link("/templates")
  }">Templates</a> <span class="quiet">${row.stream} · ${row.id}</span></p>`;
  const aside = html`
    <div class="marks">${stateBadge(row.state)}${mostlyLevel(row)}${row.isBorn
      ? badge("plain", "learned while scanning, in no model yet")
      : NOTHING}</div>
    <p
      class="facts"><span><b>${numberText(row.count)}</b> records in this span</span><span><b>${percentText(
        row.share,
      )}</b> of its stream</span><span>first seen ${timeTag(
        row.firstSeen,
        ctx,
      )}</span><span>last seen ${timeTag(row.lastSeen, ctx)}</span></p>
  `;
  const title = characters.length <= TITLE ? row.text : `${characters.slice(0, TITLE - 1).join("")}…`;
  return shell(title, content(data, ctx), ctx, { view: "templates", above, aside });
}

function content(data: TemplateDetail, ctx: PageContext): Html {
  const { row, incidents, similar, lineage, examples, slots } = data;
  return html`
    ${row.text.length > TITLE ? section("whole", "Its whole text", logText(row.text)) : NOTHING}
    ${meaning(data)}
    <section aria-label="Over time">${records(data, ctx)}</section>
    ${examples.length === 0 ? NOTHING : section(
      "examples",
      "Examples",
      html`<ul class="lines card">${
        examples.map((line) =>
          html`
            <li>
              <div class="text">${logText(line)}</div>
            </li>
          `
        )
      }</ul>`,
    )}
    ${slots.length === 0 ? NOTHING : section("slots", "What varies", slotTable(data))}
    ${section(
      "incidents",
      "Incidents that it has a part in",
      incidents.length === 0 ? html`<p class="quiet">None in this span.</p>` : incidentRows(incidents, ctx),
    )}
    ${lineage.length === 0 ? NOTHING : section("lineage", "What became of it", lineageList(data, ctx))}
    ${similar.length === 0 ? NOTHING : section("similar", "Similar templates", similarList(data, ctx))}
  `;
}

function records({ row, series: { times, counts } }: TemplateDetail, ctx: PageContext): Html {
  const { level, errors, count } = row, isMixed = errors > 0 && 2 * errors < count;
  const look = level === "" || isMixed ? "calm" : `level-${level}`;
  return timeChart({
    ...{ id: "records", title: "Records", kind: "stack", times },
    series: [{ name: "records", look, values: counts }],
    nothing: "No record of it in this span.",
  }, ctx);
}

function meaning({ meaning }: TemplateDetail): Html {
  if (meaning === null) return NOTHING;
  const { known, title, cause, check, category, confidence, similar } = meaning;
  if (!known) return section("meaning", "What it means", html`<p class="quiet">Its words don't tell.</p>`);
  const alike = similar.map(({ source, text, similarity }) =>
    html`<li>${source}: <code>${text}</code> <span class="quiet">${percentText(similarity)} alike</span></li>`
  );
  return section(
    "meaning",
    "What it means",
    html`
      <div class="meanings">
        <div><p class="title">${title}</p>${cause === ""
          ? NOTHING
          : html`<p><span class="label">Likely cause</span> ${cause}</p>`}${check === ""
          ? NOTHING
          : html`<p><span class="label">Check first</span> ${check}</p>`}<p class="quiet">${category}, ${percentText(
            Math.round(100 * confidence) / 100,
          )} sure</p>${alike.length === 0 ? NOTHING : html`
          <details class="more" id="alike">
            <summary>Known messages like it</summary>
            <ul>${alike}</ul>
          </details>
        `}</div>
      </div>
    `,
  );
}

function slotTable({ slots }: TemplateDetail): Html {
  const rows = slots.map(({ name, kind, text }) =>
    html`
      <tr>
        <th scope="row">${name}</th>
        <td>${kind}</td>
        <td class="what">${text}</td>
      </tr>
    `
  );
  return cellsTable(["Value", "Kind", "What stands there"], rows);
}

function lineageList({ row, lineage }: TemplateDetail, ctx: PageContext): Html {
  const items = lineage.map(({ what, id, text }) =>
    html`
      <li>${what === "became" ? "It became" : "It was"} <a href="${ctx.link(
        templatePath(row.stream, id),
      )}">${templateText(text)}</a></li>
    `
  );
  return html`<ul class="plain card">${items}</ul>`;
}

function similarList({ row, similar }: TemplateDetail, ctx: PageContext): Html {
  const items = similar.map(({ id, text, similarity }) =>
    html`
      <li><a href="${ctx.link(templatePath(row.stream, id))}">${templateText(
        text,
      )}</a> <span class="quiet">${percentText(similarity)} alike</span></li>
    `
  );
  return html`<ul class="plain card" data-list>${items}</ul>`;
}
