/**
 * What pages get beside their data, without a server.
 *
 * @module
 */
import type { PageContext } from "../../runner/dashboard/pages/page_context.ts";
import { END, SPAN } from "./pages_sample.ts";

/** The context of a page that somebody sees who may change things. */
export function sampleContext(other: Partial<PageContext> = {}): PageContext {
  const query = other.query ?? {};
  const kept = Object.fromEntries(
    ["last", "from", "to", "zone"].flatMap((name) => name in query ? [[name, query[name]]] : []),
  );
  return {
    path: "/overview",
    query,
    span: SPAN,
    user: "ada",
    canChange: true,
    csrf: "c5rf",
    notice: null,
    now: END,
    link: (path, more = {}) => {
      const all = Object.entries({ ...kept, ...more }).filter(([, value]) =>
        value !== null && value !== undefined
      );
      const text = new URLSearchParams(all.map(([name, value]) => [name, String(value)])).toString();
      return `/base${path}${text === "" ? "" : `?${text}`}`;
    },
    asset: (name) => `/base/assets/${name}`,
    time: (at) => at === null ? "–" : new Date(at).toISOString().slice(0, 19).replace("T", " "),
    ...other,
  };
}
