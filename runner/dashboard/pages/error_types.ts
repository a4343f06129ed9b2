/**
 * What kinds of errors there were, and what they mean.
 *
 * @module
 */
import { numberText } from "../../../lib/mod.ts";
import type { ErrorType } from "../data/overview.ts";
import { badge, levelMark } from "./badges.ts";
import { html, NOTHING } from "./html.ts";
import { templateText } from "./log_text.ts";
import type { Html, PageContext } from "./page_context.ts";
import { sparkline } from "./sparkline.ts";
import { templatePath } from "./template_rows.ts";

/** The table. */
export function errorTypesTable(types: readonly ErrorType[], ctx: PageContext): Html {
  if (types.length === 0) return html`<p class="fine">No errors in this span.</p>`;
  return html`
    <div class="card">
      <table class="cells listed" data-list>
        <thead>
          <tr>
            <th scope="col">What it says, what it means</th>
            <th scope="col">Over time</th>
            <th scope="col" class="number">Records</th>
            <th scope="col" class="number">Span before</th>
          </tr>
        </thead>
        <tbody>${types.map((type) => errorRow(type, ctx))}</tbody>
      </table>
    </div>
  `;
}

function errorRow(type: ErrorType, ctx: PageContext): Html {
  const { stream, template, text, count, before, counts, level, meaning, firstSeen } = type;
  const isNew = firstSeen !== null && firstSeen >= ctx.span.from;
  return html`
    <tr data-key="${stream}/${template}">
      <td
        class="what"><a href="${ctx.link(templatePath(stream, template))}">${templateText(
          text,
        )}</a><p class="facts">${levelMark(level)}<span>${stream}</span>${isNew
          ? badge("new", "new")
          : NOTHING}${meaning === "" ? NOTHING : html`<span class="meaning">${meaning}</span>`}</p></td>
      <td class="spark">${sparkline(counts, "records")}</td>
      <td class="number" data-label="records">${numberText(count)}</td>
      <td class="number" data-label="before">${numberText(before)}${changeNote(count, before)}</td>
    </tr>
  `;
}

/** How many times more or fewer there are now, where that is much. */
function changeNote(count: number, before: number): Html {
  if (before === 0 || count === before) return NOTHING;
  const times = count > before ? count / before : before / count;
  if (times < 1.5) return NOTHING;
  const figure = numberText(Number(times.toPrecision(2)));
  return html`<small>${figure} × ${count > before ? "more" : "fewer"} now</small>`;
}
