/**
 * Accuracy when the lines come in another order.
 *
 * @module
 */
import { Random } from "../../../data/shop/random.ts";
import { packageLogs, type Part, PARTS } from "./accuracy.ts";
import { developmentSystems } from "./development_systems.ts";
import { type Accuracy, accuracyOf, foundTemplates, meanAccuracy, writeLines } from "./found.ts";
import type { NamedLog } from "./accuracy.ts";
import type { Cell, ReportTable } from "./report.ts";

/** Seeds of the shuffles. */
const SEEDS = [1, 2, 3];

/** The orders: line numbers in the order in which the lines come. */
function orders(length: number): { name: string; order: number[] }[] {
  const file = Array.from({ length }, (_, i) => i);
  return [
    { name: "as in the file", order: file },
    { name: "reversed", order: file.toReversed() },
    ...SEEDS.map((seed) => ({ name: `shuffled, seed ${seed}`, order: shuffled(file, seed) })),
  ];
}

function shuffled(order: readonly number[], seed: number): number[] {
  const random = new Random(seed, "order"), out = [...order];
  for (let i = out.length - 1; i > 0; i--) {
    const other = random.integer(0, i);
    [out[i], out[other]] = [out[other], out[i]];
  }
  return out;
}

/** GA and FGA of logs in each order, and what the order changes. */
export async function measureOrder(part: Part): Promise<ReportTable[]> {
  const systems: NamedLog[] = developmentSystems().map(({ name, contents, labels }) => ({
    ...{ name, lines: contents },
    templates: labels.original.map(({ EventId }) => EventId!),
  }));
  const tables: ReportTable[] = [],
    notes = ["Messages, original labels; what follows the mean is the difference to the order of the file"];
  if (systems.length > 0) {
    tables.push(await orderTable("Order of lines, development systems", { logs: systems, notes }, part));
  }
  for (const packages of PARTS) {
    const notes = ["What follows the mean is the difference to the order of the file"];
    const logs = await packageLogs(packages, part.seed, notes);
    if (logs.length > 0) {
      tables.push(await orderTable(`Order of lines: ${packages.title.toLowerCase()}`, { logs, notes }, part));
    }
  }
  return tables;
}

async function orderTable(
  title: string,
  { logs, notes }: { logs: NamedLog[]; notes: string[] },
  { folder, tell }: Part,
): Promise<ReportTable> {
  const rows: Cell[][] = [];
  let first: Accuracy[] = [];
  for (const [i, { name }] of orders(0).entries()) {
    tell(`${title}, ${name}`);
    const figures: Accuracy[] = [];
    for (const { lines, templates } of logs) {
      const { order } = orders(lines.length)[i];
      const path = writeLines(`${folder}/order.lines`, order.map((line) => lines[line]));
      const truth = order.map((line) => ({ EventTemplate: templates[line] }));
      figures.push(accuracyOf(truth, await foundTemplates(path, "content")));
    }
    if (i === 0) first = figures;
    rows.push(orderRow(name, { figures, first, logs }));
  }
  return {
    title,
    notes,
    columns: ["", "GA", "FGA", "Δ GA", "Δ FGA", "most Δ GA", "of", "most Δ FGA", "of "],
    rows,
  };
}

/** Means, their differences, and the log that the order changes most. */
function orderRow(
  name: string,
  { figures, first, logs }: { figures: Accuracy[]; first: Accuracy[]; logs: NamedLog[] },
): Cell[] {
  const mean = meanAccuracy(figures)!, before = meanAccuracy(first)!;
  const worst = [0, 1].flatMap((which) => {
    const changes = figures.map((value, i) => value[which] - first[i][which]);
    const at = changes.reduce(
      (best, change, i) => (Math.abs(change) > Math.abs(changes[best]) ? i : best),
      0,
    );
    return changes[at] === 0 ? [0, "–"] : [changes[at], logs[at].name];
  });
  return [name, mean[0], mean[1], mean[0] - before[0], mean[1] - before[1], ...worst];
}
