/**
 * Scores that were given, and where the threshold stands among them.
 *
 * @module
 */
import { numberText } from "../../../lib/mod.ts";
import type { ThresholdView } from "../data/model.ts";
import { html, NOTHING } from "./html.ts";
import type { Html } from "./page_context.ts";

const HEIGHT = 60;

/** Bars of equal width for bins of whatever width, on a logarithmic scale of counts, those above the threshold in another colour. */
export function scoreHistogram({ upTo, counts }: ThresholdView["histogram"], scope: string): Html {
  if (upTo.length === 0) return NOTHING;
  const total = sumOf(counts);
  if (total === 0) return html`<p class="quiet">No window was judged by it in this span.</p>`;
  const line = upTo.filter((end) => end <= 1).length, above = sumOf(counts.slice(line));
  return html`
    <figure class="histogram">${picture(
      counts,
      line,
      `Scores of ${scope}: ${numberText(total)} windows, ${numberText(above)} above the threshold`,
    )}
    <figcaption class="quiet"><span>0</span><span>${numberText(total)} windows, <b>${numberText(
      above,
    )}</b> above the line</span><span>over ${edgeText(upTo.at(-1)!)} × threshold</span></figcaption>${table(
      upTo,
      counts,
      scope,
    )}</figure>
  `;
}

function picture(counts: readonly number[], line: number, label: string): Html {
  const most = Math.log1p(Math.max(...counts));
  const bars = counts.map((count, i) => {
    const high = Math.max(1, Math.round(10 * HEIGHT * Math.log1p(count) / most) / 10);
    return count === 0 ? "" : `M${i} ${HEIGHT}v-${high}h.9V${HEIGHT}z`;
  });
  return html`
    <svg viewBox="0 0 ${counts.length} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">
      <path class="calm" d="${bars.slice(0, line).join("")}" />
      <path class="anomalous" d="${bars.slice(line).join("")}" />
      <path class="threshold" d="M${line} 0V${HEIGHT}" />
    </svg>
  `;
}

function table(upTo: readonly number[], counts: readonly number[], scope: string): Html {
  const rows = counts.map((count, i) =>
    html`
      <tr>
        <td class="number">${i < upTo.length ? `up to ${edgeText(upTo[i])}` : "more"}</td>
        <td class="number">${numberText(count)}</td>
      </tr>
    `
  );
  return html`
    <details class="figures">
      <summary>Figures<span class="hidden"> of the scores of ${scope}</span></summary>
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">× threshold</th>
            <th scope="col" class="number">Windows</th>
          </tr>
        </thead>
        <tbody>${rows}</tbody>
      </table>
    </details>
  `;
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function edgeText(edge: number): string {
  return numberText(Number(edge.toPrecision(2)));
}
