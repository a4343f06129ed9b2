/**
 * Forms that change something: what is done, by whom it can be done, and back to where one was.
 *
 * @module
 */
import { html, NOTHING, type Piece } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";

/** A form. */
export interface ChangeForm {
  /** Name of the change: `acknowledge`. */
  change: string;
  /** Fields that nobody sees. */
  hidden?: Readonly<Record<string, string>>;
}

/** A form; where changes are not allowed there is none. */
export function changeForm({ change, hidden = {} }: ChangeForm, fields: Piece, ctx: PageContext): Html {
  if (!ctx.canChange) return NOTHING;
  const all = { csrf: ctx.csrf, back: ctx.link(ctx.path, ctx.query), ...hidden };
  return html`
    <form class="change" method="post" action="${ctx.link(`/changes/${change}`)}">
      ${Object.entries(all).map(([name, value]) =>
        html`<input type="hidden" name="${name}" value="${value}" />`
      )}
      ${fields}
    </form>
  `;
}

/** A field for a remark; Enter in it sends the form by its first button. */
export function noteField(label: string): Html {
  return html`<label class="wide">${label} <input name="note" maxlength="500" autocomplete="off" /></label>`;
}

/** The same where the form's buttons mean different things: Enter is only a new line. */
export function noteText(label: string): Html {
  return html`<label class="wide">${label} <textarea name="note" maxlength="500" rows="2"></textarea></label>`;
}
