import assert from "node:assert/strict";
import { stringify } from "../../../lib/csv/stringify.ts";
import type { TemplateRow } from "../../../lib/evaluate/template_accuracy.ts";
import { REAL_LOGS, testThatNeeds } from "../../needs.ts";
import { developmentSystems } from "./development_systems.ts";
import { accuracyOf, foundTemplates, writeLines } from "./found.ts";

function writeTable(path: string, rows: readonly TemplateRow[]): string {
  const columns = ["LineId", "EventId", "EventTemplate"];
  Deno.writeTextFileSync(path, stringify(rows.map((row, i) => ({ LineId: i + 1, ...row })), { columns }));
  return path;
}

testThatNeeds(
  ["realLogs", "python"],
  "accuracyOf() equals the usual script on real logs, for both labels",
  async () => {
    const folder = Deno.makeTempDirSync(),
      script = new URL("../eval/template_metrics.py", REAL_LOGS).pathname;
    try {
      for (
        const { name, contents, labels } of developmentSystems().filter(({ name }) =>
          ["OpenSSH", "Zookeeper", "Android"].includes(name)
        )
      ) {
        const found = await foundTemplates(writeLines(`${folder}/lines`, contents), "content");
        const predicted = writeTable(`${folder}/found.csv`, found);
        for (const truth of [labels.original, labels.corrected]) {
          const { stdout } = await new Deno.Command("python3", {
            args: [script, writeTable(`${folder}/truth.csv`, truth), predicted],
          }).output();
          const { GA, FGA, PA, FTA } = JSON.parse(new TextDecoder().decode(stdout));
          const ours = accuracyOf(truth, found);
          [GA, FGA, PA, FTA].forEach((value, i) =>
            assert.ok(Math.abs(value - ours[i]) < 6e-5, `${name}: ${ours} and ${[GA, FGA, PA, FTA]}`)
          );
        }
      }
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
);
