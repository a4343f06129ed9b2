/**
 * What the miner's numbers owe to the logs they were found with: each development system is scored with the numbers that the
 * other seven would have chosen; and how much each number matters.
 *
 * @module
 */
import type { LogFigures, MinerReport } from "./ablated.ts";
import { missingLogs, type Part } from "./accuracy.ts";
import { MEAN_COLUMNS, meanCells, scoreMiner, testImports, writeTuningLogs } from "./changed_miner.ts";
import { changingMap, TUNED_NUMBERS } from "./tuned_numbers.ts";
import type { Cell, ReportTable } from "./report.ts";

/** Figures of a miner on the same logs as all others. */
export interface Variant {
  name: string;
  logs: LogFigures[];
}

/** What came of leaving one log out. */
export interface LeftOut {
  log: string;
  /** The variant that is best on the others. */
  chosen: string;
  /** Mean of GA and FGA on the log itself. */
  shipped: number;
  score: number;
  /** How many variants are as good on the others as the chosen one, itself too. */
  equal: number;
  /** The least that one of them reaches on the log itself, and which one: what the log itself said about the numbers. */
  lowest: number;
  lowestName: string;
}

/** Less than this apart is the same figure, added up in another order. */
const SAME = 1e-9;

const score = ({ accuracy: [grouping, f1] }: LogFigures) => (grouping + f1) / 2;

/**
 * Every log scored by the variant that is best on all the others: highest mean of GA and FGA, equal ones as they come. The first
 * variant is what is shipped.
 */
export function leaveOneLogOut(variants: readonly Variant[]): LeftOut[] {
  const scores = variants.map(({ logs }) => logs.map(score)), [shipped] = variants;
  return shipped.logs.map(({ name }, out) => {
    const onOthers = scores.map((each) => each.reduce((sum, value, i) => (i === out ? sum : sum + value), 0));
    const best = onOthers.reduce((best, sum, i) => (sum > onOthers[best] + SAME ? i : best), 0);
    const equal = [...variants.keys()].filter((i) => onOthers[i] >= onOthers[best] - SAME);
    const least = equal.reduce((least, i) => (scores[i][out] < scores[least][out] ? i : least), best);
    return {
      log: name,
      chosen: variants[best].name,
      shipped: scores[0][out],
      score: scores[best][out],
      equal: equal.length,
      lowest: scores[least][out],
      lowestName: variants[least].name,
    };
  });
}

/** Lowest and highest mean of each column over all rows but the first, and the first itself. */
export function spread(rows: readonly Cell[][]): Cell[][] {
  const over = (name: string, pick: (...values: number[]) => number): Cell[] => [
    name,
    ...rows[0].slice(1).map((_, i) => {
      const values = rows.slice(1).map((row) => row[i + 1]).filter((cell) => typeof cell === "number");
      return values.length > 0 ? pick(...values) : null;
    }),
  ];
  return [over("lowest of all", Math.min), over("highest of all", Math.max)];
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function leftOutTable(variants: readonly Variant[]): ReportTable {
  const left = leaveOneLogOut(variants);
  const rows: Cell[][] = left.map(({ log, shipped, chosen, score, equal, lowest, lowestName }) => [
    ...[log, shipped, chosen, score, score - shipped],
    ...[equal, lowest, lowest < score ? lowestName : null],
  ]);
  const [shipped, scores, lowest] = (["shipped", "score", "lowest"] as const).map((field) =>
    mean(left.map((each) => each[field]))
  );
  rows.push([`mean of ${left.length}`, shipped, null, scores, scores - shipped, null, lowest, null]);
  return {
    title: "One development system left out",
    notes: [
      `Mean of GA and FGA, messages, original labels. Of ${variants.length} miners, which differ in one number each,`,
      "the one that is best on the other systems is scored on the system left out; where several are best, the shipped one.",
      "Equal: how many are best on the others; lowest: the least that one of those reaches on the system left out.",
    ],
    columns: [
      ...["left out", "shipped", "best on the others", "left out ", "difference"],
      ...["equal", "lowest", "by"],
    ],
    rows,
  };
}

/** Each system left out, and how much each number matters. */
export async function measureLeaveOneOut(part: Part): Promise<ReportTable[]> {
  const notes = [
    "GA and FGA with one number changed: messages with original labels, with corrected labels, raw lines with original labels; packages that may be tuned on",
  ];
  const rows: Cell[][] = [], variants: Variant[] = [];
  const take = (name: string, report: MinerReport) => {
    variants.push({ name, logs: report.original });
    rows.push([name, ...meanCells(report)]);
  };
  await writeTuningLogs(part, notes);
  part.tell("as shipped");
  take("as shipped", await scoreMiner(testImports(), part.folder));
  for (const tuned of TUNED_NUMBERS) {
    for (const number of tuned.tried) {
      const name = `${tuned.name} ${tuned.shipped} → ${number}`;
      part.tell(name);
      take(name, await scoreMiner(changingMap(tuned, number, part.folder), part.folder));
    }
  }
  const sensitivity = {
    title: "Sensitivity",
    notes,
    columns: ["number changed", ...MEAN_COLUMNS],
    rows: [...rows, ...spread(rows)],
  };
  const systems = variants[0].logs.length > 0;
  const title = "One development system left out";
  return [systems ? leftOutTable(variants) : missingLogs(title), sensitivity];
}
