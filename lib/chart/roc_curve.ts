/**
 * Found anomalies by false alarms, where labels are known.
 *
 * @module
 */
import { countText, numberText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart } from "./empty.ts";
import { chosenLayer, RATE_PLOT, rateChannel } from "./rate_plot.ts";
import type { Palette } from "./theme.ts";
import { thinned } from "./thinned.ts";

/** What one threshold finds, and at what price. */
export interface RocPoint {
  /** -Infinity = everything is called. */
  threshold: number;
  /** False alarms among normal, 0–1. */
  falseAlarmRate: number;
  /** Found anomalies among anomalies, 0–1. */
  recall: number;
}

/** Options of {@linkcode rocCurve}. */
export interface RocCurveOptions extends ChartOptions {
  /** The threshold in use: its point is marked (the nearest one that is not above it, else the nearest). */
  chosen?: number;
  /** Area under the curve, as `rocAuc` of the room evaluate gives it; told where it is given. */
  area?: number | null;
}

/**
 * The receiver operating characteristic: recall by false alarm rate over all thresholds, with the chosen one, beside the diagonal
 * that guessing would give.
 *
 * @param points In any order; those whose rates are not finite are left out.
 * @see Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27, 2006
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rocCurve } from "./roc_curve.ts";
 *
 * const points = [
 *   { threshold: 2, falseAlarmRate: 0, recall: 0 },
 *   { threshold: 1, falseAlarmRate: .1, recall: .8 },
 *   { threshold: -Infinity, falseAlarmRate: 1, recall: 1 },
 * ];
 * const text = rocCurve(points, { chosen: 1, area: .85 }).toText();
 * assert.equal(text, "ROC curve: 3 thresholds, area 0.85. At threshold 1: false alarm rate 0.1, recall 0.8.");
 * ```
 */
export function rocCurve(points: readonly RocPoint[], options: RocCurveOptions = {}): Chart {
  const title = titleOf(options, "ROC curve");
  const curve = points.filter(({ threshold, falseAlarmRate, recall }) =>
    !Number.isNaN(threshold) && Number.isFinite(falseAlarmRate) && Number.isFinite(recall)
  ).sort((a, b) => a.falseAlarmRate - b.falseAlarmRate || a.recall - b.recall);
  if (curve.length === 0) return emptyChart(title, "no labelled windows", options);
  const { chosen, area } = options, near = chosen === undefined ? undefined : pointAt(curve, chosen);
  // A threshold between two points decides as the lower one; what is named is the one that was chosen.
  const mark = near === undefined ? undefined : { ...near, threshold: Math.max(near.threshold, chosen!) };
  const told = area === undefined || area === null ? "" : `, area ${numberText(area)}`;
  const text = `${title}: ${countText(curve.length, "threshold")}${told}.` +
    (mark
      ? ` At threshold ${numberText(mark.threshold)}: false alarm rate ${
        numberText(mark.falseAlarmRate)
      }, recall ${numberText(mark.recall)}.`
      : "");
  return new Chart(
    (palette) => ({ title, ...RATE_PLOT, layer: layers(curve, mark, palette) }),
    text,
    options,
  );
}

/** The point of the highest threshold that is not above `chosen`; where all are, the lowest. */
function pointAt(curve: readonly RocPoint[], chosen: number): RocPoint {
  const above = (a: RocPoint, b: RocPoint) => a.threshold >= b.threshold ? a : b;
  const under = curve.filter(({ threshold }) => threshold <= chosen);
  return under.length > 0 ? under.reduce(above) : curve.reduce((a, b) => a.threshold <= b.threshold ? a : b);
}

type Layer = Record<string, unknown>;

function layers(
  curve: readonly RocPoint[],
  mark: RocPoint | undefined,
  { calm, anomalous, axis }: Palette,
): Layer[] {
  const x = rateChannel("falseAlarmRate", "False alarm rate (false alarms ÷ normal)");
  const y = rateChannel("recall", "Recall (found anomalies ÷ anomalies)");
  const drawn = thinned(
    curve,
    ({ falseAlarmRate, recall }) =>
      Math.floor(falseAlarmRate * RATE_PLOT.width) * (RATE_PLOT.height + 1) +
      Math.floor(recall * RATE_PLOT.height),
  );
  const values = drawn.map(({ falseAlarmRate, recall }, order) => ({ falseAlarmRate, recall, order }));
  const guess = {
    data: { values: [0, 1].map((rate) => ({ falseAlarmRate: rate, recall: rate })) },
    mark: { type: "line", color: axis, strokeDash: [4, 4], strokeWidth: 1 },
    encoding: { x, y },
  };
  const said = {
    data: { values: [{ falseAlarmRate: .55, recall: .55, label: "guessing" }] },
    mark: { type: "text", color: axis, align: "left", dx: 8, dy: 8 },
    encoding: { x, y, text: { field: "label", type: "nominal" } },
  };
  const line = {
    data: { values },
    mark: { type: "line", color: calm, point: curve.length <= 60 ? { size: 20, color: calm } : false },
    encoding: { x, y, order: { field: "order", type: "quantitative" } },
  };
  if (mark === undefined) return [guess, said, line];
  const { threshold, falseAlarmRate, recall } = mark;
  const place = { isLeft: falseAlarmRate > 0.65, below: recall < 0.1 ? -14 : 16 };
  const point = { threshold, falseAlarmRate, recall };
  return [guess, said, line, chosenLayer(point, { encoding: { x, y }, color: anomalous, ...place })];
}
