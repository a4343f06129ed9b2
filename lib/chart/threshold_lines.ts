/**
 * Thresholds marked in a chart whose x axis is logarithmic.
 *
 * @module
 */
import { numberText } from "../table/figures.ts";
import { uniqueLabels } from "./printable.ts";

type Layer = Record<string, unknown>;

/** How {@linkcode thresholdLines} look. */
export interface ThresholdLinesOptions {
  color: string;
  /** What stands behind a name, so that a line through it doesn't strike it out. */
  background: string;
  /** Where the first label stands, pixels from the top; the next ones below, so that near thresholds stay readable. */
  top: number;
}

/**
 * Layers with a line for each threshold, and its name beside it: to its left where there would be no room on the right.
 * Thresholds that read alike share a line and a label.
 *
 * @param x The chart's x channel, without a field.
 */
export function thresholdLines(
  thresholds: readonly { rule: string; value: number }[],
  x: Layer & { scale: { domain: number[] } },
  { color, background, top }: ThresholdLinesOptions,
): Layer[] {
  if (thresholds.length === 0) return [];
  const [least, greatest] = x.scale.domain, channel = { field: "value", ...x };
  const isRight = (value: number) => Math.log(value / least) > 0.75 * Math.log(greatest / least);
  const alike = [...Map.groupBy(thresholds, ({ value }) => numberText(value))];
  const labels = uniqueLabels(
    alike.map(([text, same]) => `${same.map(({ rule }) => rule).join(", ")} ${text}`),
  );
  const marked = alike.map(([, [{ value }]], index) => ({ value, label: labels[index] }));
  const lines = {
    data: { values: marked.map(({ value }) => ({ value })) },
    mark: { type: "rule", color, strokeDash: [6, 4], strokeWidth: 2 },
    encoding: { x: channel },
  };
  const names = marked.map((one, index) => {
    const side = isRight(one.value) ? { align: "right", dx: -4 } : { align: "left", dx: 4 };
    const text = { type: "text", ...side, baseline: "top", fontWeight: 600, y: top + 14 * index };
    return {
      data: { values: [one] },
      encoding: { x: channel, text: { field: "label", type: "nominal" } },
      layer: [
        { mark: { ...text, color: background, stroke: background, strokeWidth: 4 } },
        { mark: { ...text, color } },
      ],
    };
  });
  return [lines, ...names];
}
