/**
 * The whole path in one process, again and again: `whole.ts RUNS FOLDER ARGUMENTS-OF-DETECT…` prints the seconds of each run, so the
 * first is that of a cold process (its start left out) and the last ones are steady.
 *
 * @module
 */
import { defaultConfig } from "../../runner/config.ts";
import { runCommand } from "../../runner/worker.ts";
import { ROOT } from "./program.ts";

if (import.meta.main) {
  const [runs, cwd, ...args] = Deno.args, seconds: number[] = [];
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
    seconds.push((performance.now() - start) / 1000);
    if (code !== 0) throw new Error(`Cannot measure detect: exit code ${code}: ${errors}`);
  }
  console.log(JSON.stringify(seconds));
}
