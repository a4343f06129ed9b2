export const help = `
Holds verdicts against labels.

  deno task evaluate --verdicts FILE.csv --labels FILE.csv [--json]

  --verdicts FILE.csv   what \`deno task detect --verdicts\` wrote
  --labels FILE.csv     key,label[,kind] (loghub's BlockId,Label too) or start,end,service,label[,kind]
  --json                the figures as JSON on standard output

A labelled key without a verdict counts as called normal, and is reported as missing.
`;

import { parseArgs } from "node:util";
import { evaluateVerdicts, type Evaluation, readLabels, readVerdicts } from "../../lib/mod.ts";
import { parse } from "@std/csv";
import { absolute, type Context, UsageError } from "../context.ts";

/** `deno task evaluate`. */
export async function run(args: string[], context: Context): Promise<number> {
  const { verdicts, labels, json } = optionsOf(args);
  const evaluation = evaluateVerdicts(
    readVerdicts(await table(absolute(context.cwd, verdicts))),
    readLabels(await table(absolute(context.cwd, labels))),
  );
  context.stdout(json ? JSON.stringify(evaluation) + "\n" : textOf(evaluation));
  return 0;
}

function optionsOf(args: string[]): { verdicts: string; labels: string; json: boolean } {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: { verdicts: { type: "string" }, labels: { type: "string" }, json: { type: "boolean" } },
    }));
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/\.\s|\n/)[0]}`);
  }
  const { verdicts, labels, json = false } = values;
  if (verdicts === undefined || labels === undefined) {
    throw new UsageError("Cannot evaluate: --verdicts FILE.csv and --labels FILE.csv are both needed");
  }
  return { verdicts, labels, json };
}

async function table(path: string): Promise<Record<string, string>[]> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    throw new Error(`Cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  return parse(text, { skipFirstRow: true }) as Record<string, string>[];
}

function textOf(evaluation: Evaluation): string {
  const { by, labelled, anomalous, missing, kinds, days } = evaluation;
  const what = by === "key" ? "keys" : "windows", share = (value: number) => value.toFixed(4);
  const lines = [
    `${labelled.toLocaleString("en")} ${what}, ${anomalous.toLocaleString("en")} of them anomalous` +
    (missing > 0 ? `, ${missing.toLocaleString("en")} without a verdict` : ""),
    `found ${evaluation.truePositives}, missed ${evaluation.falseNegatives}, ` +
    `false alarms ${evaluation.falsePositives} (${(100 * evaluation.falseAlarmRate).toFixed(2)} %)`,
    `precision ${share(evaluation.precision)}, recall ${share(evaluation.recall)}, F1 ${
      share(evaluation.f1)
    }`,
    `average precision ${share(evaluation.averagePrecision)}, ` +
    `ROC AUC ${evaluation.rocAuc === null ? "–" : share(evaluation.rocAuc)}`,
  ];
  if (days !== null && days > 0) lines.push(`${evaluation.falseAlarmsPerDay!.toFixed(2)} false alarms a day`);
  for (const { kind, anomalous: wanted, labelled: of, called, onsetDelay } of kinds) {
    const name = kind === "" ? "without a kind" : kind, verb = wanted ? "found" : "called though harmless";
    const delay = onsetDelay === null ? "" : `, known after ${(onsetDelay / 60_000).toFixed(0)} min`;
    lines.push(`  ${name}: ${called} of ${of} ${verb}${delay}`);
  }
  return lines.join("\n") + "\n";
}
