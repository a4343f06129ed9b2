/**
 * The accuracy of whatever miner the configuration of this process gives: `ablated.ts FOLDER` reads `packages.json` there and prints an
 * {@linkcode AblationReport} as JSON.
 *
 * @module
 */
import type { NamedLog } from "./accuracy.ts";
import { developmentSystems } from "./development_systems.ts";
import { type Accuracy, accuracyOf, foundTemplates, meanAccuracy, writeLines } from "./found.ts";

/** Mean figures; `null` where there are no logs. */
export interface AblationReport {
  original: Accuracy | null;
  corrected: Accuracy | null;
  raw: Accuracy | null;
  packages: Accuracy | null;
}

if (import.meta.main) {
  const [folder] = Deno.args,
    found: Record<keyof AblationReport, Accuracy[]> = { original: [], corrected: [], raw: [], packages: [] };
  for (const { contents, raw, labels } of developmentSystems()) {
    const rows = await foundTemplates(writeLines(`${folder}/ablated.lines`, contents), "content");
    found.original.push(accuracyOf(labels.original, rows));
    found.corrected.push(accuracyOf(labels.corrected, rows));
    const copy = writeLines(
      `${folder}/ablated.raw`,
      Deno.readTextFileSync(raw).replace(/\n$/, "").split("\n"),
    );
    found.raw.push(accuracyOf(labels.original, await foundTemplates(copy, "auto")));
  }
  for (
    const { lines, templates } of JSON.parse(Deno.readTextFileSync(`${folder}/packages.json`)) as NamedLog[]
  ) {
    const rows = await foundTemplates(writeLines(`${folder}/ablated.lines`, lines), "content");
    found.packages.push(accuracyOf(templates.map((EventTemplate) => ({ EventTemplate })), rows));
  }
  const report = Object.fromEntries(
    Object.entries(found).map(([name, values]) => [name, meanAccuracy(values)]),
  );
  console.log(JSON.stringify(report));
}
