/**
 * How DeepScan itself does.
 *
 * @module
 */
import { countText, lengthText, numberText } from "../../../lib/mod.ts";
import { quantityText } from "../../parse/quantity_text.ts";
import type { CheckView, Health } from "../data/health.ts";
import { badge } from "./badges.ts";
import { emptyState } from "./empty_state.ts";
import { auditTable, findingsTable, outboxTable, runTable } from "./health_tables.ts";
import { html, NOTHING } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";
import { section } from "./section.ts";
import { shell } from "./shell.ts";
import { streamCards } from "./stream_cards.ts";

/** The page. */
export function healthPage(data: Health, ctx: PageContext): Html {
  const aside = html`<p class="lead">${inWords(data.checks)}</p>`;
  const isUnused = data.streams.length === 0 && data.runs.length === 0;
  const unused = isUnused
    ? emptyState(
      "Nothing was read yet",
      html`<code>deno task detect</code> reads once, <code>deno task watch</code> on and on.`,
    )
    : NOTHING;
  return shell("Health of DeepScan", html`${unused}${content(data, ctx)}`, ctx, { view: "health", aside });
}

function inWords(checks: readonly CheckView[]): string {
  const wrong = checks.filter(({ status }) => status !== "ok");
  if (checks.length === 0) return "";
  return wrong.length === 0
    ? `All ${checks.length} checks are fine.`
    : `${countText(wrong.length, "check")} of ${checks.length} ${
      wrong.length === 1 ? "needs" : "need"
    } a look.`;
}

function content(data: Health, ctx: PageContext): Html {
  const { streams, runs, audit, outbox, findings } = data;
  return html`
    ${checks(data.checks)}
    ${streams.length === 0 ? NOTHING : section("sources", "What is read", streamCards(streams, ctx))}
    ${section("outbox", "Messages", outboxTable(outbox, ctx))}
    ${findings === null
      ? NOTHING
      : section("findings", "Documents for Elasticsearch", findingsTable(findings))}
    ${runs.length === 0 ? NOTHING : section("runs", "Last runs", runTable(runs, ctx))}
    ${section("own", "State and process", ownFigures(data))}
    ${section("audit", "What people changed", auditTable(audit, ctx))}
  `;
}

function checks(checks: readonly CheckView[]): Html {
  if (checks.length === 0) return NOTHING;
  const items = checks.map(({ name, status, text }) =>
    html`
      <li>${badge(status, status)}<div><b>${name}</b><p>${text}</p></div></li>
    `
  );
  return html`<ul class="checks card">${items}</ul>`;
}

function ownFigures({ state, process }: Health): Html {
  const size = (bytes: number) => quantityText(bytes, "B");
  const facts: [string, string][] = [
    [
      "State on disk",
      `${size(state.bytes)}${state.limit > 0 ? ` of ${size(state.limit)}` : ""}, ${
        size(state.free)
      } free in it`,
    ],
    [
      "Verdicts kept",
      `${numberText(state.verdicts)}${state.keep > 0 ? `, for ${lengthText(state.keep)}` : ""}`,
    ],
    ["Schema of the state", String(state.schema)],
    ["This dashboard runs", lengthText(process.uptime)],
    ["Memory", size(process.memory)],
    [
      "Requests answered",
      `${numberText(process.requests)}, the slowest in ${lengthText(Math.round(process.slowest))}`,
    ],
    ["Pages that listen now", String(process.clients)],
  ];
  return html`<dl class="facts-list card">${
    facts.map(([name, value]) =>
      html`
        <div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>
      `
    )
  }</dl>`;
}
