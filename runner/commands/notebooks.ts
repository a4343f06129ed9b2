/**
 * `deno task notebooks`: execute, render, check, strip.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { ensureSample } from "../../data/generate.ts";
import { type Context, UsageError } from "../context.ts";
import { checkNotebooks } from "../notebooks/check_notebooks.ts";
import { executeNotebook, type ExecutionResult } from "../notebooks/execute_notebook.ts";
import { parametersOf } from "../notebooks/notebook_parameters.ts";
import {
  isOwnNotebook,
  notebookPath,
  type NotebooksOptions,
  parseNotebooksOptions,
} from "../notebooks/options.ts";
import { strip } from "../notebooks/strip_notebooks.ts";

/** What `--help` prints. */
export const help = `Execute the notebooks and render each to one self-contained page.

  deno task notebooks [NAME…] [--params FILE] [--output DIR] [--timeout SECONDS] [--python PATH] [--allow-net]
  deno task notebooks --check [NAME…]
  deno task notebooks --strip [NAME…]

  NAME            01-extract, 02-preprocess, …, or the path of a notebook; default: all, in order
  --params FILE   JSON object of parameters; what stands under a notebook's name is its own, all else is for every one
  --output DIR    where the pages go (default data/reports)
  --timeout S     seconds that a cell may take (default 600)
  --python PATH   Python 3.10 or newer (default python3); the first run makes an environment in .cache/notebooks-venv
  --allow-net     let the cells use the network (for Elasticsearch)
  --check         only check types, lint, and that no outputs are left in
  --strip         only take the outputs out, as they are committed

The project's own notebooks run on the bundled sample, which is made where it is absent. A page has no script and fetches
nothing. A run fails, naming the cell, on an error, an unhandled rejection, a cell that takes too long, or an output lost; the
page of a failed run is NAME.failed.html. Exit code 0 ran, 1 failed, 2 wrong usage.
`;

/** What the command needs of the world. */
type World = Pick<Context, "root" | "cwd" | "stdout" | "stderr" | "isTerminal">;

/** Does what {@linkcode help} says; returns the exit code. */
export async function run(args: string[], context: World): Promise<number> {
  const options = parseNotebooksOptions(args, context);
  const paths = await notebooksOf(options, context);
  if (options.task === "strip") return await stripAll(paths, context);
  if (!await check(paths, options, context)) return 1;
  return options.task === "check" ? 0 : await executeAll(paths, options, context);
}

/** The notebooks that are meant, in order. */
async function notebooksOf({ names }: NotebooksOptions, context: World): Promise<string[]> {
  const all = await namesIn(`${context.root}/notebooks`);
  for (const name of names) {
    if (!await isFile(notebookPath(name, context))) {
      throw new UsageError(`Cannot run notebooks: there is no ${name}, known are ${all.join(", ")}`);
    }
  }
  if (names.length === 0 && all.length === 0) throw new UsageError("Cannot run notebooks: there are none");
  return (names.length > 0 ? names : all).map((name) => notebookPath(name, context));
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.filter(({ name }) => name.endsWith(".ipynb")).map(({ name }) => basename(name, ".ipynb"))
    .sort();
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function stripAll(paths: string[], { stdout }: World): Promise<number> {
  for (const path of paths) {
    const before = await Deno.readTextFile(path);
    const after = strip(before);
    if (before === after) continue;
    await Deno.writeTextFile(path, after);
    stdout(`stripped ${basename(path)}\n`);
  }
  return 0;
}

async function check(paths: string[], { task }: NotebooksOptions, context: World): Promise<boolean> {
  if (context.isTerminal) context.stderr("checking …\n");
  const problems: string[] = [];
  for (const group of Object.values(Object.groupBy(paths, dirname))) {
    problems.push(...await checkNotebooks(group!, { stripped: task === "check" }));
  }
  for (const problem of problems) context.stderr(`${problem}\n`);
  if (task === "check" && problems.length === 0) context.stdout(`${paths.length} notebooks are well\n`);
  return problems.length === 0;
}

async function executeAll(paths: string[], options: NotebooksOptions, context: World): Promise<number> {
  if (paths.some((path) => isOwnNotebook(path, context.root))) ensureSample(`${context.root}/data/sample`);
  const file = options.params === null ? null : await Deno.readTextFile(options.params);
  const names = paths.map((path) => basename(path, ".ipynb"));
  for (const [index, path] of paths.entries()) {
    const name = names[index];
    if (context.isTerminal) context.stderr(`${name} …\n`);
    const result = await executeNotebook({
      root: context.root,
      notebook: path,
      html: `${options.output}/${name}.html`,
      python: options.python,
      timeout: options.timeout,
      network: options.network,
      parameters: file === null
        ? null
        : parametersOf(file, name, [...names, ...await namesIn(`${context.root}/notebooks`)]),
      onRemark: (line) => context.stderr(`${line}\n`),
    });
    if (!report(name, options.output, result, context)) {
      const rest = names.slice(index + 1);
      if (rest.length > 0) context.stderr(`not run after that: ${rest.join(", ")}\n`);
      return 1;
    }
  }
  return 0;
}

/** Says what came of a notebook; false where it failed. */
function report(name: string, output: string, result: ExecutionResult, { stdout, stderr }: World): boolean {
  const { error, cells, sent, stored, seconds, peakMemory } = result;
  if (error !== null) {
    stderr(`${name}: ${error.cell === null ? "" : `cell ${error.cell}: `}${error.message}\n`);
    stderr(`${name}: see ${output}/${name}.failed.html\n`);
    return false;
  }
  const memory = Math.round(peakMemory / 2 ** 20);
  stdout(
    `${name}: ${cells} cells, ${stored} of ${sent} displays, ${seconds} s, ${memory} MB: ${output}/${name}.html\n`,
  );
  return true;
}
