/**
 * How training went.
 *
 * @module
 */
import { countText, numberText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart, PLOT } from "./empty.ts";
import { extentOf } from "./extent.ts";
import { axisTitle } from "./printable.ts";
import type { Palette } from "./theme.ts";

/** Losses after one pass over the training rows. */
export interface EpochLoss {
  /** From 1. */
  epoch: number;
  /** On the rows trained on, where it is known. */
  loss?: number;
  /** On rows held back, where there are some. */
  validationLoss?: number;
}

/** Options of {@linkcode lossCurve}. */
export interface LossCurveOptions extends ChartOptions {
  /** What the loss is. Default `mean squared error`. */
  loss?: string;
}

const TRAINING = "training", VALIDATION = "validation";
const PART = {
  field: "part",
  type: "nominal",
  legend: { title: "Rows", symbolType: "stroke", symbolStrokeWidth: 2 },
};

/**
 * Loss after each epoch, in training and validation; logarithmic where it falls to less than a tenth.
 *
 * @param epochs In any order. A loss that is not finite is left out and said.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lossCurve } from "./loss_curve.ts";
 *
 * const chart = lossCurve([{ epoch: 1, loss: 0.5, validationLoss: 0.6 }, { epoch: 2, loss: 0.25, validationLoss: 0.4 }]);
 * assert.match(chart.toText(), /2 epochs.*training 0\.25, validation 0\.4/);
 * ```
 */
export function lossCurve(epochs: readonly EpochLoss[], options: LossCurveOptions = {}): Chart {
  const title = titleOf(options, "Loss by epoch");
  const sorted = epochs.toSorted((a, b) => a.epoch - b.epoch);
  const all = sorted.flatMap(({ epoch, loss, validationLoss }) => [
    ...(loss === undefined ? [] : [{ epoch, loss, part: TRAINING }]),
    ...(validationLoss === undefined ? [] : [{ epoch, loss: validationLoss, part: VALIDATION }]),
  ]);
  const values = all.filter(({ loss }) => Number.isFinite(loss));
  if (values.length === 0) return emptyChart(title, "no finite losses", options);
  const domain = [TRAINING, VALIDATION].filter((part) => values.some((value) => value.part === part));
  const unit = options.loss ?? "mean squared error";
  const body = ({ calm, anomalous }: Palette) => ({
    title,
    ...PLOT,
    data: { values },
    mark: { type: "line", point: { size: 18 } },
    encoding: {
      x: {
        field: "epoch",
        type: "quantitative",
        scale: { nice: false, zero: false, padding: 6 },
        axis: { title: "Epoch", format: "d", tickMinStep: 1, grid: false },
      },
      y: lossChannel(values.map(({ loss }) => loss), unit),
      color: { ...PART, scale: { domain, range: [calm, anomalous].slice(0, domain.length) } },
      strokeDash: { ...PART, scale: { domain, range: [[1, 0], [6, 3]].slice(0, domain.length) } },
    },
  });
  const last = domain.map((name) =>
    `${name} ${numberText(values.findLast((value) => value.part === name)!.loss)}`
  );
  const lost = all.length - values.length;
  const text = `${title}: ${countText(sorted.length, "epoch")}, ${unit} at the end: ${last.join(", ")}.` +
    (lost > 0 ? ` ${lost} not finite and left out.` : "");
  return new Chart(body, text, options);
}

function lossChannel(losses: number[], unit: string): Record<string, unknown> {
  const [least, greatest] = extentOf(losses);
  const logarithmic = least > 0 && greatest > 10 * least;
  const domain = [least / 1.2, greatest * 1.2];
  return {
    field: "loss",
    type: "quantitative",
    scale: logarithmic ? { type: "log", domain, nice: false } : { zero: true },
    axis: { title: axisTitle(`Loss (${unit})`, logarithmic), tickCount: 6 },
  };
}
