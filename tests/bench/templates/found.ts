/**
 * Templates as `deno task templates` finds them, in this process.
 *
 * @module
 */
import { parse } from "../../../lib/csv/parse.ts";
import {
  type TemplateAccuracy,
  templateAccuracy,
  type TemplateRow,
} from "../../../lib/evaluate/template_accuracy.ts";
import { run } from "../../../runner/commands/templates.ts";
import { ROOT } from "../program.ts";

/** Writes lines to a file, each with its newline. */
export function writeLines(path: string, lines: readonly string[]): string {
  Deno.writeTextFileSync(path, lines.join("\n") + "\n");
  return path;
}

/** The template of each line of a file. `format` as the command's option has it: `content` = each line is a message. */
export async function foundTemplates(path: string, format: "auto" | "content"): Promise<TemplateRow[]> {
  const output = Deno.makeTempFileSync({ dir: path.replace(/\/[^/]*$/, ""), suffix: ".csv" });
  let errors = "";
  const code = await run(["--input", path, "--format", format, "--output", output], {
    ...{ root: ROOT, cwd: ROOT, plan: null, isTerminal: false, now: () => 0, env: () => undefined },
    stdout: () => {},
    stderr: (text) => errors += text,
  });
  if (code !== 0) throw new Error(`Cannot find templates of ${path}: exit code ${code}: ${errors}`);
  const rows = parse(Deno.readTextFileSync(output), { skipFirstRow: true });
  Deno.removeSync(output);
  return rows.map((row) => ({ EventId: row.EventId, EventTemplate: row.EventTemplate }));
}

/** GA, FGA, PA, FTA. */
export type Accuracy = [number, number, number, number];

/** The four figures of one miner on one log. */
export function accuracyOf(truth: readonly TemplateRow[], found: readonly TemplateRow[]): Accuracy {
  return shortened(templateAccuracy(truth, found));
}

function shortened(
  { groupingAccuracy, f1Grouping, parsingAccuracy, f1Template }: TemplateAccuracy,
): Accuracy {
  return [groupingAccuracy, f1Grouping, parsingAccuracy, f1Template];
}

/** The mean of each figure; `null` where there is none. */
export function meanAccuracy(values: readonly Accuracy[]): Accuracy | null {
  if (values.length === 0) return null;
  return [0, 1, 2, 3].map((i) =>
    values.reduce((sum, value) => sum + value[i], 0) / values.length
  ) as Accuracy;
}
