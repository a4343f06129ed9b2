/**
 * Accuracy without each principle: a file of `lib/template` is replaced by one of `without/` in the configuration of a process.
 *
 * @module
 */
import { packageLogs, type Part, PARTS } from "./accuracy.ts";
import { ROOT, runDeno } from "../program.ts";
import type { AblationReport } from "./ablated.ts";
import { type Cell, type ReportTable } from "./report.ts";

/** What is taken away, and the files that stand for it; a file here replaces the one of its name in the library. */
export const WITHOUT: { name: string; files: string[] }[] = [
  { name: "– (full)", files: [] },
  { name: "lists and repeats", files: ["mask/repeats"] },
  { name: "word weights", files: ["rule/word_weights"] },
  { name: "known values", files: ["rule/known_values"] },
  { name: "leave-one-out", files: ["rule/leave_one_out"] },
  { name: "pair", files: ["rule/pair"] },
  { name: "cluster", files: ["rule/cluster"] },
  { name: "pair and cluster", files: ["rule/pair", "rule/cluster"] },
  { name: "gap", files: ["rule/gap"] },
  { name: "cue words", files: ["rule/cues"] },
  { name: "opposites", files: ["rule/opposites"] },
  { name: "what a form must keep", files: ["rule/clause"] },
  { name: "normal keys", files: ["rule/normal_key"] },
  { name: "settling", files: ["form_learner"] },
  {
    name: "all rules (masks and rewriting only)",
    files: ["rule/leave_one_out", "rule/pair", "rule/cluster", "rule/gap"],
  },
];

/** The imports of the tests with files of the library replaced; inside a replacement the real file stays itself. */
export function replacingMap(
  files: readonly string[],
): { imports: Record<string, string>; scopes: Record<string, Record<string, string>> } {
  const { imports }: { imports: Record<string, string> } = JSON.parse(
    Deno.readTextFileSync(`${ROOT}/tests/deno.json`),
  );
  const scopes: Record<string, Record<string, string>> = {};
  for (const [name, target] of Object.entries(imports)) {
    if (target.startsWith(".")) imports[name] = new URL(target, `file://${ROOT}/tests/`).href;
  }
  for (const file of files) {
    const real = `file://${ROOT}/lib/template/${file}.ts`,
      other = `file://${ROOT}/tests/bench/templates/without/${file.split("/").at(-1)}.ts`;
    imports[real] = other;
    scopes[other] = { [real]: real };
  }
  return { imports, scopes };
}

/** GA and FGA without each principle. */
export async function measureAblation({ folder, seed, tell }: Part): Promise<ReportTable[]> {
  const notes = [
    "GA and FGA: messages with original labels, with corrected labels, raw lines with original labels; packages that may be tuned on",
  ];
  const logs = await packageLogs(PARTS[0], seed, notes), rows: Cell[][] = [];
  Deno.writeTextFileSync(`${folder}/packages.json`, JSON.stringify(logs));
  for (const { name, files } of WITHOUT) {
    tell(`without ${name}`);
    Deno.writeTextFileSync(`${folder}/deno.json`, JSON.stringify(replacingMap(files)));
    const { stdout } = await runDeno([
      ...[
        "run",
        "--quiet",
        "--no-prompt",
        "--no-check",
        "--no-lock",
        "--ignore-env",
        "--allow-read",
        `--allow-write=${folder}`,
      ],
      ...[
        `--config=${folder}/deno.json`,
        `${ROOT}/tests/bench/templates/ablated.ts`,
        folder,
      ],
    ], ROOT);
    const report: AblationReport = JSON.parse(stdout);
    rows.push([
      name,
      ...[report.original, report.corrected, report.raw, report.packages].flatMap((value) =>
        value ? value.slice(0, 2) : [null, null]
      ),
    ]);
  }
  const columns = [
    "without",
    "original GA",
    "FGA",
    "corrected GA",
    "FGA ",
    "raw GA",
    "FGA  ",
    "packages GA",
    "FGA   ",
  ];
  return [{ title: "Ablation", notes, columns, rows }];
}
