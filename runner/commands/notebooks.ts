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
import { Progress } from "../progress.ts";
import { looksAtState } from "../report_task/sample_state_folders.ts";
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
nothing; at its head stand when and with which code it was made, and the parameters that differ. A run fails, naming the
cell, on an error, an unhandled rejection, a cell that takes too long, or an output lost; the page of a failed run is
NAME.failed.html. Exit code 0 ran, 1 failed, 2 wrong usage.
`;

/** What the command needs of the world. */
type World = Pick<Context, "root" | "cwd" | "stdout" | "stderr" | "isTerminal" | "columns" | "now">;

/** Does what {@linkcode help} says; returns the exit code. */
export async function run(args: string[], context: World): Promise<number> {
  const options = parseNotebooksOptions(args, context);
  const paths = await notebooksOf(options, context);
  if (options.task === "strip") return await stripAll(paths, context);
  if (!await check(paths, options, context)) return 1;
  return options.task === "check" ? 0 : await executeAll(paths, options, context);
}

/** The notebooks that are meant, in order. */
async function notebooksOf({ names, task }: NotebooksOptions, context: World): Promise<string[]> {
  const folder = `${context.root}/notebooks`, all = await namesIn(folder);
  // Those of `deno task report` are run with what they are to tell of; they are kept as well as the others.
  if (task !== "run") all.push(...(await namesIn(`${folder}/reports`)).map((name) => `reports/${name}`));
  for (const name of names) {
    if (!await isFile(notebookPath(name, context))) {
      throw new UsageError(`Cannot run notebooks: there is no ${name}, known are ${all.join(", ")}`);
    }
  }
  if (names.length === 0 && all.length === 0) throw new UsageError("Cannot run notebooks: there are none");
  return (names.length > 0 ? names : all).map((name) => notebookPath(name, context));
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await isFolder(folder) ? await Array.fromAsync(Deno.readDir(folder)) : [];
  return entries.filter(({ name }) => name.endsWith(".ipynb")).map(({ name }) => basename(name, ".ipynb"))
    .sort();
}

async function isFile(path: string): Promise<boolean> {
  return (await lookedUp(path))?.isFile ?? false;
}

async function isFolder(path: string): Promise<boolean> {
  return (await lookedUp(path))?.isDirectory ?? false;
}

async function lookedUp(path: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
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
  await ensureData(paths, context);
  const file = options.params === null ? null : await Deno.readTextFile(options.params);
  const names = paths.map((path) => basename(path, ".ipynb"));
  const known = [...names, ...await namesIn(`${context.root}/notebooks`)];
  const began = context.now(), results: ExecutionResult[] = [];
  for (const [index, path] of paths.entries()) {
    const parameters = file === null ? null : parametersOf(file, names[index], known);
    const result = await execute(path, { options, parameters, began }, context);
    results.push(result);
    if (!report(names[index], options.output, result, context)) {
      const rest = names.slice(index + 1);
      if (rest.length > 0) context.stderr(`not run after that: ${rest.join(", ")}\n`);
      return 1;
    }
  }
  if (results.length > 1) context.stdout(`${totalOf(results, context.now() - began)}\n`);
  return 0;
}

/** The sample, and what runs keep of it, where notebooks of the project are among those that are meant. */
async function ensureData(paths: readonly string[], context: World): Promise<void> {
  if (paths.some((path) => isOwnNotebook(path, context.root))) ensureSample(`${context.root}/data/sample`);
  if (!paths.some((path) => looksAtState(path, context.root))) return;
  const { ensureSampleState } = await import("../report_task/ensure_sample_state.ts"); // others need nothing of lib
  await ensureSampleState(context);
}

interface Run {
  options: NotebooksOptions;
  parameters: Record<string, unknown> | null;
  /** When the first notebook began, ms: all pages say the same. */
  began: number;
}

async function execute(
  path: string,
  { options: { output, python, timeout, network }, parameters, began }: Run,
  context: World,
): Promise<ExecutionResult> {
  const name = basename(path, ".ipynb"), progress = new Progress(context, { interval: 0 });
  const result = await executeNotebook({
    ...{ root: context.root, notebook: path, html: `${output}/${name}.html` },
    ...{ python, timeout, network, parameters, now: began },
    onProgress: (cell, of) => progress.show(() => `${name}: cell ${cell} of ${of} …`),
    onRemark: (remark) => {
      progress.clear();
      context.stderr(`${remark}\n`);
    },
  });
  progress.clear();
  return result;
}

/** What all notebooks together came to. */
function totalOf(results: readonly ExecutionResult[], elapsed: number): string {
  const sum = (name: "cells" | "sent" | "stored") => results.reduce((total, one) => total + one[name], 0);
  const memory = megabytes(Math.max(...results.map(({ peakMemory }) => peakMemory)));
  const displays = `${sum("stored")} of ${sum("sent")} displays`, seconds = Math.round(elapsed / 1000);
  return `${results.length} notebooks: ${
    sum("cells")
  } cells, ${displays}, ${seconds} s, ${memory} MB at the most`;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

/** Says what came of a notebook; false where it failed. */
function report(name: string, output: string, result: ExecutionResult, { stdout, stderr }: World): boolean {
  const { error, cells, sent, stored, seconds, peakMemory } = result;
  if (error !== null) {
    stderr(`${name}: ${error.cell === null ? "" : `cell ${error.cell}: `}${error.message}\n`);
    stderr(`${name}: see ${output}/${name}.failed.html\n`);
    return false;
  }
  stdout(
    `${name}: ${cells} cells, ${stored} of ${sent} displays, ${seconds} s, ${
      megabytes(peakMemory)
    } MB: ${output}/${name}.html\n`,
  );
  return true;
}
