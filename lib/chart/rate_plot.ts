/**
 * A curve of one rate over another, with the point of the threshold in use.
 *
 * @module
 */
import { numberText } from "../table/figures.ts";

/** Width and height of the plot, in pixels. */
export const RATE_PLOT = { width: 420, height: 320 };

type Layer = Record<string, unknown>;

/** Vega-Lite's channel of a rate, 0–1. */
export function rateChannel(field: string, title: string): Layer {
  const scale = { domain: [0, 1], nice: false };
  return { field, type: "quantitative", scale, axis: { title, format: ".1f", tickCount: 6 } };
}

/** How the chosen point is drawn. */
export interface ChosenPoint {
  /** Channels of the curve. */
  encoding: Layer;
  color: string;
  /** Whether its name stands to the left of it. */
  isLeft: boolean;
  /** How far below it, in pixels. Default 16. */
  below?: number;
}

/**
 * Vega-Lite's layer for the point of a threshold: a diamond, and which threshold it is.
 *
 * @param point Rates by the names of the channels' fields; threshold -Infinity = everything is called.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { chosenLayer, rateChannel } from "./rate_plot.ts";
 *
 * const encoding = { x: rateChannel("recall", "Recall"), y: rateChannel("precision", "Precision") };
 * const layer = chosenLayer({ threshold: 2, recall: .5, precision: 1 }, { encoding, color: "red", isLeft: true });
 * assert.deepEqual(layer.data, { values: [{ recall: .5, precision: 1, label: "threshold 2" }] });
 * ```
 */
export function chosenLayer(
  { threshold, ...rates }: { threshold: number } & Record<string, number>,
  { encoding, color, isLeft, below = 16 }: ChosenPoint,
): Layer {
  const side = isLeft ? { align: "right", dx: -10 } : { align: "left", dx: 10 };
  const label = threshold === -Infinity ? "everything is called" : `threshold ${numberText(threshold)}`;
  return {
    data: { values: [{ ...rates, label }] },
    encoding,
    layer: [
      { mark: { type: "point", shape: "diamond", filled: true, size: 160, color } },
      {
        mark: { type: "text", dy: below, color, ...side },
        encoding: { text: { field: "label", type: "nominal" } },
      },
    ],
  };
}
