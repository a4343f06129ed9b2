/**
 * The span of time and the zone as hidden fields, so that forms keep what links keep.
 *
 * @module
 */
import { html } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";

/** Parameters that every page keeps. */
const KEPT = ["last", "from", "to", "zone"];

/**
 * The hidden fields of a form whose answer is a page.
 *
 * @param others Further parameters to keep.
 */
export function spanFields({ query }: PageContext, others: readonly string[] = []): Html[] {
  return [...KEPT, ...others].filter((name) => (query[name] ?? "") !== "")
    .map((name) => html`<input type="hidden" name="${name}" value="${query[name]}" />`);
}
