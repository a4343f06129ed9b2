/**
 * How many times their threshold scores are, small enough for a mail.
 *
 * @module
 */
import { countText, numberText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart } from "./empty.ts";
import { axisTitle } from "./printable.ts";
import type { Palette } from "./theme.ts";
import { durationText, spanText, timeChannel } from "./time_axis.ts";

/** Scores in equal spans of time. */
export interface RatioSeries {
  /** Start of the first span, ms since the epoch, and the length of each, ms. */
  start: number;
  size: number;
  /** The highest score in each span divided by its threshold; `null` where nothing was judged. */
  ratios: readonly (number | null)[];
  /** Indices of the spans that hold an anomalous window. */
  anomalous: readonly number[];
}

/** Width and height of the plot: legible where a telephone shows it at three quarters. */
const PLOT = { width: 380, height: 140 };

/** From this many thresholds on the axis is logarithmic. */
const LOGARITHMIC = 20;

/** A logarithmic axis begins no lower. */
const LEAST = 0.01;

/**
 * A bar for each span of time, as high as its score is above the threshold, anomalous ones in another colour, a line at the threshold.
 * A span in which nothing was judged has none. Where scores reach twenty thresholds the axis is logarithmic.
 *
 * @throws {RangeError} if `size` is not a positive number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ratiosOverTime } from "./ratios_over_time.ts";
 *
 * const chart = ratiosOverTime({ start: 0, size: 300_000, ratios: [0.4, null, 3], anomalous: [2] });
 * assert.match(chart.toText(), /3 spans of 5 min, 1 anomalous; the highest score is 3 thresholds\.$/);
 * ```
 */
export function ratiosOverTime(
  { start, size, ratios, anomalous }: RatioSeries,
  options: ChartOptions = {},
): Chart {
  if (!(size > 0 && size < Infinity)) {
    throw new RangeError(
      `Cannot chart ratios over time: size must be a positive number of milliseconds, current value is ${size}`,
    );
  }
  const title = titleOf(options, "Score against its threshold"), marked = new Set(anomalous);
  const bars = ratios.flatMap((ratio, i) =>
    ratio === null || !Number.isFinite(ratio) ? [] : [{ from: start + i * size, ratio, index: i }]
  );
  if (bars.length === 0) return emptyChart(title, "nothing was judged", options);
  const end = start + ratios.length * size, top = Math.max(...bars.map(({ ratio }) => ratio));
  const text =
    `${title}, ${spanText(start, end)}: ${countText(ratios.length, "span")} of ${durationText(size)}, ` +
    `${numberText(anomalous.length)} anomalous; the highest score is ${numberText(top)} thresholds.`;
  const values = bars.map(({ from, ratio, index }) => {
    return { from, to: from + size, ratio, kind: marked.has(index) ? "anomalous" : "normal" };
  });
  const scale = scaleOf(bars.map(({ ratio }) => ratio));
  return new Chart(
    (palette) => ({ title, ...PLOT, layer: layers(values, { start, end, scale }, palette) }),
    text,
    options,
  );
}

type Layer = Record<string, unknown>;
type Scale = { type: "linear" | "log"; domain: [number, number]; nice: false };

function scaleOf(ratios: readonly number[]): Scale {
  const top = Math.max(1, ...ratios), least = Math.min(1, ...ratios.filter((ratio) => ratio > 0));
  return top > LOGARITHMIC
    ? { type: "log", domain: [Math.max(LEAST, least / 2), top * 1.3], nice: false }
    : { type: "linear", domain: [0, top * 1.12], nice: false };
}

function layers(
  values: readonly { from: number; to: number; ratio: number; kind: string }[],
  { start, end, scale }: { start: number; end: number; scale: Scale },
  { calm, anomalous, text: color }: Palette,
): Layer[] {
  const floor = scale.domain[0], time = timeChannel("from", start, end, { domain: false });
  const axis = { title: axisTitle("Score ÷ threshold", scale.type === "log"), tickCount: 4 };
  const y = { type: "quantitative", scale, axis };
  return [
    {
      data: { values: values.map((bar) => ({ ...bar, floor, ratio: Math.max(floor, bar.ratio) })) },
      mark: { type: "rect" },
      encoding: {
        x: { ...time, axis: { ...time.axis as Layer, labelFlush: false, tickCount: 6 } },
        x2: { field: "to" },
        y: { field: "ratio", ...y },
        y2: { field: "floor" },
        color: {
          field: "kind",
          type: "nominal",
          legend: null,
          scale: { domain: ["normal", "anomalous"], range: [calm, anomalous] },
        },
      },
    },
    {
      data: { values: [{ ratio: 1, label: "threshold" }] },
      encoding: { y: { field: "ratio", ...y } },
      layer: [
        { mark: { type: "rule", strokeDash: [6, 4], strokeWidth: 1.5, color } },
        {
          mark: { type: "text", align: "left", baseline: "bottom", dx: 4, dy: -3, x: 0 },
          encoding: { text: { field: "label", type: "nominal" } },
        },
      ],
    },
  ];
}
