/**
 * Does a threshold keep its promise? Realised against nominal false alerts of every rule on every stream.
 *
 * @module
 */
import { alertPeaks } from "../../../lib/threshold/alert_peaks.ts";
import { backTest, backTestBudget } from "../../../lib/threshold/back_test.ts";
import { thresholdRule } from "../../../lib/threshold/registry.ts";
import { Spot } from "../../../lib/threshold/spot.ts";
import { REAL_LOGS } from "../../needs.ts";
import { missingLogs, type Part } from "../templates/accuracy.ts";
import type { Cell, ReportTable } from "../templates/report.ts";
import { type NamedScores, scoresOf } from "./thresholds_scores.ts";
import { type CountedStream, countedStreams } from "./thresholds_streams.ts";

/** Budgets in alerts a day. */
const BUDGETS = [1, 0.1];
/** Windows after which a rolling rule draws its line anew. */
const REFIT = 6;
/** Two calm windows don't end an alert. */
const REACH = 3;

/** Scores behind the windows that the detector was fitted on, and what they are to be judged by. */
interface Material {
  stream: ScoredStream["stream"];
  detector: string;
  scores: Float64Array;
  budget: number;
}

/** A way of drawing lines: which windows it flags; `null` = it draws none through such scores. */
interface Method {
  name: string;
  flag: (material: Material, rolling: boolean) => Uint8Array | null;
}

function byRule(rule: string, settings: (share: number) => Record<string, number>, name = rule): Method {
  return {
    name,
    flag: ({ stream: { calibration, windowsPerDay }, scores, budget }, rolling) => {
      const given = settings(budget / windowsPerDay);
      const fold = rolling ? REFIT : scores.length - calibration;
      const test = backTest(scores, thresholdRule(rule), { calibration, fold, rolling, settings: given });
      return test.folds.every(({ threshold }) => threshold === null) ? null : test.flagged;
    },
  };
}

/** The default: rolling, or as it was at the end of the calibration. */
function byCalibration(name: string, reach: number): Method {
  return {
    name,
    flag: ({ stream: { calibration, windowsPerDay }, scores, budget }, rolling) => {
      const refit = rolling ? REFIT : scores.length;
      return backTestBudget(scores, { budget, windowsPerDay, reach, refit }, { calibration }).flagged;
    },
  };
}

/** Peaks over threshold on the stream: it moves in both modes, in the rolling one with differences from a day's mean. */
const spot: Method = {
  name: "SPOT, rolling: DSPOT",
  flag: ({ stream: { calibration, windowsPerDay }, scores, budget }, rolling) => {
    const depth = rolling ? Math.min(windowsPerDay, calibration >> 1) : 0, level = 1 - budget / windowsPerDay;
    const followed = new Spot([...scores.subarray(0, calibration)], { level, depth });
    return Uint8Array.from(scores, (score, i) => i >= calibration && followed.add(score) ? 1 : 0);
  },
};

/** What the product does. */
const DEFAULT = byCalibration("budget, alerts (default)", REACH);

const METHODS: readonly Method[] = [
  byRule("mean-std", () => ({ k: 1 }), "mean + std (the brief's)"),
  byRule("mean-std", () => ({ k: 3 }), "mean + 3 std"),
  byRule("mad", () => ({ k: 3 }), "median + 3 MAD"),
  byRule("quantile", (share) => ({ level: 1 - share })),
  byRule("conformal", (share) => ({ level: 1 - share }), "conformal, 90 % sure"),
  byRule("pot", (share) => ({ level: 1 - share })),
  spot,
  byCalibration("budget, windows", 0),
  DEFAULT,
];

/** Realised and nominal alerts of one method on one detector's scores. */
interface Outcome {
  method: string;
  stream: string;
  detector: string;
  budget: number;
  rolling: boolean;
  nominal: number;
  /** Flagged windows, and the alerts they make. */
  windows: number;
  alerts: number;
}

function outcomeOf(method: Method, material: Material, rolling: boolean): Outcome | null {
  const { stream: { name, attacked, fit, calibration, windowsPerDay }, detector, scores, budget } = material;
  const flagged = method.flag(material, rolling), judged = attacked.subarray(fit + calibration);
  if (flagged === null) return null;
  const calm = flagged.subarray(calibration).map((flag, i) => judged[i] === 1 ? 0 : flag);
  const attacks = judged.reduce((sum, one) => sum + one, 0);
  return {
    method: method.name,
    stream: name,
    detector,
    budget,
    rolling,
    nominal: budget * (scores.length - calibration - attacks) / windowsPerDay,
    windows: alertPeaks(calm, 0, 0).length,
    alerts: alertPeaks(calm, 0, REACH).length,
  };
}

function outcomesOf({ stream, scores: scored }: ScoredStream): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const { detector, scores } of scored) {
    for (const budget of BUDGETS) {
      const material = { stream, detector, scores: scores.subarray(stream.fit), budget };
      for (const method of METHODS) {
        for (const rolling of [false, true]) {
          const outcome = outcomeOf(method, material, rolling);
          if (outcome !== null) outcomes.push(outcome);
        }
      }
    }
  }
  return outcomes;
}

