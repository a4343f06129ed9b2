/**
 * What one can do about an incident: take it, silence it, say whether it was right.
 *
 * @module
 */
import type { AlertView, IncidentStory } from "../data/incident.ts";
import { action } from "./action.ts";
import { badge } from "./badges.ts";
import { changeForm, noteField, noteText } from "./change_form.ts";
import { html, NOTHING } from "./html.ts";
import { SAID, shortTitle } from "./incident_rows.ts";
import type { Html, PageContext } from "./page_context.ts";
import { timeTag } from "./times.ts";

/** Lengths of a silence. */
const LENGTHS = [["1h", "1 hour"], ["4h", "4 hours"], ["24h", "24 hours"], ["7d", "7 days"]] as const;

/** The forms, folded until they are wanted; what was done stands above them. */
export function incidentForms(story: IncidentStory, ctx: PageContext): Html {
  const done = html`${taken(story, ctx)}${silences(story, ctx)}`;
  if (!ctx.canChange) return html`<div class="actions">${done}</div>`;
  return html`
    <div class="actions">
      ${done}
      ${action({ id: "acknowledge", title: "Acknowledge", key: "a" }, acknowledge(story, ctx))}
      ${action({ id: "silence", title: "Silence", key: "s" }, silence(story, ctx))}
      ${action({ id: "feedback", title: "Was it right?" }, story.alerts.map((alert) => feedback(alert, ctx)))}
    </div>
  `;
}

function taken({ row: { acknowledged } }: IncidentStory, ctx: PageContext): Html {
  if (acknowledged === null) return NOTHING;
  const { who, at, note } = acknowledged;
  return html`<p class="done">${badge("active", "acknowledged")} by <b>${who}</b>, ${timeTag(at, ctx)}${
    note === "" ? "" : `: ${note}`
  }</p>`;
}

function acknowledge({ row }: IncidentStory, ctx: PageContext): Html {
  return changeForm(
    { change: "acknowledge", hidden: { incident: row.id } },
    html`
      <p>You take care of it: nobody is reminded of it any more, unless it becomes worse.</p>
      ${noteField("Note (optional)")}<button class="first">Acknowledge</button>
    `,
    ctx,
  );
}

function silence({ row }: IncidentStory, ctx: PageContext): Html {
  const options = LENGTHS.map(([value, title]) => html`<option value="${value}">${title}</option>`);
  const also = [
    ...row.services.slice(0, 3).map((service) =>
      html`<button name="service" value="${service}">All of service ${service}</button>`
    ),
    ...row.streams.slice(0, 2).map((stream) =>
      html`<button name="stream" value="${stream}">All of stream ${stream}</button>`
    ),
  ];
  return changeForm(
    { change: "silence" },
    html`
      <p>Nobody is told; it is judged and shown all the same.</p>
      <label>For <select name="for">${options}</select></label>${noteField("Why (optional)")}
      <button class="first" name="incident" value="${row.id}">Silence this incident</button>${also}
    `,
    ctx,
  );
}

function silences({ silences }: IncidentStory, ctx: PageContext): Html[] {
  return silences.map(({ id, text, until, who, note }) =>
    html`
      <div class="done">${badge("muted", "silenced")} ${text} ${until === null
        ? NOTHING
        : html`<span>until ${timeTag(until, ctx)}</span>`}, by <b>${who}</b>${note === ""
        ? ""
        : `: ${note}`} ${changeForm(
          { change: "end-silence", hidden: { id } },
          html`<button>End silence</button>`,
          ctx,
        )}</div>
    `
  );
}

const ANSWERS = [
  ["true", "Yes"],
  ["false", "No, false alarm"],
  ["expected", "Yes, but expected"],
  ["none", "Take it back"],
] as const;

function feedback(alert: AlertView, ctx: PageContext): Html {
  const { said } = alert;
  const answers = ANSWERS.filter(([value]) => value !== "none" || said !== null).map(([value, title]) =>
    html`<button name="said" value="${value}" ${
      said?.said === value ? html`aria-pressed="true"` : NOTHING
    }>${title}</button>`
  );
  return changeForm(
    { change: "feedback", hidden: { alert: alert.id } },
    html`
      <fieldset><legend>${shortTitle(alert.title)}</legend>${said === null
        ? NOTHING
        : html`<p class="quiet">Said: ${SAID[said.said]}${
          said.note === "" ? "" : `, ${said.note}`
        }</p>`}${noteText("Note (optional)")}<div class="choices">${answers}</div></fieldset>
    `,
    ctx,
  );
}
