/**
 * What a network makes of windows.
 *
 * @module
 */
import type { FeatureColumn } from "../feature/feature_matrix.ts";
import { numberText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart, PLOT } from "./empty.ts";
import { extentOf } from "./extent.ts";
import { uniqueLabels } from "./printable.ts";
import { checkedLimit, labelExtent } from "./row_labels.ts";
import type { Palette } from "./theme.ts";

/** A window's counts, and what was made of them. */
export interface RebuiltWindow {
  /** Above its part of the chart. */
  name: string;
  /** Counts, shape [columns]. */
  actual: ArrayLike<number>;
  /** Counts as they were rebuilt, shape [columns]. */
  rebuilt: ArrayLike<number>;
}

/** Options of {@linkcode reconstruction}. */
export interface ReconstructionOptions extends ChartOptions {
  /** Columns at the most. Default 14. */
  limit?: number;
}

const ACTUAL = "counted", REBUILT = "rebuilt";
/** Differences of less are no more than what rounding hides. */
const EQUAL = 0.05;

/**
 * Windows side by side: a bar for each count, and a diamond where the network puts it. The columns that differ most in any of the
 * windows stand above; those that are nowhere are left out.
 *
 * @param columns What is counted.
 * @throws {RangeError} if a window's counts are not of these columns, or `limit` is not a positive integer.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { reconstruction } from "./reconstruction.ts";
 *
 * const columns = ["paid", "sent"].map((id) => ({ kind: "template" as const, id, title: `order <*> ${id}` }));
 * const chart = reconstruction(columns, [{ name: "order 7", actual: [1, 0], rebuilt: [1, 0.9] }]);
 * assert.match(chart.toText(), /order 7: order <\*> sent 0, rebuilt 0\.9\./);
 * ```
 */
export function reconstruction(
  columns: readonly FeatureColumn[],
  windows: readonly RebuiltWindow[],
  options: ReconstructionOptions = {},
): Chart {
  const title = titleOf(options, "Counted and rebuilt");
  const limit = checkedLimit(options.limit ?? 14, "a reconstruction");
  for (const { name, actual, rebuilt } of windows) {
    if (actual.length === columns.length && rebuilt.length === columns.length) continue;
    const lengths = `${actual.length} and ${rebuilt.length}`;
    throw new RangeError(
      `Cannot chart a reconstruction: ${name} has ${lengths} counts of ${columns.length} columns`,
    );
  }
  const shown = shownColumns(columns, windows).slice(0, limit);
  if (shown.length === 0) return emptyChart(title, "nothing is counted", options);
  const labels = uniqueLabels(shown.map((column) => labelOf(columns[column])), 72);
  const names = uniqueLabels(windows.map(({ name }) => name), 60);
  const values = windows.flatMap(({ actual, rebuilt }, i) =>
    shown.map((column, row) => ({
      ...{ window: names[i], column: labels[row] },
      ...{ actual: actual[column], rebuilt: rebuilt[column] },
    }))
  );
  const differences = names.map((name) =>
    `${name}: ${differencesText(values.filter(({ window }) => window === name))}`
  );
  const body = (palette: Palette) => ({ title, ...panels(names, labels, values, palette) });
  return new Chart(body, `${title}. ${differences.join(" ")}`, options);
}

interface Row {
  window: string;
  column: string;
  actual: number;
  rebuilt: number;
}

/** Columns that have anything in any window, those that differ most first. */
function shownColumns(columns: readonly FeatureColumn[], windows: readonly RebuiltWindow[]): number[] {
  const greatest = (of: (window: RebuiltWindow) => number) =>
    windows.reduce((most, one) => Math.max(most, of(one)), 0);
  const differences = columns.map((_, i) =>
    greatest(({ actual, rebuilt }) => Math.abs(actual[i] - rebuilt[i]))
  );
  return Array.from(columns.keys())
    .filter((i) => greatest(({ actual, rebuilt }) => Math.max(actual[i], rebuilt[i])) > EQUAL)
    .sort((a, b) => differences[b] - differences[a] || a - b);
}

function labelOf({ kind, title }: FeatureColumn): string {
  return kind === "level" ? `records of level ${title}` : title;
}

/** The greatest differences of one window, in words. */
function differencesText(rows: Row[]): string {
  const different = rows.filter(({ actual, rebuilt }) => Math.abs(actual - rebuilt) > EQUAL)
    .sort((a, b) => Math.abs(b.actual - b.rebuilt) - Math.abs(a.actual - a.rebuilt));
  if (different.length === 0) return "rebuilt as it is.";
  const list = different.slice(0, 4).map(({ column, actual, rebuilt }) =>
    `${column} ${numberText(actual)}, rebuilt ${numberText(Math.round(100 * rebuilt) / 100)}`
  );
  const rest = different.length - list.length;
  return `${list.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}.`;
}

type Layer = Record<string, unknown>;

/** A part for each window, beside one another; the first has the columns' names. */
function panels(names: string[], labels: string[], values: Row[], palette: Palette): { hconcat: Layer[] } {
  const greatest = extentOf(values.flatMap(({ actual, rebuilt }) => [1, actual, rebuilt]))[1];
  const width = Math.floor((PLOT.width - 280) / names.length);
  return {
    hconcat: names.map((name, i) => ({
      title: { text: name, fontSize: 12, anchor: "middle", offset: 6 },
      ...{ width, height: { step: 24 } },
      data: { values: values.filter(({ window }) => window === name) },
      layer: layers(labels, { greatest, isFirst: i === 0 }, palette),
    })),
  };
}

function layers(
  labels: string[],
  { greatest, isFirst }: { greatest: number; isFirst: boolean },
  { calm, anomalous, background }: Palette,
): Layer[] {
  const axis = { title: null, labelLimit: 0, maxExtent: labelExtent(labels), labels: isFirst };
  const y = { field: "column", type: "nominal", sort: labels, axis };
  const channels = (field: keyof Row, part: string) => ({
    y,
    x: {
      field,
      type: "quantitative",
      scale: { domain: [0, greatest * 1.05], nice: false },
      axis: { title: "Records in the window", tickCount: 4, tickMinStep: 1 },
    },
    color: {
      datum: part,
      scale: { domain: [ACTUAL, REBUILT], range: [calm, anomalous] },
      legend: { title: null, orient: "bottom", symbolType: "square" },
    },
  });
  const mark = { type: "point", shape: "diamond", filled: true, size: 80, opacity: 1 };
  return [
    { mark: { type: "bar", height: { band: 0.6 } }, encoding: channels("actual", ACTUAL) },
    { mark: { ...mark, stroke: background, strokeWidth: 1 }, encoding: channels("rebuilt", REBUILT) },
  ];
}
