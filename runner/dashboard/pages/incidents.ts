/**
 * The list of incidents.
 *
 * @module
 */
import { countText } from "../../../lib/mod.ts";
import { SEVERITIES } from "../../config/alert_names.ts";
import type { IncidentList } from "../data/incidents.ts";
import { emptyState } from "./empty_state.ts";
import { filterForm, pager } from "./filter_form.ts";
import { html } from "./html.ts";
import { incidentRows } from "./incident_rows.ts";
import type { Html, PageContext } from "./page_context.ts";
import { shell } from "./shell.ts";

/** The list. */
export function incidentsPage(data: IncidentList, ctx: PageContext): Html {
  const { query, rows, streams, services, total, next } = data;
  const filters = filterForm("/incidents", [
    {
      name: "status",
      label: "Status",
      value: query.status,
      choices: [["all", "open and over"], ["open", "open"], ["over", "over"]],
    },
    {
      name: "severity",
      label: "Severity",
      value: query.severity ?? "",
      choices: [["", "any"], ...SEVERITIES.map((severity) => [severity, orHigher(severity)] as const)],
    },
    { name: "stream", label: "Stream", value: query.stream ?? "", choices: anyOf(streams) },
    { name: "service", label: "Service", value: query.service ?? "", choices: anyOf(services) },
    { name: "text", label: "Words", value: query.text },
  ], ctx);
  const list = rows.length === 0 ? nothing(data, ctx) : html`${incidentRows(rows, ctx)}${pager(next, ctx)}`;
  const aside = html`<p class="lead">${total === null ? "" : countText(total, "incident")}${
    total === null ? "" : " in this span, the newest first."
  }</p>`;
  return shell("Incidents", html`${filters}${list}`, ctx, { view: "incidents", aside });
}

function orHigher(severity: string): string {
  return severity === SEVERITIES.at(-1) ? severity : `${severity} or higher`;
}

/** Choices of a filter, the one that is none first. */
export function anyOf(names: readonly string[]): [value: string, title: string][] {
  return [["", "any"], ...names.map((name): [string, string] => [name, name])];
}

function nothing({ query }: IncidentList, ctx: PageContext): Html {
  const { status, severity, stream, service, text } = query;
  const isFiltered = status !== "all" || [severity, stream, service].some((value) => value !== null) ||
    text !== "";
  return isFiltered
    ? emptyState(
      "No incident is like that",
      html`<a href="${ctx.link("/incidents")}">Show all of this span</a>`,
    )
    : emptyState(
      "No incidents in this span",
      html`Look at a longer one: <a href="${
        ctx.link("/incidents", { last: "30d", from: null, to: null })
      }">30 days</a>.`,
      html`Where nothing was read yet, <code>deno task detect</code> reads.`,
    );
}