/** Median, share within .3–3 ×, greatest, and all realised over all nominal. */
function figuresOf(outcomes: readonly Outcome[], of: (outcome: Outcome) => number): Cell[] {
  const ratios = outcomes.map((outcome) => of(outcome) / outcome.nominal).sort((a, b) => a - b);
  const middle = ratios.length >> 1;
  const median = ratios.length % 2 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2;
  const within = ratios.filter((ratio) => ratio >= 0.3 && ratio <= 3).length / ratios.length;
  const sum = (part: (outcome: Outcome) => number) => outcomes.reduce((sum, one) => sum + part(one), 0);
  return [median, within, ratios.at(-1)!, sum(of) / sum(({ nominal }) => nominal)];
}

const FIGURES = ["median", "within .3–3", "worst", "overall"];
const BOTH = [...FIGURES.map((name) => `windows: ${name}`), ...FIGURES.map((name) => `alerts: ${name}`)];

function bothFigures(outcomes: readonly Outcome[]): Cell[] {
  return [
    ...figuresOf(outcomes, ({ windows }) => windows),
    ...figuresOf(outcomes, ({ alerts }) => alerts),
  ];
}

/** Share of cells within .3–3 × of a rule that is exactly right, where alerts come by chance (Poisson). */
function withinByChance(outcomes: readonly Outcome[]): number {
  const shares = outcomes.map(({ nominal }) => {
    let share = 0, term = Math.exp(-nominal);
    for (let count = 0; count <= 3 * nominal; term *= nominal / ++count) {
      if (count >= 0.3 * nominal) share += term;
    }
    return share;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function ruleTable(outcomes: Outcome[], rolling: boolean, budget: number): ReportTable {
  const cells = outcomes.filter((one) => one.rolling === rolling && one.budget === budget);
  const all = cells.filter(({ method }) => method === DEFAULT.name);
  const expected = all.map(({ nominal }) => nominal).sort((a, b) => a - b);
  const row = ({ name }: Method): Cell[] => {
    const own = cells.filter(({ method }) => method === name);
    return [name, own.length, ...bothFigures(own)];
  };
  return {
    title: `Realised / nominal false alerts, ${rolling ? "rolling" : "static"}, ${budget} a day`,
    notes: [
      `nominal in the tested spans: ${expected[0].toFixed(1)}–${expected.at(-1)!.toFixed(1)}, median ${
        expected[expected.length >> 1].toFixed(1)
      } alerts; were a rule exactly right, ${
        (100 * withinByChance(all)).toFixed(0)
      } % of cells would be within .3–3`,
      "cells: streams × detectors where the rule draws a line; overall: all that was realised over all that was nominal",
      "windows: each flagged window counts; alerts: with at most two calm windows between they are one",
    ],
    columns: ["rule", "cells", ...BOTH],
    rows: METHODS.filter(({ name }) => cells.some(({ method }) => method === name)).map(row),
  };
}

/** The default by stream or by detector. */
function defaultTable(outcomes: Outcome[], by: "stream" | "detector", alertsPerDay: number): ReportTable {
  const cells = outcomes.filter(({ method, rolling, budget }) =>
    method === DEFAULT.name && rolling && budget === alertsPerDay
  );
  return {
    title: `The default at ${alertsPerDay} alert${alertsPerDay === 1 ? "" : "s"} a day, rolling, by ${by}`,
    notes: [],
    columns: [by, ...BOTH],
    rows: [...Map.groupBy(cells, (one) => one[by])].map(([name, group]) => [name, ...bothFigures(group)]),
  };
}

/**
 * Realised / nominal false alerts of every rule, static and rolling, at one alert a day and one in ten days: on five logs (three
 * of them in three configurations) with eleven detectors. Whatever is in the logs and not labelled as an attack counts as false.
 */
export async function measureThresholds({ tell }: Part): Promise<ReportTable[]> {
  try {
    Deno.statSync(REAL_LOGS);
  } catch {
    return [missingLogs("Thresholds")];
  }
  const scored: ScoredStream[] = [];
  for (const stream of countedStreams()) {
    tell(stream.name);
    scored.push({ stream, scores: await scoresOf(stream) });
  }
  tell("rules");
  return thresholdTables(scored);
}

/** A stream with the scores of every detector. */
export interface ScoredStream {
  stream: Omit<CountedStream, "windows" | "templates">;
  scores: NamedScores[];
}

/** The tables of {@linkcode measureThresholds} from scores at hand. */
export function thresholdTables(scored: readonly ScoredStream[]): ReportTable[] {
  const outcomes = scored.flatMap(outcomesOf);
  return [
    ...BUDGETS.flatMap((budget) => [false, true].map((rolling) => ruleTable(outcomes, rolling, budget))),
    ...BUDGETS.flatMap((budget) => [
      defaultTable(outcomes, "stream", budget),
      defaultTable(outcomes, "detector", budget),
    ]),
  ];
}
