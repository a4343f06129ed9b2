/**
 * What span of time the page is about, and in which zone: presets, any two times, further back, further on.
 *
 * @module
 */
import { lengthText } from "../../../lib/mod.ts";
import { html, NOTHING } from "./html.ts";
import type { Html, PageContext } from "./page_context.ts";
import { isoTime } from "./times.ts";

/** Lengths that are one click away, by what they are called. */
const PRESETS: readonly [last: string, title: string][] = [
  ["15m", "15 minutes"],
  ["1h", "1 hour"],
  ["6h", "6 hours"],
  ["24h", "24 hours"],
  ["3d", "3 days"],
  ["7d", "7 days"],
  ["30d", "30 days"],
];

/** The menu. */
export function rangeMenu(ctx: PageContext): Html {
  const { span } = ctx;
  return html`
    <details class="menu range" id="range">
      <summary
        aria-keyshortcuts="t"><span class="what">${rangeText(ctx)}</span><span class="quiet">${span
          .zone}</span></summary>
      <div class="panel">
        <section aria-label="Span">${presets(ctx)}${moves(ctx)}</section>
        <section aria-label="From and to">${fromTo(ctx)}</section>
        <section aria-label="Time zone">${zones(ctx)}</section>
      </div>
    </details>
  `;
}

function rangeText(ctx: PageContext): string {
  const { span } = ctx;
  if (span.last !== null) return `Last ${PRESETS.find(([last]) => last === span.last)?.[1] ?? span.last}`;
  const [from, to] = [ctx.time(span.from), ctx.time(span.to)].map((text) => text.slice(0, 16));
  return `${from} – ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to}`;
}

/** This page with other parameters; where a list was, it begins anew. */
function again(ctx: PageContext, query: Record<string, string | null>): string {
  return ctx.link(ctx.path, { ...ctx.query, after: null, ...query });
}

function presets(ctx: PageContext): Html {
  const links = PRESETS.map(([last, title]) =>
    html`
      <a href="${again(ctx, { last, from: null, to: null })}" ${last === ctx.span.last
        ? html`aria-current="true"`
        : NOTHING}>${title}</a>
    `
  );
  return html`
    <p class="name">Behind the newest data</p>
    <div class="choices">${links}</div>
  `;
}

/** Back, on, and out, by what is shown now. */
function moves(ctx: PageContext): Html {
  const { from, to } = ctx.span, length = to - from;
  const link = (key: string, title: string, begin: number, end: number) =>
    html`
      <a data-key="${key}" aria-keyshortcuts="${key}" href="${again(ctx, {
        last: null,
        from: isoTime(begin),
        to: isoTime(end),
      })}">${title}</a>
    `;
  return html`
    <p class="name">From here</p>
    <div class="choices">
      ${link("[", `${lengthText(length)} back`, from - length, from)}
      ${link("]", `${lengthText(length)} on`, to, to + length)}
      ${link("-", "Twice as long", from - length / 2, to + length / 2)}
    </div>
  `;
}

function fromTo(ctx: PageContext): Html {
  const { from: _, to: __, last: ___, after: ____, ...rest } = ctx.query, { span } = ctx;
  const kept = Object.entries(rest).map(([name, value]) =>
    html`<input type="hidden" name="${name}" value="${value}" />`
  );
  return html`
    <form method="get" action="${ctx.link(ctx.path)}">
      ${kept}
      <label>From <input name="from" required value="${inZone(
        span.from,
        ctx,
      )}" spellcheck="false" autocomplete="off" /></label>
      <label>To <input name="to" required value="${inZone(
        span.to,
        ctx,
      )}" spellcheck="false" autocomplete="off" /></label>
      <button>Show</button>
    </form>
  `;
}

/** A time as the fields take it: with the offset of the zone, so that it means the same whatever the zone is then. */
function inZone(at: number, { span }: PageContext): string {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(span.zone);
  return time.toString({ timeZoneName: "never", smallestUnit: "minute" }).replace("+00:00", "Z");
}

function zones(ctx: PageContext): Html {
  const { zone: _, ...rest } = ctx.query, isUtc = ctx.span.zone === "UTC";
  const kept = Object.entries(rest).map(([name, value]) =>
    html`<input type="hidden" name="${name}" value="${value}" />`
  );
  return html`
    <p class="name">Time zone</p>
    <div class="choices">
      <a href="${again(ctx, { zone: "UTC" })}" ${isUtc ? html`aria-current="true"` : NOTHING}>UTC</a>
      <a id="own-zone" class="scripted" data-keep href="${again(ctx, { zone: "UTC" })}">Browser's</a>
    </div>
    <form method="get" action="${ctx.link(ctx.path)}">
      ${kept}
      <label>Other <input name="zone" list="zones" required value="${isUtc
        ? ""
        : ctx.span.zone}" placeholder="Europe/Berlin" spellcheck="false" /></label>
      <datalist id="zones" data-keep></datalist>
      <button>Use</button>
    </form>
  `;
}
