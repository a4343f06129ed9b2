/**
 * The catalogue of templates.
 *
 * @module
 */
import { countText, numberText } from "../../../lib/mod.ts";
import type { TemplateList, TemplateState } from "../data/templates.ts";
import { emptyState } from "./empty_state.ts";
import { filterForm, pager } from "./filter_form.ts";
import { html, NOTHING } from "./html.ts";
import { anyOf } from "./incidents.ts";
import type { Html, PageContext } from "./page_context.ts";
import { shell } from "./shell.ts";
import { templateTable } from "./template_rows.ts";

/** States, by what the tabs call them. */
const STATES: readonly [state: TemplateState | "error" | "all", title: string, about: string][] = [
  ["all", "All", ""],
  ["new", "New", "first seen in this span"],
  ["error", "Errors", "what says that something failed"],
  ["rare", "Rare", "seen on few occasions in this span"],
  ["vanished", "Vanished", "seen before this span, not in it"],
  ["usual", "Usual", "all others"],
];

const ORDERS = [["count", "most records"], ["first", "first seen, newest"], ["last", "last seen, newest"], [
  "text",
  "text",
]] as const;

/** The catalogue. */
export function templatesPage(data: TemplateList, ctx: PageContext): Html {
  const { query, rows, streams, total, next } = data;
  const filters = filterForm(
    "/templates",
    [
      { name: "text", label: "Words", value: query.text },
      { name: "stream", label: "Stream", value: query.stream ?? "", choices: anyOf(streams) },
      { name: "order", label: "Order", value: query.order, choices: ORDERS },
    ],
    ctx,
    query.state === "all" ? {} : { state: query.state },
  );
  const list = rows.length === 0 ? nothing(data, ctx) : html`${templateTable(rows, ctx)}${pager(next, ctx)}`;
  const about = STATES.find(([state]) => state === query.state)?.[2] ?? "";
  const aside = html`<p class="lead">${total === null ? "" : countText(total, "template")}${
    about === "" ? "" : `, ${about}`
  }</p>`;
  return shell("Templates", html`${tabs(data, ctx)}${filters}${list}`, ctx, { view: "templates", aside });
}

function tabs({ states, query }: TemplateList, ctx: PageContext): Html {
  const links = STATES.map(([state, title]) =>
    html`
      <a href="${ctx.link("/templates", {
        ...ctx.query,
        after: null,
        state: state === "all" ? null : state,
      })}" ${state === query.state ? html`aria-current="true"` : NOTHING}>${title} ${state === "all"
        ? NOTHING
        : html`<span class="count">${numberText(states[state])}</span>`}</a>
    `
  );
  return html`<nav class="tabs" aria-label="State of templates">${links}</nav>`;
}

function nothing({ query }: TemplateList, ctx: PageContext): Html {
  const isFiltered = query.text !== "" || query.stream !== null || query.state !== "all";
  return isFiltered
    ? emptyState("No template is like that", html`<a href="${ctx.link("/templates")}">Show all</a>`)
    : emptyState(
      "No templates are known",
      html`They are learned when logs are read: <code>deno task detect</code>.`,
    );
}
