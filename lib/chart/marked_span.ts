/**
 * A span of time that a chart points out.
 *
 * @module
 */
import { printable } from "./printable.ts";
import type { Palette } from "./theme.ts";

/** What is pointed out, ms since the epoch, and what it is called. */
export interface MarkedSpan {
  from: number;
  to: number;
  label: string;
}

/**
 * Vega-Lite's layers for a span: its ground in another colour, a line at both ends, its name at the top. They stand before those of
 * the data.
 *
 * @param x The chart's channel of time; its field is replaced.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { markedLayers } from "./marked_span.ts";
 * import { PALETTES } from "./theme.ts";
 *
 * const layers = markedLayers({ from: 0, to: 60_000, label: "incident" }, { type: "temporal" }, PALETTES.light);
 * assert.equal(layers.length, 3);
 * ```
 */
export function markedLayers(
  { from, to, label }: MarkedSpan,
  x: Record<string, unknown>,
  { anomalous }: Palette,
): Record<string, unknown>[] {
  const span = { values: [{ markedFrom: from, markedTo: to, label: printable(label, 40) }] };
  const at = (field: string) => ({ ...x, field });
  return [
    {
      data: span,
      mark: { type: "rect", color: anomalous, opacity: 0.14 },
      encoding: { x: at("markedFrom"), x2: { field: "markedTo" } },
    },
    {
      data: { values: [{ time: from }, { time: to }] },
      mark: { type: "rule", color: anomalous, strokeDash: [4, 3], strokeWidth: 1.2 },
      encoding: { x: at("time") },
    },
    {
      data: span,
      mark: {
        type: "text",
        align: "left",
        baseline: "bottom",
        dx: 2,
        y: -1,
        color: anomalous,
        fontWeight: 600,
      },
      encoding: { x: at("markedFrom"), text: { field: "label", type: "nominal" } },
    },
  ];
}
