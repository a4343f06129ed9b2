/**
 * A series so small that it stands beside its name.
 *
 * @module
 */
import { numberText } from "../../../lib/mod.ts";
import { html } from "./html.ts";
import { merged } from "./merged_slots.ts";
import type { Html } from "./page_context.ts";

/** Bars at most, and the picture's size in units of its own. */
const BARS = 48, HEIGHT = 20;

/**
 * A picture of counts, the highest of which fills it.
 *
 * @param what What is counted, for who can't see it: `records`.
 */
export function sparkline(counts: readonly number[], what: string): Html {
  const bars = merged(counts, Math.ceil(counts.length / BARS), "sum").map((value) => value ?? 0);
  const most = Math.max(1, ...bars), width = Math.max(1, bars.length);
  const path = bars.map((value, i) =>
    value > 0 ? `M${i} ${HEIGHT}v-${heightOf(value / most)}h.8V${HEIGHT}z` : ""
  );
  return html`
    <svg class="spark" viewBox="0 0 ${width} ${HEIGHT}" preserveAspectRatio="none" role="img"
      aria-label="${spokenCounts(counts, what)}">
      <path d="${path.join("")}" />
    </svg>
  `;
}

/** What is there is seen, however little it is. */
function heightOf(share: number): string {
  return String(Math.max(1, Math.round(10 * HEIGHT * share) / 10));
}

function spokenCounts(counts: readonly number[], what: string): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return `no ${what}`;
  const last = counts.at(-1)!, most = Math.max(...counts);
  return `${what} over time: ${numberText(total)}, at most ${numberText(most)} at once, last ${
    numberText(last)
  }`;
}
