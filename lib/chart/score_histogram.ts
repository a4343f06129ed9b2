/**
 * How scores are distributed, and where thresholds cut them.
 *
 * @module
 */
import { countText, numberText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart, PLOT } from "./empty.ts";
import { extentOf } from "./extent.ts";
import type { Palette } from "./theme.ts";
import { thresholdLines } from "./threshold_lines.ts";

/** Options of {@linkcode scoreHistogram}. */
export interface ScoreHistogramOptions extends ChartOptions {
  /** How many windows each score stands for, shape [n]. Default 1 each. */
  weights?: ArrayLike<number>;
  /** Thresholds to mark. */
  thresholds?: readonly { rule: string; value: number }[];
  /** Bars. Default 48. */
  bins?: number;
}

interface Bar {
  from: number;
  to: number;
  windows: number;
}

/**
 * Windows by score, both axes logarithmic, with a line for each threshold. Scores of zero or less stand in the leftmost bar.
 *
 * @param scores Shape [n]; those that are not finite are left out and said.
 * @throws {RangeError} if `weights` has another length or `bins` is not a positive integer.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scoreHistogram } from "./score_histogram.ts";
 *
 * const chart = scoreHistogram([0.1, 0.2, 0.2, 9], { thresholds: [{ rule: "quantile", value: 1 }] });
 * assert.match(chart.toText(), /4 windows.*quantile 1 \(1 above\)/);
 * ```
 */
export function scoreHistogram(scores: ArrayLike<number>, options: ScoreHistogramOptions = {}): Chart {
  const { weights, bins = 48 } = options;
  if (weights !== undefined && weights.length !== scores.length) {
    throw new RangeError(`Cannot chart scores: ${scores.length} scores have ${weights.length} weights`);
  }
  if (!Number.isInteger(bins) || bins < 1) {
    throw new RangeError(`Cannot chart scores: bins must be a positive integer, current value is ${bins}`);
  }
  const title = titleOf(options, "Scores");
  const rows = Array.from(scores, (score, index) => ({ score, weight: weights?.[index] ?? 1 }));
  const finite = rows.filter(({ score }) => Number.isFinite(score));
  if (finite.length === 0) return emptyChart(title, "no scores", options);
  const thresholds = (options.thresholds ?? []).filter(({ value }) => Number.isFinite(value) && value > 0);
  const bars = barsOf(finite, thresholds.map(({ value }) => value), bins);
  const sum = (wanted: (score: number) => boolean) =>
    finite.reduce((total, { score, weight }) => wanted(score) ? total + weight : total, 0);
  const marks = thresholds.map(({ rule, value }) =>
    `${rule} ${numberText(value)} (${numberText(sum((s) => s > value))} above)`
  );
  const highest = finite.reduce((top, { score }) => Math.max(top, score), -Infinity);
  const text = `${title}: ${countText(sum(() => true), "window")}, highest score ${numberText(highest)}` +
    (marks.length > 0 ? `; thresholds: ${marks.join(", ")}.` : ".") +
    (sum((score) => score <= 0) > 0
      ? ` ${countText(sum((score) => score <= 0), "window")} at 0 or less.`
      : "") +
    (finite.length < rows.length
      ? ` ${countText(rows.length - finite.length, "score")} not finite and left out.`
      : "");
  return new Chart((palette) => ({ title, ...PLOT, ...layers(bars, thresholds, palette) }), text, options);
}

/** Bars of equal width on the logarithmic axis, which reaches from the least positive value to the greatest. */
function barsOf(rows: { score: number; weight: number }[], marks: number[], bins: number): Bar[] {
  let least = Infinity, greatest = 0;
  for (const value of [...rows.map(({ score }) => score), ...marks]) {
    if (value > 0) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
  }
  if (greatest === 0) [least, greatest] = [0.1, 1];
  least = Math.max(least, greatest / 1e12, Number.MIN_VALUE * 1e16) / 1.05;
  greatest *= 1.05;
  const step = Math.log(greatest / least) / bins;
  const bars = Array.from({ length: bins }, (_, index) => {
    return { from: least * Math.exp(index * step), to: least * Math.exp((index + 1) * step), windows: 0 };
  });
  for (const { score, weight } of rows) {
    const index = score <= least ? 0 : Math.min(bins - 1, Math.floor(Math.log(score / least) / step));
    bars[index].windows += weight;
  }
  return bars;
}

type Layer = Record<string, unknown>;
type Marks = readonly { rule: string; value: number }[];

function layers(
  bars: Bar[],
  thresholds: Marks,
  { calm, anomalous, background }: Palette,
): { layer: Layer[] } {
  const filled = bars.filter(({ windows }) => windows > 0);
  const most = filled.reduce((top, { windows }) => Math.max(top, windows), 1);
  const base = Math.min(0.5, extentOf(filled.map(({ windows }) => windows / 2))[0]);
  const channel = (domain: number[], axis: Layer) => {
    return { type: "quantitative", scale: { type: "log", domain, nice: false }, axis };
  };
  const x = channel([bars[0].from, bars.at(-1)!.to], {
    title: "Score (logarithmic)",
    tickCount: 8,
    format: "~g",
    grid: false,
  });
  const y = channel([base, most * 1.5], { title: "Windows (logarithmic)", tickCount: 5, format: "~s" });
  const histogram = {
    data: { values: filled },
    mark: { type: "bar", color: calm, stroke: background, strokeWidth: 0.6 },
    encoding: {
      x: { field: "from", ...x },
      x2: { field: "to" },
      y: { field: "windows", ...y },
      y2: { datum: base },
    },
  };
  return { layer: [histogram, ...thresholdLines(thresholds, x, { color: anomalous, background, top: 2 })] };
}
