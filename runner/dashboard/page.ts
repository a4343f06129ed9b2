/**
 * What pages get beside their data, made of a request.
 *
 * @module
 */
import type { Asker } from "./access/asker.ts";
import type { Span } from "./data/span.ts";
import type { PageContext } from "./pages/page_context.ts";
import type { Site } from "./site.ts";
import { zonedTime } from "./zoned_time.ts";

/** Query parameters that links to other pages keep. */
const KEPT = ["last", "from", "to", "zone"];

/** What a page is asked for. */
export interface PageRequest {
  /** Without the base address. */
  path: string;
  query: Record<string, string>;
  asker: Asker;
  span: Span;
}

/** Begins every path: where people reach the dashboard behind a reverse proxy; empty = at the root. */
export function basePath({ base_url }: { base_url?: string }): string {
  return base_url === undefined ? "" : new URL(base_url).pathname.replace(/\/$/, "");
}

/** The context of a page. */
export function pageContext({ path, query, asker, span }: PageRequest, site: Site): PageContext {
  const { dashboard } = site.source.config, base = basePath(dashboard), { sessions } = site.gate;
  const kept = Object.fromEntries(KEPT.filter((name) => name in query).map((name) => [name, query[name]]));
  const { session, user, isLet } = asker, { zone } = span;
  return {
    ...{ path, query, span, user, now: site.source.now(), canChange: isLet && !dashboard.read_only },
    csrf: session === null ? "" : sessions.proof(session.id),
    notice: session === null ? null : sessions.told(session.id),
    link: (path, more = {}) => `${base}${path}${queryText({ ...kept, ...more })}`,
    asset: (name) => `${base}${site.assets.pathOf(name)}`,
    time: (at) => at === null ? "–" : zonedTime(at, zone),
  };
}

function queryText(query: Readonly<Record<string, string | number | null | undefined>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === "" ? "" : `?${text}`;
}
