/**
 * What the calibrated decision on sessions costs: to fit, and to judge.
 *
 * @module
 */
import { SessionEnsemble } from "../../../lib/ensemble/sessions.ts";
import { median } from "../figures.ts";
import type { Cell, ReportTable } from "../templates/report.ts";
import type { SessionSet } from "./session_material.ts";

/** What one mode cost in one pass. */
export interface Cost {
  /** Seconds of training. */
  fit: number;
  /** Microseconds for a session whose order of events was not judged before in this pass; NaN = there was none. */
  first: number;
  /** … and for one whose order was. */
  repeated: number;
}

/** What a set cost, in the median of its passes. */
export interface SetCost {
  train: number;
  test: number;
  /** Different orders of events among the judged sessions. */
  orders: number;
  fixed: Cost;
  adaptive: Cost;
}

/** Fits and judges as often as there are passes, each time from nothing; every call is timed by itself. */
export function costOf({ train, test, names }: Omit<SessionSet, "labels">, passes: number): SetCost {
  const costs = (adaptation: "on" | "off") =>
    middleOf(Array.from({ length: passes }, () => costOnce({ train, test, names }, adaptation)));
  return {
    train: train.length,
    test: test.length,
    orders: new Set(test.map(({ sequence }) => sequence)).size,
    fixed: costs("off"),
    adaptive: costs("on"),
  };
}

function costOnce({ train, test, names }: Omit<SessionSet, "labels">, adaptation: "on" | "off"): Cost {
  const begun = performance.now(), ensemble = SessionEnsemble.fit(train, names, { adaptation });
  const fit = (performance.now() - begun) / 1000, state = ensemble.start();
  const judged = new Set<unknown>(), times = { first: 0, repeated: 0 };
  for (const window of test) {
    const kind = judged.has(window.sequence) ? "repeated" : "first", before = performance.now();
    ensemble.judge(state, window);
    times[kind] += performance.now() - before;
    judged.add(window.sequence);
  }
  return {
    fit,
    first: 1000 * times.first / judged.size,
    repeated: test.length > judged.size ? 1000 * times.repeated / (test.length - judged.size) : NaN,
  };
}

function middleOf(costs: readonly Cost[]): Cost {
  return {
    fit: median(costs.map(({ fit }) => fit)),
    first: median(costs.map(({ first }) => first)),
    repeated: median(costs.map(({ repeated }) => repeated)),
  };
}

/** The costs of sets, by name. */
export function costTable(costs: readonly (readonly [name: string, SetCost])[], passes: number): ReportTable {
  const shown = (value: number) => Number.isNaN(value) ? null : Number(value.toPrecision(2)).toString();
  const cells = ({ fit, first, repeated }: Cost) => [fit, first, repeated].map(shown);
  return {
    title: "Sessions: what the calibrated decision costs",
    notes: [
      `Fit: seconds of training; first: microseconds for a session whose order of events was not judged before, repeated: for one`,
      `whose order was. The median of passes from nothing (${passes}), by the clock; without other models, numbers and times`,
    ],
    columns: [
      ...["", "training", "judged", "orders", "static: fit", "static: first", "static: repeated"],
      ...["adaptive: fit", "adaptive: first", "adaptive: repeated"],
    ],
    rows: costs.map(([name, { train, test, orders, fixed, adaptive }]): Cell[] => [
      ...[name, train, test, orders],
      ...cells(fixed),
      ...cells(adaptive),
    ]),
  };
}
