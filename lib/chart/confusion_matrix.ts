/**
 * Decisions by what they were and should have been.
 *
 * @module
 */
import { countText, numberText, percentText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart } from "./empty.ts";
import type { Palette } from "./theme.ts";

/** Counts of decisions, as `evaluateVerdicts` of the room evaluate gives them. */
export interface ConfusionCounts {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  trueNegatives: number;
}

/** Options of {@linkcode confusionMatrix}. */
export interface ConfusionMatrixOptions extends ChartOptions {
  /** What is counted: one of it, and several; default `window`, `windows`. */
  one?: string;
  many?: string;
}

/** One of the four cells. */
interface MatrixCell {
  truth: string;
  verdict: string;
  name: string;
  count: string;
  share: string;
  /** Part of its row, 0–1. */
  part: number;
  right: boolean;
}

/**
 * Counts in a square: the truth by row, the verdict by column, each cell with its name, its count and its share of the row. Right
 * decisions have a whole border, wrong ones a broken one, so that it can be read without colours.
 *
 * @throws {RangeError} if a count is below 0 or no number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { confusionMatrix } from "./confusion_matrix.ts";
 *
 * const counts = { truePositives: 3, falsePositives: 2, falseNegatives: 1, trueNegatives: 94 };
 * assert.equal(
 *   confusionMatrix(counts).toText(),
 *   "Confusion: 100 windows. Of 4 anomalous ones 3 found (75 %), 1 missed; of 96 normal ones 2 called (2.1 %), 94 left alone.",
 * );
 * ```
 */
export function confusionMatrix(counts: ConfusionCounts, options: ConfusionMatrixOptions = {}): Chart {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
  const { one = "window", many = `${one}s` } = options, title = titleOf(options, "Confusion");
  for (
    const [name, count] of Object.entries({ truePositives, falsePositives, falseNegatives, trueNegatives })
  ) {
    if (!(count >= 0 && Number.isFinite(count))) {
      throw new RangeError(
        `Cannot chart a confusion: ${name} must be a number from 0, current value is ${count}`,
      );
    }
  }
  const anomalous = truePositives + falseNegatives, normal = falsePositives + trueNegatives;
  if (anomalous + normal === 0) return emptyChart(title, `no labelled ${many}`, options);
  const share = (part: number, of: number) => of === 0 ? "" : ` (${shareText(part / of)})`;
  const text = `${title}: ${countText(anomalous + normal, one, many)}. ` +
    `Of ${numberText(anomalous)} anomalous ones ${numberText(truePositives)} found${
      share(truePositives, anomalous)
    }, ${numberText(falseNegatives)} missed; of ${numberText(normal)} normal ones ${
      numberText(falsePositives)
    } called${share(falsePositives, normal)}, ${numberText(trueNegatives)} left alone.`;
  const row = (truth: string, of: number) => (name: string, count: number, right: boolean): MatrixCell => ({
    ...{ truth: `${truth}: ${numberText(of)}`, name, count: numberText(count), right },
    verdict: name === "found" || name === "false alarms" ? CALLED : NOT_CALLED,
    share: of === 0 ? "" : `${shareText(count / of)} of ${truth}`,
    part: of === 0 ? 0 : count / of,
  });
  const positive = row("anomalous", anomalous), negative = row("normal", normal);
  const cells = [
    positive("found", truePositives, true),
    positive("missed", falseNegatives, false),
    negative("false alarms", falsePositives, false),
    negative("left alone", trueNegatives, true),
  ];
  return new Chart((palette) => ({ title, ...SIZE, ...matrix(cells, palette) }), text, options);
}

/** A percentage that is 100 only where nothing is missing. */
function shareText(share: number): string {
  const rest = 100 * (1 - share);
  return rest > 0 && rest < 1
    ? `${Number((100 - Number(rest.toPrecision(2))).toPrecision(12))} %`
    : percentText(share);
}

const CALLED = "called anomalous", NOT_CALLED = "called normal";
/** Width and height of the plot, in pixels. */
const SIZE = { width: 400, height: 200 };

function matrix(cells: readonly MatrixCell[], { calm, anomalous, text }: Palette): Record<string, unknown> {
  const axis = (title: string, more: object) => {
    return { title, domain: false, ticks: false, grid: false, labelFontSize: 12, labelPadding: 6, ...more };
  };
  const x = {
    field: "verdict",
    type: "nominal",
    sort: [CALLED, NOT_CALLED],
    axis: axis("Verdict", { orient: "top", labelAngle: 0 }),
  };
  const y = {
    field: "truth",
    type: "nominal",
    sort: cells.map(({ truth }) => truth),
    axis: axis("Truth", {}),
  };
  const line = (field: string, more: object) => ({
    mark: { type: "text", color: text, ...more },
    encoding: { text: { field, type: "nominal" } },
  });
  return {
    data: { values: cells },
    encoding: { x, y },
    layer: [
      boxes(true, calm, []),
      boxes(false, anomalous, [6, 4]),
      line("name", { fontSize: 12, dy: -24 }),
      line("count", { fontSize: 20, fontWeight: 600, dy: 0 }),
      line("share", { fontSize: 12, dy: 24 }),
    ],
  };
}

/** The cells of right or wrong decisions, the fuller the deeper their colour. */
function boxes(right: boolean, color: string, dash: number[]): Record<string, unknown> {
  const scale = { domain: [0, 1], range: [.04, .4] };
  return {
    transform: [{ filter: `datum.right === ${right}` }],
    mark: { type: "rect", color, stroke: color, strokeWidth: 2, strokeDash: dash, width: 190, height: 90 },
    encoding: { fillOpacity: { field: "part", type: "quantitative", scale, legend: null } },
  };
}
