/**
 * What a threshold costs and brings, where labels are known.
 *
 * @module
 */
import { countText, numberText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart } from "./empty.ts";
import { chosenLayer, RATE_PLOT, rateChannel } from "./rate_plot.ts";
import type { Palette } from "./theme.ts";
import { thinned } from "./thinned.ts";

/** Precision and recall with one threshold. */
export interface PrecisionRecallPoint {
  threshold: number;
  /** Right alarms among alarms, 0–1. */
  precision: number;
  /** Found anomalies among anomalies, 0–1. */
  recall: number;
}

/** Options of {@linkcode precisionRecall}. */
export interface PrecisionRecallOptions extends ChartOptions {
  /** The threshold in use: its point is marked (the nearest one that is not above it, else the nearest). */
  chosen?: number;
  /** Average precision of the same scores, as `averagePrecision` of the room evaluate gives it; told where it is given. */
  averagePrecision?: number;
}

/**
 * Precision by recall over all thresholds, with the chosen one.
 *
 * @param points In any order; those that are not finite are left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { precisionRecall } from "./precision_recall.ts";
 *
 * const points = [{ threshold: 2, precision: 1, recall: 0.5 }, { threshold: 1, precision: 0.5, recall: 1 }];
 * assert.match(precisionRecall(points, { chosen: 2 }).toText(), /At threshold 2: precision 1, recall 0\.5/);
 * ```
 */
export function precisionRecall(
  points: readonly PrecisionRecallPoint[],
  options: PrecisionRecallOptions = {},
): Chart {
  const title = titleOf(options, "Precision and recall");
  const curve = points.filter(({ threshold, precision, recall }) =>
    Number.isFinite(threshold) && Number.isFinite(precision) && Number.isFinite(recall)
  ).sort((a, b) => b.threshold - a.threshold || a.recall - b.recall);
  if (curve.length === 0) return emptyChart(title, "no labelled windows", options);
  const { chosen, averagePrecision } = options,
    near = chosen === undefined ? undefined : pointAt(curve, chosen);
  // A threshold between two points decides as the lower one; what is named is the one that was chosen.
  const mark = near === undefined ? undefined : { ...near, threshold: Math.max(near.threshold, chosen!) };
  const average = averagePrecision === undefined ? "" : `, average precision ${numberText(averagePrecision)}`;
  const text = `${title}: ${countText(curve.length, "threshold")}${average}.` +
    (mark
      ? ` At threshold ${numberText(mark.threshold)}: precision ${numberText(mark.precision)}, recall ${
        numberText(mark.recall)
      }.`
      : "");
  return new Chart(
    (palette) => ({ title, ...RATE_PLOT, layer: layers(curve, mark, palette) }),
    text,
    options,
  );
}

/** `curve` is sorted by threshold, greatest first. */
function pointAt(curve: readonly PrecisionRecallPoint[], chosen: number): PrecisionRecallPoint {
  return curve.find(({ threshold }) => threshold <= chosen) ?? curve.at(-1)!;
}

type Layer = Record<string, unknown>;

function layers(
  curve: readonly PrecisionRecallPoint[],
  mark: PrecisionRecallPoint | undefined,
  { calm, anomalous }: Palette,
): Layer[] {
  const x = rateChannel("recall", "Recall (found anomalies ÷ anomalies)");
  const y = rateChannel("precision", "Precision (right alarms ÷ alarms)");
  const drawn = thinned(curve, ({ recall }) => Math.floor(recall * RATE_PLOT.width));
  const point = curve.length <= 60 ? { size: 20, color: calm } : false;
  const line = {
    data: { values: drawn.map((point, order) => ({ ...point, order })) },
    mark: { type: "line", color: calm, interpolate: "step-before", point },
    encoding: { x, y, order: { field: "order", type: "quantitative" } },
  };
  if (mark === undefined) return [line];
  const { threshold, precision, recall } = mark;
  const place = { encoding: { x, y }, color: anomalous, isLeft: recall > 0.35 };
  return [line, chosenLayer({ threshold, precision, recall }, place)];
}
