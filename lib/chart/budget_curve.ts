/**
 * What budgets of false alarms come to.
 *
 * @module
 */
import { countText, numberText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart, PLOT } from "./empty.ts";
import { extentOf } from "./extent.ts";
import { axisTitle } from "./printable.ts";
import type { Palette } from "./theme.ts";
import { thresholdLines } from "./threshold_lines.ts";

/** What one budget comes to. */
export interface BudgetTrial {
  /** The budget, above 0, in whatever unit. */
  budget: number;
  /** Alerts a week. */
  alerts: number;
  /** Alerts a week about nothing; `null` = nobody knows. */
  falseAlerts: number | null;
  /** Incidents a week that an alert told of; `null` = nobody knows. */
  found: number | null;
}

/** Options of {@linkcode budgetCurve}. */
export interface BudgetCurveOptions extends ChartOptions {
  /** The budget that is in force; a line marks it. */
  chosen?: number;
  /** Title of the axis of budgets. Default `Budget`. */
  unit?: string;
}

/** The lines: what they show, and how they are called. */
const LINES = [["alerts", "alerts"], ["falseAlerts", "false alerts"], ["found", "incidents found"]] as const;
const WHAT = {
  field: "what",
  type: "nominal",
  legend: { title: "A week", symbolType: "stroke", symbolStrokeWidth: 2 },
};

/**
 * Alerts a week, the false ones and the incidents found, over the budget, whose axis is logarithmic.
 *
 * @param trials In any order; budgets of 0 or less, or not finite, can't be drawn and are left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { budgetCurve } from "./budget_curve.ts";
 *
 * const trials = [{ budget: 1, alerts: 9, falseAlerts: 2, found: 7 }, { budget: 0.1, alerts: 4, falseAlerts: 0, found: 4 }];
 * const chart = budgetCurve(trials, { chosen: 1 });
 * assert.match(chart.toText(), /2 budgets, 0\.1 to 1; alerts 4 to 9, false alerts 0 to 2, incidents found 4 to 7/);
 * ```
 */
export function budgetCurve(trials: readonly BudgetTrial[], options: BudgetCurveOptions = {}): Chart {
  const title = titleOf(options, "Alerts a week by budget"), { chosen = NaN, unit = "Budget" } = options;
  const sorted = trials.filter(({ budget }) => budget > 0 && budget < Infinity)
    .toSorted((a, b) => a.budget - b.budget);
  if (sorted.length === 0) return emptyChart(title, "no budgets", options);
  const values = LINES.flatMap(([field, what]) =>
    sorted.flatMap(({ budget, [field]: value }) => value === null ? [] : [{ budget, what, value }])
  );
  const known = LINES.filter(([, name]) => values.some(({ what }) => what === name)).map(([, name]) => name);
  const ends = known.map((name) => {
    const own = values.filter(({ what }) => what === name).map(({ value }) => value);
    return `${name} ${spanText(own[0], own.at(-1)!)}`;
  });
  const budgets = spanText(sorted[0].budget, sorted.at(-1)!.budget);
  const text = `${title}: ${countText(sorted.length, "budget")}, ${budgets}; ${ends.join(", ")}.`;
  const marked = chosen > 0 && chosen < Infinity ? [{ rule: "chosen:", value: chosen }] : [];
  const body = (palette: Palette) => {
    const x = budgetChannel(
      [...sorted.map(({ budget }) => budget), ...marked.map(({ value }) => value)],
      unit,
    );
    return { title, ...PLOT, layer: [countLines(values, known, x, palette), ...marks(marked, x, palette)] };
  };
  return new Chart(body, text, options);
}

function spanText(first: number, last: number): string {
  const [one, other] = [first, last].map((value) => numberText(value));
  return one === other ? one : `${one} to ${other}`;
}

type Layer = Record<string, unknown>;

/** The x channel without a field. */
function budgetChannel(budgets: readonly number[], unit: string) {
  const [least, greatest] = extentOf([...budgets]);
  return {
    type: "quantitative",
    scale: { type: "log", domain: [least / 1.2, greatest * 1.2], nice: false },
    axis: { title: axisTitle(unit, true), tickCount: 8, format: "~g", grid: false },
  };
}

function countLines(
  values: readonly { budget: number; what: string; value: number }[],
  known: readonly string[],
  x: Layer,
  { categories, anomalous, calm }: Palette,
): Layer {
  const colors: Record<string, string> = {
    "alerts": calm,
    "false alerts": anomalous,
    "incidents found": categories[2],
  };
  const dashes: Record<string, number[]> = {
    "alerts": [1, 0],
    "false alerts": [2, 3],
    "incidents found": [6, 3],
  };
  return {
    data: { values },
    mark: { type: "line", point: { size: 30 } },
    encoding: {
      x: { field: "budget", ...x },
      y: {
        field: "value",
        type: "quantitative",
        scale: { zero: true },
        axis: { title: "A week", tickCount: 6 },
      },
      color: { ...WHAT, scale: { domain: known, range: known.map((name) => colors[name]) } },
      strokeDash: { ...WHAT, scale: { domain: known, range: known.map((name) => dashes[name]) } },
    },
  };
}

function marks(
  marked: readonly { rule: string; value: number }[],
  x: ReturnType<typeof budgetChannel>,
  { text, background }: Palette,
): Layer[] {
  return thresholdLines(marked, x, { color: text, background, top: 4 });
}
