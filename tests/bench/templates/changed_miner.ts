/**
 * Miners of which a part is another: files of `lib/template` are replaced in the configuration of a process of their own.
 *
 * @module
 */
import { ROOT, runDeno } from "../program.ts";
import { packageLogs, type Part, PARTS } from "./accuracy.ts";
import type { LogFigures, MinerReport } from "./ablated.ts";
import { meanAccuracy } from "./found.ts";
import type { Cell } from "./report.ts";

/** A configuration's imports. */
export interface Imports {
  imports: Record<string, string>;
  scopes: Record<string, Record<string, string>>;
}

/** The address of a file of the library's room, named as `rule/pair`. */
export const libraryFile = (file: string): string => `file://${ROOT}/lib/template/${file}.ts`;

/** The imports of the tests, as addresses that hold anywhere. */
export function testImports(): Imports {
  const { imports }: Imports = JSON.parse(Deno.readTextFileSync(`${ROOT}/tests/deno.json`));
  for (const [name, target] of Object.entries(imports)) {
    if (target.startsWith(".")) imports[name] = new URL(target, `file://${ROOT}/tests/`).href;
  }
  return { imports, scopes: {} };
}

/** Writes what {@linkcode scoreMiner} reads: the packages that may be tuned on; those that can't be had are noted. */
export async function writeTuningLogs({ folder, seed }: Part, notes: string[]): Promise<void> {
  Deno.writeTextFileSync(
    `${folder}/packages.json`,
    JSON.stringify(await packageLogs(PARTS[0], seed, notes)),
  );
}

/** The accuracy of the miner that these imports give. */
export async function scoreMiner(imports: Imports, folder: string): Promise<MinerReport> {
  Deno.writeTextFileSync(`${folder}/deno.json`, JSON.stringify(imports));
  const rights = ["--no-prompt", "--ignore-env", "--allow-read", `--allow-write=${folder}`];
  const program = `${ROOT}/tests/bench/templates/ablated.ts`;
  const { stdout } = await runDeno(
    ["run", "--quiet", "--no-check", "--no-lock", ...rights, `--config=${folder}/deno.json`, program, folder],
    ROOT,
  );
  return JSON.parse(stdout);
}

/** The columns that {@linkcode meanCells} fills. */
export const MEAN_COLUMNS = [
  ...["original GA", "FGA", "corrected GA", "FGA ", "raw GA", "FGA  ", "packages GA", "FGA   "],
];

/** Mean GA and FGA of each part of a report. */
export function meanCells({ original, corrected, raw, packages }: MinerReport): Cell[] {
  return [original, corrected, raw, packages].flatMap((logs: LogFigures[]) =>
    meanAccuracy(logs.map(({ accuracy }) => accuracy))?.slice(0, 2) ?? [null, null]
  );
}
