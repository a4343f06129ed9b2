/**
 * A chart as plain shapes: what is there before scripts draw it, without them, and on paper.
 *
 * @module
 */
import type { ChartSeries, TimeChart } from "./chart.ts";
import { html, NOTHING } from "./html.ts";
import { merged } from "./merged_slots.ts";
import type { Html } from "./page_context.ts";

/** Bars at most, and the height in units of its own. */
const BARS = 96, HEIGHT = 100;

/** The picture of a chart, as wide and high as what stands around it. */
export function chartPicture(chart: TimeChart): Html {
  const { kind, times, during } = chart, bars = barsOf(chart), width = Math.max(1, bars[0].values.length);
  const shapes = kind === "ratio" ? ratioShapes(bars, width) : stackShapes(bars);
  return html`
    <svg viewBox="0 0 ${width} ${HEIGHT}" preserveAspectRatio="none"
      aria-hidden="true">${band(times, during, width)}${shapes}</svg>
  `;
}

/** Slots that become one bar. */
function stepOf({ times }: TimeChart): number {
  return Math.max(1, Math.ceil(times.length / BARS));
}

function barsOf(chart: TimeChart): Bars {
  const how = chart.kind === "ratio" ? "highest" : "sum";
  return chart.series.filter(({ isListed }) => !isListed)
    .map(({ look, values }) => ({ look, values: merged(values, stepOf(chart), how) }));
}

/** How high all series together are, bar by bar. */
function heightsOf(series: Bars): number[] {
  return series[0].values.map((_, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
}

type Bars = Pick<ChartSeries, "look" | "values">[];

/** Each series on those before it. */
function stackShapes(series: Bars): Html[] {
  const sums = heightsOf(series), tops = sums.map(() => 0), unit = HEIGHT / Math.max(1, ...sums);
  return series.map(({ look, values }) => {
    const path = values.map((value, i) => {
      const high = (value ?? 0) * unit, bottom = HEIGHT - tops[i];
      tops[i] += high;
      return high === 0 ? "" : `M${i} ${short(bottom)}v-${short(Math.max(high, .6))}h.86V${short(bottom)}z`;
    });
    return html`
      <path class="${look}" d="${path.join("")}" />
    `;
  });
}

/** Bars from the ground, and the line of the threshold. */
function ratioShapes([{ look, values }]: Bars, width: number): Html {
  const unit = HEIGHT / Math.max(1.2, ...values.map((value) => value ?? 0));
  const path = values.map((value, i) =>
    value === null || value <= 0 ? "" : `M${i} ${HEIGHT}v-${short(value * unit)}h.86V${HEIGHT}z`
  );
  return html`
    <path class="${look}" d="${path.join("")}" />
    <path class="threshold" d="M0 ${short(HEIGHT - unit)}H${width}" />
  `;
}

/** The span that stands out, behind everything. */
function band(times: readonly number[], during: TimeChart["during"], width: number): Html {
  if (during === undefined || times.length < 2) return NOTHING;
  const length = times.length * (times[1] - times[0]);
  const place = (at: number) => Math.min(width, Math.max(0, width * (at - times[0]) / length));
  const [from, to] = [place(during.from), place(during.to)];
  return html`
    <rect class="during" x="${short(from)}" width="${short(Math.max(.3, to - from))}" height="${HEIGHT}" />
  `;
}

function short(value: number): number {
  return Math.round(10 * value) / 10;
}
