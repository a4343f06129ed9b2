/**
 * The story of one incident: what, why, since when, what else changed, who was told, what to do.
 *
 * @module
 */
import { countText } from "../../../lib/mod.ts";
import { formatRatio } from "../../alert/plain_text.ts";
import type { IncidentStory } from "../data/incident.ts";
import { severityBadge } from "./badges.ts";
import { changesTable } from "./incident_changes.ts";
import { incidentForms } from "./incident_forms.ts";
import { linesAround } from "./incident_lines.ts";
import { alertSections } from "./incident_reasons.ts";
import { incidentRows, shortTitle, stateMarks } from "./incident_rows.ts";
import { commandList, timeline, windowTable } from "./incident_tables.ts";
import { html, NOTHING, type Piece } from "./html.ts";
import { meaningsBlock } from "./meanings_block.ts";
import type { Html, PageContext } from "./page_context.ts";
import { scoreChart, volumeChart, wrongChart } from "./service_charts.ts";
import { servicePath } from "./service_board.ts";
import { section } from "./section.ts";
import { shell } from "./shell.ts";
import { agoText, spanTags } from "./times.ts";

/** Phases that the marks of an incident tell already. */
const SAID_BY_MARKS: ReadonlySet<string> = new Set(["firing", "over"]);

/** The story. */
export function incidentPage(story: IncidentStory, ctx: PageContext): Html {
  const { row } = story;
  const above = html`<p class="above"><a href="${ctx.link("/incidents")}">Incidents</a> <span class="quiet">${
    row.id.slice(0, 12)
  }</span></p>`;
  const aside = html`
    <div class="marks">${severityBadge(row.severity)}${stateMarks(
      row,
      ctx,
    )}${SAID_BY_MARKS.has(row.phase) ? NOTHING : html`<span class="quiet">${row.phase}</span>`}</div>
    ${factsLine(story, ctx)}
  `;
  const content = html`
    ${incidentForms(story, ctx)}
    ${contents(story)}
    ${sections(story, ctx).map(([id, title, body]) => section(id, title, body))}
  `;
  return shell(shortTitle(row.title), content, ctx, { view: "incidents", above, aside });
}

/** Parts of the story that have something to tell, in the order in which one asks. */
function sections(story: IncidentStory, ctx: PageContext): [id: string, title: string, body: Html][] {
  const { meanings, alerts, changes, lines, notices, similar, windows, commands } = story;
  const all: [id: string, title: string, count: number, body: () => Html][] = [
    ["meaning", "What it means", meanings.length, () => meaningsBlock(meanings)],
    ["why", "Why it is anomalous", alerts.length, () => html`${alertSections(alerts, ctx)}`],
    ["when", "When", 1, () => charts(story, ctx)],
    [
      "changes",
      "What changed",
      changes.length + Number(story.deployment !== ""),
      () => changesTable(story, ctx),
    ],
    ["lines", "Lines", lines.length + windows.length, () => linesAround(lines, ctx)],
    ["told", "What was told and done", notices.length, () => timeline(notices, ctx)],
    ["similar", "Similar incidents", similar.length, () => similarList(story, ctx)],
    ["windows", "Anomalous windows", windows.length, () => windowTable(story, ctx)],
    ["further", "Look further", commands.length, () => commandList(commands)],
  ];
  return all.filter(([, , count]) => count > 0).map(([id, title, , body]) => [id, title, body()]);
}

/** Links to the parts; those without anything in them are not there. */
function contents(story: IncidentStory): Html {
  const links: readonly [id: string, title: string, count: number][] = [
    ["meaning", "Meaning", story.meanings.length],
    ["why", "Why", story.alerts.length],
    ["when", "When", 1],
    ["changes", "Changes", story.changes.length + Number(story.deployment !== "")],
    ["lines", "Lines", story.lines.length + story.windows.length],
    ["told", "Told", story.notices.length],
    ["similar", "Similar", story.similar.length],
    ["windows", "Windows", story.windows.length],
    ["further", "Further", story.commands.length],
  ];
  return html`<nav class="contents" aria-label="Parts of the story">${
    links.filter(([, , count]) => count > 0).map(([id, title]) => html`<a href="#${id}">${title}</a>`)
  }</nav>`;
}

function factsLine({ row }: IncidentStory, ctx: PageContext): Html {
  const services: Piece[] = row.services.map((service, i) => {
    const stream = row.streams[i] ?? row.streams[0];
    return html`<a href="${ctx.link(servicePath(stream, service))}">${service}</a>${
      i < row.services.length - 1 ? ", " : ""
    }`;
  });
  const ago = agoText(row.start, ctx.now);
  return html`
    <p class="facts"><span>${spanTags(row.start, row.end, ctx)}</span>${ago === ""
      ? NOTHING
      : html`<span>began ${ago}</span>`}
    <span>${services}</span><span>${countText(row.windows, "anomalous window")}</span><span>${countText(
      row.records,
      "record",
    )} in them</span><span><b>${formatRatio(row.ratio)}</b> × threshold</span></p>
  `;
}

function charts(story: IncidentStory, ctx: PageContext): Html {
  const { start, end } = story.row;
  const during = start === null || end === null ? undefined : { from: start, to: Math.max(end, start + 1) };
  return html`<div class="charts three">${scoreChart(story.scores, ctx, during)}${
    wrongChart(story.volume, ctx, during)
  }${volumeChart(story.volume, ctx, during)}</div>`;
}

function similarList({ similar }: IncidentStory, ctx: PageContext): Html {
  return incidentRows(similar.map(({ incident }) => incident), ctx, (place) => {
    const { similarity, common } = similar[place];
    return html`<p class="facts"><span><b>${Math.round(100 * similarity)} %</b> alike</span>${
      common.length === 0 ? NOTHING : html`<span>in common: ${common.slice(0, 3).join(" · ")}</span>`
    }</p>`;
  });
}
