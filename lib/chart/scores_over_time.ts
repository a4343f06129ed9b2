/**
 * Scores of windows over time, with the threshold.
 *
 * @module
 */
import type { Verdict } from "../explain/reason.ts";
import { countText, numberText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart, PLOT } from "./empty.ts";
import { extentOf } from "./extent.ts";
import { axisTitle } from "./printable.ts";
import type { Palette } from "./theme.ts";
import { spanText, timeChannel } from "./time_axis.ts";

/** What the chart needs of a verdict. */
export type ScoredWindow = Pick<Verdict, "start" | "score" | "threshold" | "anomalous">;

const MOST_POINTS = 1500;
const MOST_ANOMALOUS = 1000;

/**
 * One point a window: its score by its start, anomalous ones in another colour *and* shape, a line where the threshold is.
 *
 * With one threshold for all, scores are drawn as they are; with several, each is divided by its own. Where scores reach twenty times
 * the threshold the axis is logarithmic. Of more than 1,500 normal windows the highest of each span is drawn, of more than 1,000
 * anomalous ones likewise; the text says so.
 *
 * @param windows In any order; those without a time are left out and counted.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scoresOverTime } from "./scores_over_time.ts";
 *
 * const windows = [0, 1, 2].map((n) => ({ start: n * 60_000, score: n, threshold: 1, anomalous: n > 1 }));
 * assert.match(scoresOverTime(windows).toText(), /3 windows, 1 anomalous/);
 * ```
 */
export function scoresOverTime(windows: readonly ScoredWindow[], options: ChartOptions = {}): Chart {
  const title = titleOf(options, "Scores over time");
  const timed = windows.filter(({ start, score }) => !Number.isNaN(start) && Number.isFinite(score));
  if (timed.length === 0) return emptyChart(title, "no windows with a time", options);
  const common = timed.every(({ threshold }) => threshold === timed[0].threshold) ? timed[0].threshold : null;
  const points = timed.map(({ start, score, threshold, anomalous }) => {
    return {
      time: start,
      score: common === null ? score / threshold : score,
      kind: anomalous ? "anomalous" : "normal",
    };
  }).filter(({ score }) => Number.isFinite(score)).sort((a, b) => a.time - b.time || a.score - b.score);
  if (points.length === 0) return emptyChart(title, "no windows with a time", options);
  const drawn = [
    ...highest(points.filter(({ kind }) => kind === "normal"), MOST_POINTS),
    ...highest(points.filter(({ kind }) => kind === "anomalous"), MOST_ANOMALOUS),
  ];
  const line = common ?? 1;
  const unit = common === null ? "Score ÷ threshold" : "Score";
  const anomalous = points.filter(({ kind }) => kind === "anomalous").length;
  const [start, end] = [points[0].time, points.at(-1)!.time];
  const text =
    `${title}, ${spanText(start, end)}: ${countText(points.length, "window")}, ${
      numberText(anomalous)
    } anomalous` +
    (drawn.length < points.length
      ? ` (the highest ${numberText(drawn.length)} of their spans are drawn)`
      : "") +
    `; threshold ${numberText(line)}, highest score ${
      numberText(points.reduce((top, { score }) => Math.max(top, score), 0))
    }.` +
    (windows.length > points.length
      ? ` ${countText(windows.length - points.length, "window")} without a time left out.`
      : "");
  return new Chart((palette) => ({ title, ...PLOT, ...layers(drawn, line, unit, palette) }), text, options);
}

interface Point {
  time: number;
  score: number;
  kind: string;
}

/** The highest point of each of at most `limit` equal spans. `points` are sorted by time. */
function highest(points: Point[], limit: number): Point[] {
  if (points.length <= limit) return points;
  const start = points[0].time, span = (points.at(-1)!.time - start) / limit || 1;
  const top = new Map<number, Point>();
  for (const point of points) {
    const bin = Math.min(limit - 1, Math.floor((point.time - start) / span));
    if (!top.has(bin) || top.get(bin)!.score < point.score) top.set(bin, point);
  }
  return [...top.values()];
}

type Layer = Record<string, unknown>;

function layers(points: Point[], threshold: number, unit: string, palette: Palette): { layer: Layer[] } {
  const scores = points.map(({ score }) => score);
  const [bottom, top] = extentOf([...scores, threshold]);
  const floor = extentOf([...scores.filter((score) => score > 0), threshold])[0] / 2;
  const logarithmic = threshold > 0 && top > 20 * threshold;
  const domain = logarithmic ? [floor, top * 1.3] : [Math.min(0, bottom), top * 1.08 || 1];
  const scale = { type: logarithmic ? "log" : "linear", domain, nice: false };
  const axis = { title: axisTitle(unit, logarithmic), tickCount: 6 };
  const y = { field: "score", type: "quantitative", scale, axis };
  const values = points.map((point) =>
    logarithmic ? { ...point, score: Math.max(point.score, floor) } : point
  );
  return { layer: [windowLayer(values, y, palette), thresholdLayer(threshold, y, palette)] };
}

function windowLayer(values: Point[], y: Layer, { calm, anomalous }: Palette): Layer {
  const [start, end] = extentOf(values.map(({ time }) => time));
  const domain = ["normal", "anomalous"];
  const kind = { field: "kind", type: "nominal", legend: { title: "Window" } };
  return {
    data: { values },
    mark: { type: "point", filled: true, opacity: 0.85 },
    encoding: {
      x: timeChannel("time", start, end > start ? end : start + 60_000),
      y,
      color: { ...kind, scale: { domain, range: [calm, anomalous] } },
      shape: { ...kind, scale: { domain, range: ["circle", "triangle-up"] } },
      size: { ...kind, type: "ordinal", scale: { domain, range: [18, 70] } },
    },
  };
}

function thresholdLayer(threshold: number, y: Layer, { text: color }: Palette): Layer {
  return {
    data: { values: [{ score: threshold, label: `threshold ${numberText(threshold)}` }] },
    encoding: { y },
    layer: [
      { mark: { type: "rule", strokeDash: [6, 4], strokeWidth: 1.5, color } },
      {
        mark: { type: "text", align: "right", baseline: "bottom", dx: -4, dy: -3, x: "width" },
        encoding: { text: { field: "label", type: "nominal" } },
      },
    ],
  };
}
