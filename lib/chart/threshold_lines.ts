/**
 * Thresholds marked in a chart whose x axis is logarithmic.
 *
 * @module
 */
import { numberText } from "../feature/figures.ts";
import { uniqueLabels } from "./printable.ts";

type Layer = Record<string, unknown>;

/** How {@linkcode thresholdLines} look. */
export interface ThresholdLinesOptions {
  color: string;
  /** Where the first label stands, pixels from the top; the next ones below, so that near thresholds stay readable. */
  top: number;
}

/**
 * Layers with a line for each threshold, and its name beside it: to its left where there would be no room on the right.
 *
 * @param x The chart's x channel, without a field.
 */
export function thresholdLines(
  thresholds: readonly { rule: string; value: number }[],
  x: Layer & { scale: { domain: number[] } },
  { color, top }: ThresholdLinesOptions,
): Layer[] {
  if (thresholds.length === 0) return [];
  const [least, greatest] = x.scale.domain, channel = { field: "value", ...x };
  const isRight = (value: number) => Math.log(value / least) > 0.75 * Math.log(greatest / least);
  const labels = uniqueLabels(thresholds.map(({ rule, value }) => `${rule} ${numberText(value)}`));
  const lines = {
    data: { values: thresholds.map(({ value }) => ({ value })) },
    mark: { type: "rule", color, strokeDash: [6, 4], strokeWidth: 2 },
    encoding: { x: channel },
  };
  const names = thresholds.map(({ value }, index) => {
    const side = isRight(value) ? { align: "right", dx: -4 } : { align: "left", dx: 4 };
    return {
      data: { values: [{ value, label: labels[index] }] },
      mark: { type: "text", ...side, baseline: "top", color, fontWeight: 600, y: top + 14 * index },
      encoding: { x: channel, text: { field: "label", type: "nominal" } },
    };
  });
  return [lines, ...names];
}
