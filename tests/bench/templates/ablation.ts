/**
 * Accuracy without each principle: a file of `lib/template` is replaced by one of `without/` in the configuration of a process.
 *
 * @module
 */
import { ROOT } from "../program.ts";
import type { Part } from "./accuracy.ts";
import {
  type Imports,
  libraryFile,
  MEAN_COLUMNS,
  meanCells,
  scoreMiner,
  testImports,
  writeTuningLogs,
} from "./changed_miner.ts";
import type { Cell, ReportTable } from "./report.ts";

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
export function replacingMap(files: readonly string[]): Imports {
  const { imports, scopes } = testImports();
  for (const file of files) {
    const real = libraryFile(file),
      other = `file://${ROOT}/tests/bench/templates/without/${file.split("/").at(-1)}.ts`;
    imports[real] = other;
    scopes[other] = { [real]: real };
  }
  return { imports, scopes };
}

/** GA and FGA without each principle. */
export async function measureAblation(part: Part): Promise<ReportTable[]> {
  const notes = [
    "GA and FGA: messages with original labels, with corrected labels, raw lines with original labels; packages that may be tuned on",
  ];
  const rows: Cell[][] = [];
  await writeTuningLogs(part, notes);
  for (const { name, files } of WITHOUT) {
    part.tell(`without ${name}`);
    rows.push([name, ...meanCells(await scoreMiner(replacingMap(files), part.folder))]);
  }
  return [{ title: "Ablation", notes, columns: ["without", ...MEAN_COLUMNS], rows }];
}
