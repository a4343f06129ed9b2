/**
 * Where changes are made: by forms, which lead back to their page, and by programs.
 *
 * @module
 */
import type { Hono } from "hono";
import { addressOf } from "../access/asker.ts";
import { type Fields, readFields } from "../access/form_body.ts";
import { refusedForm } from "../access/own_form.ts";
import { API } from "../api/api_routes.ts";
import { shownLine } from "../data/texts.ts";
import { basePath } from "../page.ts";
import { type Asked, type Env, NOT_FOUND, type Problem, problemOf } from "../requests.ts";
import type { Site } from "../site.ts";
import { type Changed, ChangeError } from "./change.ts";
import { changeProblem, CHANGES } from "./mod.ts";

/** Fields of forms that are not the change's own. */
const FORM = ["csrf", "back"];
/** Characters of what is written down of a request. */
const NOTED = 300;

/** Adds the routes. */
export function addChangeRoutes(app: Hono<Env>, site: Site): void {
  app.post("/changes/:name", async (asked) => {
    const fields = await readFields(asked.req.raw), refused = refusedForm(asked, fields, site);
    if (refused !== null) throw new ChangeError(refused.text, 403); // answered as whoever asked can read it
    const outcome = await outcomeOf(asked, fields, site), { session } = asked.get("asker");
    if (session === null) return told(asked, outcome);
    const notice = "said" in outcome
      ? { kind: "done" as const, text: outcome.said }
      : { kind: "failed" as const, text: outcome.text };
    site.gate.sessions.tell(session.id, notice);
    return asked.redirect(`${basePath(site.source.config.dashboard)}${pathOf(fields.back)}`, 303);
  });
  app.post(`${API}/changes/:name`, async (asked) => {
    const fields = await readFields(asked.req.raw), refused = refusedForm(asked, fields, site);
    return told(asked, refused ?? await outcomeOf(asked, fields, site));
  });
}

function told(asked: Asked, outcome: Changed | Problem): Response {
  if ("said" in outcome) return asked.json(outcome);
  if (outcome.retryAfter !== undefined) asked.header("retry-after", String(outcome.retryAfter));
  return asked.json({ error: outcome.text }, outcome.status);
}

/** Makes a change, and writes down who did, or tried to. */
async function outcomeOf(asked: Asked, fields: Fields, site: Site): Promise<Changed | Problem> {
  const name = asked.req.param("name") ?? "", change = Object.hasOwn(CHANGES, name) ? CHANGES[name] : null;
  if (change === null) return NOT_FOUND;
  if (site.source.config.dashboard.read_only) {
    return { status: 403, text: "Cannot change anything: dashboard.read_only is set" };
  }
  const who = asked.get("asker").user ?? site.owner, now = site.source.now();
  const given = Object.fromEntries(Object.entries(fields).filter(([field]) => !FORM.includes(field)));
  const entry = { at: now, who, from: addressOf(asked), what: name };
  try {
    const place = { plan: site.source.plan, registry: site.source.registry, who, now };
    const changed = await change.run(change.fields.parse(given), place);
    site.changes.add({ ...entry, about: changed.about, note: shownLine(changed.note ?? ""), problem: "" });
    return changed;
  } catch (error) {
    const problem = problemOf(changeProblem(error) ?? error);
    if (problem.status === 500) site.log(`change ${name}: ${(error as Error).stack ?? error}`);
    const about = shownLine(JSON.stringify({ ...given, note: undefined })).slice(0, NOTED);
    site.changes.add({ ...entry, about, note: "", problem: problem.text });
    return problem;
  }
}

/**
 * Where a form leads back to: a path of this site, whatever was sent.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pathOf } from "./change_routes.ts";
 *
 * assert.equal(pathOf("/incidents/0a1b?last=7d"), "/incidents/0a1b?last=7d");
 * for (const elsewhere of ["//evil.example", "/\\evil.example", "https://evil.example", undefined]) assert.equal(pathOf(elsewhere), "/overview");
 * ```
 */
export function pathOf(back: string | undefined): string {
  // deno-lint-ignore no-control-regex
  const isPath = back !== undefined && /^\/(?![/\\])/.test(back) && !/[\\\u0000-\u001f]/.test(back) &&
    back.length <= 1000;
  return isPath ? back : "/overview";
}
