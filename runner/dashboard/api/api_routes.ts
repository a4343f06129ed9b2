/**
 * Every view as JSON.
 *
 * @module
 */
import type { Hono } from "hono";
import { type Env, NOT_FOUND } from "../requests.ts";
import type { Site } from "../site.ts";
import { viewAnswer } from "../view_answer.ts";
import type { ViewName } from "../view_query.ts";
import { VIEWS } from "../views.ts";
import { openApi } from "./openapi.ts";

/** Begins the paths of this version. */
export const API = "/api/v1";

/** Adds the routes. */
export function addApiRoutes(app: Hono<Env>, site: Site): void {
  app.get(`${API}/openapi.json`, (asked) => asked.json(openApi()));
  for (const name of Object.keys(VIEWS) as ViewName[]) {
    app.get(`${API}${VIEWS[name].path}`, async (asked) => {
      const { data } = await viewAnswer(name, asked, site);
      return data === null ? asked.json({ error: NOT_FOUND.text }, 404) : asked.json(data as object);
    });
  }
}
