/**
 * The form to log in by.
 *
 * @module
 */
import { html, NOTHING } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";
import { shell } from "./shell.ts";

/** What the page of the login form shows. */
export interface LoginData {
  /** Why the last try failed; empty = there was none. */
  problem: string;
  /** Where to go afterwards; sent back in the field `back`. */
  back: string;
}

/** The page. */
export function loginPage({ problem, back }: LoginData, ctx: PageContext): Html {
  const content = html`
    <form class="login card inside" method="post" action="${ctx.link("/login")}">
      ${problem === "" ? NOTHING : html`<p class="wrong" role="alert" id="problem">${problem}</p>`}
      <input type="hidden" name="csrf" value="${ctx
        .csrf}" /><input type="hidden" name="back" value="${back}" />
      <label>Token <input type="password" name="token" required autofocus autocomplete="current-password" ${problem ===
          ""
        ? NOTHING
        : html`aria-describedby="problem"`} /></label>
      <label>Your name <input name="name" required maxlength="60" autocomplete="name" /></label>
      <p class="quiet">The token is the one that the settings name (<code>dashboard.token_env</code> or <code>token_file</code>); the name
      stands beside what you change.</p>
      <button class="first">Log in</button>
    </form>
  `;
  return shell("Log in", content, ctx, { isBare: true });
}
