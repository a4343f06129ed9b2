/**
 * Precision and recall against the threshold.
 *
 * @module
 */
import { countText, numberText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart, PLOT } from "./empty.ts";
import { extentOf } from "./extent.ts";
import type { PrecisionRecallPoint } from "./precision_recall.ts";
import type { Palette } from "./theme.ts";
import { thinned } from "./thinned.ts";
import { thresholdLines } from "./threshold_lines.ts";

/** Options of {@linkcode thresholdCurve}. */
export interface ThresholdCurveOptions extends ChartOptions {
  /** Thresholds to mark. */
  thresholds?: readonly { rule: string; value: number }[];
}

/**
 * Precision and recall as two lines over the threshold, whose axis is logarithmic, with a line for each threshold to compare.
 *
 * @param points In any order; thresholds of 0 or less, or not finite, can't be drawn and are left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { thresholdCurve } from "./threshold_curve.ts";
 *
 * const points = [{ threshold: 2, precision: 1, recall: 0.5 }, { threshold: 1, precision: 0.5, recall: 1 }];
 * const chart = thresholdCurve(points, { thresholds: [{ rule: "quantile", value: 1.5 }] });
 * assert.match(chart.toText(), /quantile 1\.5: precision 0\.5, recall 1/);
 * ```
 */
export function thresholdCurve(
  points: readonly PrecisionRecallPoint[],
  options: ThresholdCurveOptions = {},
): Chart {
  const title = titleOf(options, "Precision and recall by threshold");
  const curve = points.filter(({ threshold }) => threshold > 0 && threshold < Infinity)
    .toSorted((a, b) => a.threshold - b.threshold);
  if (curve.length === 0) return emptyChart(title, "no labelled windows", options);
  const thresholds = (options.thresholds ?? []).filter(({ value }) => value > 0 && value < Infinity);
  // At a threshold between two points the decisions are those of the lower one.
  const at = (value: number) => curve.findLast(({ threshold }) => threshold <= value) ?? curve[0];
  const marks = thresholds.map(({ rule, value }) => {
    const { precision, recall } = at(value);
    return `${rule} ${numberText(value)}: precision ${numberText(precision)}, recall ${numberText(recall)}`;
  });
  const text = `${title}: ${countText(curve.length, "threshold")}${
    marks.length > 0 ? `; ${marks.join("; ")}` : ""
  }.`;
  return new Chart(
    (palette) => ({ title, ...PLOT, layer: layers(curve, thresholds, palette) }),
    text,
    options,
  );
}

type Layer = Record<string, unknown>;

function layers(
  curve: readonly PrecisionRecallPoint[],
  thresholds: readonly { rule: string; value: number }[],
  { categories, anomalous, background }: Palette,
): Layer[] {
  const [least, greatest] = extentOf([
    ...curve.map(({ threshold }) => threshold),
    ...thresholds.map(({ value }) => value),
  ]);
  const domain = [least / 1.05, greatest * 1.3], places = PLOT.width / Math.log(domain[1] / domain[0]);
  const x = {
    type: "quantitative",
    scale: { type: "log", domain, nice: false },
    axis: { title: "Threshold (logarithmic)", tickCount: 8, format: "~g", grid: false },
  };
  const drawn = thinned(curve, ({ threshold }) => Math.floor(Math.log(threshold) * places));
  return [
    rateLines(drawn, x, categories),
    ...thresholdLines(thresholds, x, {
      color: anomalous,
      background,
      top: PLOT.height - 14 * thresholds.length - 4,
    }),
  ];
}

/** @param x The x channel without a field. */
function rateLines(curve: readonly PrecisionRecallPoint[], x: Layer, colors: readonly string[]): Layer {
  const rate = {
    field: "rate",
    type: "nominal",
    legend: { title: "Rate", symbolType: "stroke", symbolStrokeWidth: 2 },
  };
  const rates = ["precision", "recall"] as const;
  return {
    data: {
      values: curve.flatMap((one) =>
        rates.map((rate) => ({ threshold: one.threshold, rate, value: one[rate] }))
      ),
    },
    mark: { type: "line", interpolate: "step-after" },
    encoding: {
      x: { field: "threshold", ...x },
      y: {
        field: "value",
        type: "quantitative",
        scale: { domain: [0, 1] },
        axis: { title: "Precision, recall", format: ".1f", tickCount: 6 },
      },
      color: { ...rate, scale: { domain: rates, range: [colors[0], colors[1]] } },
      strokeDash: { ...rate, scale: { domain: rates, range: [[1, 0], [6, 3]] } },
    },
  };
}
