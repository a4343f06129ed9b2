/**
 * Type-checks and lints notebooks: the kernel strips types without checking them, and says nothing of a cell that doesn't parse.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { strip } from "./strip_notebooks.ts";

/** A cell as it lies in the file. */
export interface Cell {
  cell_type: string;
  source: string | string[];
}

/** The code of a notebook as one module. */
export interface JoinedCells {
  text: string;
  /** For each line, the cell and line it came from. */
  origin: string[];
}

/**
 * The code cells of a notebook, joined. Stricter than the kernel: a name declared in two cells, or imported twice, is an error.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { joinCells } from "./check_notebooks.ts";
 *
 * const { origin } = joinCells([{ cell_type: "code", source: "1 + 1" }, { cell_type: "code", source: ["const a = 1;\n", "a"] }]);
 * assert.equal(origin[4], "cell 2, line 2");
 * ```
 */
export function joinCells(cells: readonly Cell[]): JoinedCells {
  const lines = ['/// <reference lib="deno.unstable" />']; // knows Deno.jupyter
  const origin = ["start of notebook"];
  let number = 0;
  for (const { cell_type, source } of cells) {
    if (cell_type !== "code") continue;
    number++;
    for (const [index, line] of [source].flat().join("").split("\n").entries()) {
      lines.push(line);
      origin.push(`cell ${number}, line ${index + 1}`);
    }
    // Ends the last expression of the cell: `1 + 1` and a next cell `({ a })` must not become a call.
    lines.push(";");
    origin.push(`end of cell ${number}`);
  }
  lines.push("export {};", ""); // a module, even without imports
  origin.push("end of notebook", "end of notebook");
  return { text: lines.join("\n"), origin };
}

/** Rules that make no sense for joined cells: what a cell shows looks unused, each ends with a semicolon of ours, and one goes on
 * after another that is meant to throw. */
const LINT = [
  "lint",
  "--quiet",
  "--rules-exclude=no-unused-vars,no-extra-semi,no-unreachable,triple-slash-reference",
];
const CHECK = ["check", "--quiet"];

/**
 * What is wrong with notebooks of one folder: types, lint, with `{ stripped: true }` outputs that were left in. Empty when all is well.
 *
 * Writes a module beside each notebook for the time of the check, so that imports mean there what they mean in the kernel.
 *
 * @param paths Notebooks, absolute, in one folder.
 * @throws {SyntaxError} if one is not JSON.
 */
export async function checkNotebooks(
  paths: readonly string[],
  options: { stripped?: boolean } = {},
): Promise<string[]> {
  const problems: string[] = [];
  const modules: { name: string; notebook: string; joined: JoinedCells }[] = [];
  const folder = dirname(paths[0]);
  try {
    for (const path of paths) {
      const text = await Deno.readTextFile(path);
      if (options.stripped && text.trimEnd() !== strip(text).trimEnd()) {
        problems.push(`${basename(path)}: has outputs, strip them`);
      }
      const joined = joinCells(cellsOf(path, text));
      const name = `${basename(path, ".ipynb")}.${Deno.pid}.ipynb.check.ts`;
      modules.push({ name, notebook: basename(path), joined });
      await Deno.writeTextFile(`${folder}/${name}`, joined.text);
    }
    for (const args of [CHECK, LINT]) {
      const log = await deno([...args, ...modules.map(({ name }) => name)], folder);
      if (log !== null) problems.push(translated(log, modules));
    }
  } finally {
    await Promise.all(modules.map(({ name }) => Deno.remove(`${folder}/${name}`)));
  }
  return problems;
}

function cellsOf(path: string, text: string): Cell[] {
  try {
    return JSON.parse(text).cells;
  } catch (cause) {
    throw new SyntaxError(`Cannot read ${path}: it is not a notebook`, { cause });
  }
}

/** What `deno` has to complain about; `null` = nothing. */
async function deno(args: string[], cwd: string): Promise<string | null> {
  const env = { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
  const { success, stdout, stderr } = await new Deno.Command("deno", { args, cwd, env }).output();
  const decoder = new TextDecoder();
  return success ? null : decoder.decode(stdout) + decoder.decode(stderr);
}

/** `log` with the cells' places instead of the modules'. */
function translated(
  log: string,
  modules: readonly { name: string; notebook: string; joined: JoinedCells }[],
): string {
  let text = log.replaceAll(/\n(Stack backtrace:|error: Type checking failed)[\s\S]*$/g, "");
  for (const { name, notebook, joined } of modules) {
    const place = new RegExp(`(?:file://)?[^\\s()]*${RegExp.escape(name)}:(\\d+):(\\d+)`, "g");
    text = text.replaceAll(place, (_match, line, column) => {
      return `${notebook}: ${joined.origin[Number(line) - 1] ?? "end"}, column ${column}`;
    });
    text = text.replaceAll(new RegExp(`(?:file://)?[^\\s()]*${RegExp.escape(name)}`, "g"), notebook);
  }
  return text.trim();
}
