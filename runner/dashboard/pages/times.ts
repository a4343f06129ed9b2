/**
 * Times and lengths of time, as pages show them.
 *
 * @module
 */
import { lengthText } from "../../../lib/mod.ts";
import { html } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";

/** Ages above this say less than the time itself, ms. */
const OLD = 172_800_000;

/** A time in the page's zone; a dash for none. */
export function timeTag(at: number | null, ctx: PageContext): Html {
  if (at === null) return html`<span class="quiet" title="unknown">–</span>`;
  return html`<time datetime="${new Date(at).toISOString()}">${ctx.time(at)}</time>`;
}

/** From when until when, and how long that is; the end's date only where it is another day's. */
export function spanTags(start: number | null, end: number | null, ctx: PageContext): Html {
  if (start === null || end === null) return html`${timeTag(start, ctx)} – ${timeTag(end, ctx)}`;
  const [from, to] = [ctx.time(start), ctx.time(end)], isSameDay = from.slice(0, 10) === to.slice(0, 10);
  const until = isSameDay ? to.slice(11) : to;
  return html`<time datetime="${isoTime(start)}">${from}</time> – <time datetime="${
    isoTime(end)
  }">${until}</time>${end > start ? ` (${lengthText(end - start)})` : ""}`;
}

/** How long ago something was: `3 min ago`; empty where that was long ago or is yet to come. */
export function agoText(at: number | null, now: number): string {
  if (at === null || at > now || now - at > OLD) return "";
  return now - at < 1000 ? "just now" : `${lengthText(now - at)} ago`;
}

/** ISO 8601 in UTC, without milliseconds where there are none: for addresses. */
export function isoTime(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}
