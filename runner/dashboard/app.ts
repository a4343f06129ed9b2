/**
 * The dashboard: what every request passes, then the routes.
 *
 * @module
 */
import { Hono } from "hono";
import { NO_STORE, SECURITY_HEADERS } from "./access/headers.ts";
import { knownHosts } from "./access/request_origin.ts";
import { addApiRoutes } from "./api/api_routes.ts";
import { addServiceRoutes } from "./api/service_routes.ts";
import { addChangeRoutes } from "./changes/change_routes.ts";
import { basePath } from "./page.ts";
import { addPageRoutes, problemPage } from "./page_routes.ts";
import { type Asked, type Env, NOT_FOUND, type Problem, problemOf } from "./requests.ts";
import type { Site } from "./site.ts";

/** Characters of an address at the most. */
const ADDRESS = 4096;
/** What anybody may ask for: files of pages, whether the service works, and the form to log in with. */
const OPEN = /^\/(?:assets\/.*|healthz|readyz|login)$/;

/**
 * The application over a site.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { defaultConfig } from "../config.ts";
 * import { createApp } from "./app.ts";
 * import { Site } from "./site.ts";
 *
 * const config = defaultConfig(await Deno.makeTempDir()), plan = { kind: "settings" as const, config, path: null };
 * const site = new Site({ plan, now: () => 0, token: null, owner: "kim", log: () => {} });
 * const answer = await createApp(site).request("http://127.0.0.1:8765/api/v1/overview");
 * assert.deepEqual([answer.status, (await answer.json()).totals.records], [200, 0]);
 * site.close();
 * ```
 */
export function createApp(site: Site): Hono<Env> {
  const app = new Hono<Env>({ getPath: (request) => pathWithin(request, site) });
  const hosts = knownHosts(site.source.config.dashboard);
  app.use(async (asked, next) => {
    const begun = performance.now();
    asked.set("path", asked.req.path);
    const refused = refusedOutright(asked, hosts);
    if (refused !== null) asked.res = await problemAnswer(asked, refused, site);
    else await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) asked.res.headers.set(name, value);
    if (!asked.res.headers.has("cache-control")) asked.res.headers.set("cache-control", NO_STORE);
    site.answered(performance.now() - begun);
  });
  app.use(async (asked, next) => {
    asked.set("asker", site.gate.askerOf(asked));
    if (asked.get("asker").isLet || OPEN.test(asked.req.path)) return await next();
    return notLoggedIn(asked, site);
  });
  addServiceRoutes(app, site);
  addApiRoutes(app, site);
  addChangeRoutes(app, site);
  addPageRoutes(app, site);
  app.notFound((asked) => problemAnswer(asked, NOT_FOUND, site));
  app.onError((error, asked) => {
    const problem = problemOf(error);
    if (problem.status === 500) {
      site.log(`${asked.req.method} ${asked.req.path}: ${error.stack ?? error.message}`);
    }
    return problemAnswer(asked, problem, site);
  });
  return app;
}

/** The path behind the base address, whether the reverse proxy has taken that away or not. */
function pathWithin(request: Request, { source }: Site): string {
  const { pathname } = new URL(request.url), base = basePath(source.config.dashboard);
  return base !== "" && pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname;
}

/** What is refused whoever asks; `null` = nothing is. */
function refusedOutright(asked: Asked, hosts: ReadonlySet<string> | null): Problem | null {
  const { req } = asked, host = (req.header("host") ?? new URL(req.url).host).toLowerCase();
  if (hosts !== null && !hosts.has(host)) {
    return {
      status: 421,
      text: "Cannot answer: this is asked for by a name that it does not have; see dashboard.base_url",
    };
  }
  if (req.url.length > ADDRESS) return { status: 400, text: "Cannot answer: the address is too long" };
  if (!["GET", "HEAD", "POST"].includes(req.method)) return { status: 405, text: "Only GET, HEAD and POST" };
  return null;
}

/** Pages lead to the form to log in with; programs are told that they need a token. */
function notLoggedIn(asked: Asked, site: Site): Response | Promise<Response> {
  const { path, method } = asked.req,
    isPage = method === "GET" && !/^\/(?:api\/|events$|metrics$)/.test(path);
  if (!isPage) {
    asked.header("www-authenticate", "Bearer");
    return problemAnswer(
      asked,
      { status: 401, text: "Log in, or send the token: Authorization: Bearer …" },
      site,
    );
  }
  const { search } = new URL(asked.req.url), back = new URLSearchParams({ back: `${path}${search}` });
  return asked.redirect(`${basePath(site.source.config.dashboard)}/login?${back}`, 303);
}

/** A problem as a page for people, and as JSON for programs. */
function problemAnswer(asked: Asked, problem: Problem, site: Site): Response | Promise<Response> {
  const { status, text, retryAfter } = problem;
  if (retryAfter !== undefined) asked.header("retry-after", String(retryAfter));
  if (status === 405) asked.header("allow", "GET, HEAD, POST");
  const isPage = (asked.req.header("accept") ?? "").includes("text/html");
  return isPage ? problemPage(asked, problem, site) : asked.json({ error: text }, status);
}
