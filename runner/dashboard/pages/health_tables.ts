/**
 * Messages, documents, runs and changes, as tables.
 *
 * @module
 */
import { countText, lengthText, numberText } from "../../../lib/mod.ts";
import type { Health, MessageView } from "../data/health.ts";
import { badge } from "./badges.ts";
import { cellsTable } from "./cells_table.ts";
import { html, NOTHING } from "./html.ts";
import { logText } from "./log_text.ts";
import type { Html, PageContext } from "./page_context.ts";
import { timeTag } from "./times.ts";

const MESSAGE_LOOKS = { due: "unknown", sent: "ok", dead: "failed" } as const;
const MESSAGE_WORDS = { due: "waits", sent: "sent", dead: "given up" } as const;

/** What waits to be sent, and what was given up. */
export function outboxTable({ due, sent, dead, messages }: Health["outbox"], ctx: PageContext): Html {
  const counts = html`
    <p
      class="facts"><span><b>${numberText(due)}</b> waiting</span><span><b>${numberText(
        sent,
      )}</b> sent</span><span class="${dead > 0 ? "wrong" : ""}"><b>${numberText(
        dead,
      )}</b> given up</span></p>
  `;
  if (messages.length === 0) return html`${counts}<p class="fine">Nothing waits, nothing was given up.</p>`;
  const rows = messages.map((message) => messageRow(message, ctx));
  return html`
    ${counts}${cellsTable(
      ["Message", "Channel", "Since", "Next try", { figures: "Tries" }, "Last error"],
      rows,
      "Messages",
    )}
  `;
}

function messageRow(
  { key, channel, status, attempts, since, dueAt, error }: MessageView,
  ctx: PageContext,
): Html {
  return html`
    <tr>
      <th scope="row">${badge(MESSAGE_LOOKS[status], MESSAGE_WORDS[status])} <code>${key}</code></th>
      <td>${channel}</td>
      <td class="time">${timeTag(since, ctx)}</td>
      <td class="time">${status === "due" ? timeTag(dueAt, ctx) : "–"}</td>
      <td class="number">${attempts}</td>
      <td class="what">${error === "" ? "–" : logText(error)}</td>
    </tr>
  `;
}

/** Documents on their way. */
export function findingsTable(findings: NonNullable<Health["findings"]>): Html {
  if (findings.length === 0) return html`<p class="fine">Nothing waits.</p>`;
  const rows = findings.map(({ kind, status, count }) =>
    html`
      <tr>
        <th scope="row">${kind}</th>
        <td>${status}</td>
        <td class="number">${numberText(count)}</td>
      </tr>
    `
  );
  return cellsTable(["Kind", "Status", { figures: "Documents" }], rows);
}

/** The last runs. */
export function runTable(runs: Health["runs"], ctx: PageContext): Html {
  const rows = runs.map(({ command, startedAt, finishedAt, lines, windows, anomalous, skipped }) =>
    html`
      <tr>
        <th scope="row">${command}</th>
        <td class="time">${timeTag(startedAt, ctx)}</td>
        <td>${skipped
          ? badge("muted", "another one was at work")
          : finishedAt === null
          ? badge("unknown", "not finished")
          : lengthText(finishedAt - startedAt)}</td>
        <td class="number">${numberText(lines)}</td>
        <td class="number">${numberText(windows)}</td>
        <td class="number">${numberText(anomalous)}</td>
      </tr>
    `
  );
  return cellsTable(
    ["Command", "Began", "Took", { figures: "Lines" }, { figures: "Windows" }, { figures: "Anomalous" }],
    rows,
    "Last runs",
  );
}

/** Changes that people made. */
export function auditTable(audit: Health["audit"], ctx: PageContext): Html {
  if (audit.length === 0) return html`<p class="quiet">Nobody changed anything yet.</p>`;
  const rows = audit.map(({ at, who, what, about, note, problem }) =>
    html`
      <tr>
        <td class="time">${timeTag(at, ctx)}</td>
        <th scope="row">${who}</th>
        <td>${what}</td>
        <td class="what">${about}${note === "" ? NOTHING : html`<p class="quiet">${note}</p>`}${problem === ""
          ? NOTHING
          : html`<p class="wrong">not done: ${problem}</p>`}</td>
      </tr>
    `
  );
  return html`
    <p class="quiet">${countText(audit.length, "change")}, the newest first</p>
    ${cellsTable(["When", "Who", "What", "About"], rows, "Changes")}
  `;
}
