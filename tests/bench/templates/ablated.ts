/**
 * The accuracy of whatever miner the configuration of this process gives: `ablated.ts FOLDER` reads `packages.json` there and prints a
 * {@linkcode MinerReport} as JSON.
 *
 * @module
 */
import type { NamedLog } from "./accuracy.ts";
import { developmentSystems } from "./development_systems.ts";
import { type Accuracy, accuracyOf, foundTemplates, writeLines } from "./found.ts";

/** The figures of one log. */
export interface LogFigures {
  name: string;
  accuracy: Accuracy;
}

/** Figures log by log: messages with both labels, raw lines with original ones, logs of packages. */
export type MinerReport = Record<"original" | "corrected" | "raw" | "packages", LogFigures[]>;

if (import.meta.main) {
  const [folder] = Deno.args,
    report: MinerReport = { original: [], corrected: [], raw: [], packages: [] };
  for (const { name, contents, raw, labels } of developmentSystems()) {
    const rows = await foundTemplates(writeLines(`${folder}/ablated.lines`, contents), "content");
    report.original.push({ name, accuracy: accuracyOf(labels.original, rows) });
    report.corrected.push({ name, accuracy: accuracyOf(labels.corrected, rows) });
    const copy = writeLines(
      `${folder}/ablated.raw`,
      Deno.readTextFileSync(raw).replace(/\n$/, "").split("\n"),
    );
    report.raw.push({ name, accuracy: accuracyOf(labels.original, await foundTemplates(copy, "auto")) });
  }
  for (
    const { name, lines, templates } of JSON.parse(
      Deno.readTextFileSync(`${folder}/packages.json`),
    ) as NamedLog[]
  ) {
    const rows = await foundTemplates(writeLines(`${folder}/ablated.lines`, lines), "content");
    const truth = templates.map((EventTemplate) => ({ EventTemplate }));
    report.packages.push({ name, accuracy: accuracyOf(truth, rows) });
  }
  console.log(JSON.stringify(report));
}
