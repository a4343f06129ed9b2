/**
 * The whole path in one process, again and again: `whole.ts RUNS FOLDER LOG ARGUMENTS-OF-DETECT…` prints the seconds of each run,
 * so the first is that of a cold process (its start left out) and the last ones are steady, and between them of finding the
 * log's newlines.
 *
 * @module
 */
import { defaultConfig } from "../../runner/config.ts";
import { runCommand } from "../../runner/worker.ts";
import { ROOT } from "./program.ts";
import { newlinesOnly } from "./yardstick.ts";

/** What this program prints: seconds, one value a run. */
export interface WholeReport {
  detect: number[];
  newlines: number[];
}

if (import.meta.main) {
  const [runs, cwd, log, ...args] = Deno.args, report: WholeReport = { detect: [], newlines: [] };
  for (let run = 0; run < Number(runs); run++) {
    let errors = "";
    const start = performance.now();
    const code = await runCommand("detect", args, {
      root: ROOT,
      cwd,
      plan: { kind: "input", config: defaultConfig(ROOT), path: null },
      isTerminal: false,
      stdout: () => {},
      stderr: (text) => errors += text,
      now: () => Date.now(),
      env: () => undefined,
    });
    const end = performance.now();
    newlinesOnly(log);
    report.detect.push((end - start) / 1000);
    report.newlines.push((performance.now() - end) / 1000);
    if (code !== 0) throw new Error(`Cannot measure detect: exit code ${code}: ${errors}`);
  }
  console.log(JSON.stringify(report));
}
