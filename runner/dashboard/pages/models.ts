/**
 * The versions of the model: which one judges, which one could, and whether it still fits.
 *
 * @module
 */
import { numberText } from "../../../lib/mod.ts";
import { quantityText } from "../../parse/quantity_text.ts";
import type { ModelList, ModelRow } from "../data/models.ts";
import { action } from "./action.ts";
import { badge } from "./badges.ts";
import { changeForm } from "./change_form.ts";
import { driftTables } from "./drift_tables.ts";
import { emptyState } from "./empty_state.ts";
import { html, NOTHING } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";
import { section } from "./section.ts";
import { shell } from "./shell.ts";
import { timeTag } from "./times.ts";
import { trialReport } from "./trial_report.ts";

/** Where a version's page is. */
export function modelPath(version: string): string {
  return `/models/${encodeURIComponent(version)}`;
}

/** The list. */
export function modelsPage(data: ModelList, ctx: PageContext): Html {
  const aside = html`<p class="lead">${inWords(data)}</p>`;
  const content = data.versions.length === 0
    ? emptyState(
      "There is no model yet",
      html`<code>deno task detect</code> trains the first one when there is enough history; <code>deno task train</code> does it now.`,
    )
    : html`${versionTable(data, ctx)}${drift(data)}${trial(data, ctx)}${activations(data, ctx)}`;
  return shell("Models", content, ctx, { view: "models", aside });
}

function inWords({ active, candidate, versions }: ModelList): string {
  if (versions.length === 0) return "Nothing judges yet.";
  const trial = candidate === null
    ? "No candidate is on trial."
    : `${candidate} is on trial beside it and tells nobody.`;
  return `${active === null ? "No version is active." : `${active} judges.`} ${trial}`;
}

function versionTable(data: ModelList, ctx: PageContext): Html {
  return html`
    <div class="card">
      <table class="cells listed" data-list>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Learned from</th>
            <th scope="col">Made</th>
            <th scope="col" class="number">Size</th>
            <th scope="col"><span class="hidden">What can be done</span></th>
          </tr>
        </thead>
        <tbody>${data.versions.map((row) => versionRow(row, data, ctx))}</tbody>
      </table>
    </div>
  `;
}

function versionRow(row: ModelRow, { canActivate }: ModelList, ctx: PageContext): Html {
  const { version, parent, createdAt, bytes, problem } = row;
  const streams = row.streams.map(({ name, from, to, records, templates, windows }) =>
    html`
      <p
        class="facts"><span><b>${name}</b></span><span>${timeTag(from, ctx)} – ${timeTag(
          to,
          ctx,
        )}</span><span>${numberText(records)} records, ${numberText(windows)} windows, ${numberText(
          templates,
        )} templates</span></p>
    `
  );
  return html`
    <tr data-key="${version}">
      <th scope="row"><a href="${ctx.link(
        modelPath(version),
      )}">${version}</a><div class="marks">${versionMarks(row)}</div>${parent === null
        ? NOTHING
        : html`<p class="quiet">child of ${parent}</p>`}</th>
      <td class="what">${problem === "" ? streams : html`<p class="wrong">${problem}</p>`}</td>
      <td class="time" data-label="made">${timeTag(createdAt, ctx)}</td>
      <td class="number" data-label="size">${quantityText(bytes, "B")}</td>
      <td>${canActivate && problem === "" && !row.isActive ? activate(row, ctx) : NOTHING}</td>
    </tr>
  `;
}

/** What a version is. */
export function versionMarks({ isActive, isCandidate, problem }: ModelRow): Html[] {
  return [
    ...isActive ? [badge("active", "active")] : [],
    ...isCandidate ? [badge("muted", "on trial")] : [],
    ...problem === "" ? [] : [badge("failed", "can't be used")],
  ];
}

/** The form that makes a version the one that judges; asks before it does. */
export function activate({ version, isCandidate }: ModelRow, ctx: PageContext): Html {
  const form = changeForm(
    { change: isCandidate ? "promote" : "activate", hidden: { version } },
    html`<p>From the next pass on <b>${version}</b> judges.</p><button class="first">Activate</button>`,
    ctx,
  );
  return action({ id: `activate-${version}`, title: "Activate" }, form);
}

function drift(data: ModelList): Html {
  if (data.drift.length === 0) return NOTHING;
  return section("drift", "Is it still what it was trained for?", driftTables(data.drift));
}

function trial({ trial }: ModelList, ctx: PageContext): Html {
  if (trial === null) return NOTHING;
  return section("trial", `Trial of ${trial.version}`, trialReport(trial, ctx));
}

function activations({ activations, previous, canActivate }: ModelList, ctx: PageContext): Html {
  if (activations.length === 0) return NOTHING;
  const items = activations.map(({ version, at, how }) =>
    html`
      <li>${timeTag(at, ctx)}<div><b>${version}</b><p>${how}</p></div></li>
    `
  );
  const back = previous === null || !canActivate ? NOTHING : rollBack(previous, ctx);
  return section("activations", "What was active", html`${back}<ol class="timeline">${items}</ol>`);
}

function rollBack(previous: string, ctx: PageContext): Html {
  const form = changeForm(
    { change: "rollback" },
    html`
      <p><b>${previous}</b>, which was active before, judges again.</p><button
        class="first">Roll back to ${previous}</button>
    `,
    ctx,
  );
  return html`<div class="actions">${action({ id: "rollback", title: "Roll back" }, form)}</div>`;
}
