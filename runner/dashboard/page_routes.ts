/**
 * Pages for people, and how they log in and out.
 *
 * @module
 */
import type { Hono } from "hono";
import { type Fields, readFields } from "./access/form_body.ts";
import { refusedForm } from "./access/own_form.ts";
import { RefusedError } from "./access/asker.ts";
import { pathOf } from "./changes/change_routes.ts";
import { spanOf } from "./data/span.ts";
import { basePath, pageContext } from "./page.ts";
import { PAGES } from "./pages/mod.ts";
import type { PageContext } from "./pages/page_context.ts";
import { type Asked, type Env, NOT_FOUND, type Problem } from "./requests.ts";
import type { Site } from "./site.ts";
import { viewAnswer } from "./view_answer.ts";
import type { ViewName } from "./view_query.ts";
import { VIEWS } from "./views.ts";

/** What an error page is called. */
const TITLES: Readonly<Record<number, string>> = {
  ...{ 400: "That was not understood", 403: "That may not be done", 404: "Not found", 429: "Wait a while" },
  ...{ 500: "Something went wrong", 503: "Not at the moment" },
};

/** Adds the routes. */
export function addPageRoutes(app: Hono<Env>, site: Site): void {
  app.get("/", (asked) => asked.redirect(`${basePath(site.source.config.dashboard)}/overview`, 302));
  for (const name of Object.keys(VIEWS) as ViewName[]) addPage(app, name, site);
  app.get("/login", (asked) => loginPage(asked, site, { problem: "", back: asked.req.query("back") ?? "" }));
  app.post("/login", (asked) => logIn(asked, site));
  app.post("/logout", (asked) => logOut(asked, site));
}

function addPage<Name extends ViewName>(app: Hono<Env>, name: Name, site: Site): void {
  app.get(VIEWS[name].path, async (asked) => {
    const { data, span } = await viewAnswer(name, asked, site);
    if (data === null) return problemPage(asked, NOT_FOUND, site);
    const ctx = contextOf(asked, site, span), { path, query, user, canChange, csrf, notice } = ctx;
    const make = (csrf: string) => PAGES[name](data as never, { ...ctx, csrf });
    if (notice !== null) return asked.html(make(csrf));
    const key = JSON.stringify([path, query, user, canChange, csrf === ""]);
    return asked.html(await site.pages.get(key, data, csrf, (stand) => make(csrf === "" ? "" : stand)));
  });
}

/** The context of a page; the browser keeps the session that its forms belong to. */
function contextOf(asked: Asked, site: Site, span = spanOf({}, site.source.end)): PageContext {
  const asker = asked.get("asker");
  if (asker.session !== null) site.gate.keep(asked, asker.session);
  return pageContext({ path: asked.req.path, query: asked.req.query(), asker, span }, site);
}

/** A problem as a page; where it is not known who asks, as a line of text. */
export function problemPage(
  asked: Asked,
  { status, text }: Problem,
  site: Site,
): Response | Promise<Response> {
  const title = TITLES[status] ?? "Sorry";
  if (asked.get("asker") === undefined || status === 500) return asked.text(`${title}: ${text}\n`, status);
  return asked.html(PAGES.error({ status, title, text }, contextOf(asked, site)), status);
}

function loginPage(
  asked: Asked,
  site: Site,
  { problem, back, status = 200 }: { problem: string; back: string; status?: 200 | 401 | 403 | 429 },
): Response | Promise<Response> {
  if (!site.gate.hasLogin) return asked.redirect(`${basePath(site.source.config.dashboard)}/overview`, 303);
  return asked.html(PAGES.login({ problem, back: pathOf(back) }, contextOf(asked, site)), status);
}

async function logIn(asked: Asked, site: Site): Promise<Response> {
  const fields: Fields = await readFields(asked.req.raw), { token = "", name = "", back = "" } = fields;
  const refused = refusedForm(asked, fields, site);
  if (refused !== null) return await loginPage(asked, site, { problem: refused.text, back, status: 403 });
  try {
    site.gate.keep(asked, site.gate.logIn(asked.get("asker"), token, name));
    return asked.redirect(`${basePath(site.source.config.dashboard)}${pathOf(back)}`, 303);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    if (error.wait > 0) asked.header("retry-after", String(Math.ceil(error.wait / 1000)));
    return await loginPage(asked, site, { problem: error.message, back, status: error.status });
  }
}

async function logOut(asked: Asked, site: Site): Promise<Response> {
  const fields = await readFields(asked.req.raw), refused = refusedForm(asked, fields, site);
  if (refused !== null) return await problemPage(asked, refused, site);
  const { session } = asked.get("asker");
  if (session !== null) site.gate.sessions.end(session.id);
  return asked.redirect(
    `${basePath(site.source.config.dashboard)}/${site.gate.hasLogin ? "login" : "overview"}`,
    303,
  );
}
