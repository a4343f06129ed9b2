/**
 * The command line of `deno task notebooks`, and what it may do.
 *
 * @module
 */
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { absolute, UsageError } from "../context.ts";
import { looksAtState, sampleStateFolders } from "../report_task/sample_state_folders.ts";
import { codeVersionFiles } from "./code_version.ts";

/** What the command line asks for. */
export interface NotebooksOptions {
  /** Names or paths, as given; empty = all. */
  names: string[];
  /** Absolute; `null` = none. */
  params: string | null;
  /** Folder of the pages, absolute. */
  output: string;
  python: string;
  /** Seconds per cell. */
  timeout: number;
  network: boolean;
  /** `run`, or only check or strip. */
  task: "run" | "check" | "strip";
}

/**
 * Reads the command line.
 *
 * @throws {UsageError} if it is wrong.
 */
export function parseNotebooksOptions(args: string[], site: { root: string; cwd: string }): NotebooksOptions {
  const { values, positionals } = parsed(args);
  const timeout = Number(values.timeout ?? 600);
  if (!(timeout > 0)) {
    throw new UsageError(
      `Cannot run notebooks: --timeout must be seconds, current value is ${values.timeout}`,
    );
  }
  if (values.check && values.strip) {
    throw new UsageError("Cannot run notebooks: --check and --strip exclude each other");
  }
  const python = values.python ?? "python3";
  return {
    names: positionals,
    params: values.params === undefined ? null : absolute(site.cwd, values.params),
    output: values.output === undefined ? `${site.root}/data/reports` : absolute(site.cwd, values.output),
    python: python.includes("/") ? absolute(site.cwd, python) : python,
    timeout,
    network: values["allow-net"] ?? false,
    task: values.check ? "check" : values.strip ? "strip" : "run",
  };
}

function parsed(args: string[]) {
  const string = { type: "string" } as const, boolean = { type: "boolean" } as const;
  const options = { params: string, output: string, python: string, timeout: string };
  const flags = { "allow-net": boolean, check: boolean, strip: boolean };
  try {
    return parseArgs({ args, allowPositionals: true, options: { ...options, ...flags } });
  } catch (cause) {
    throw new UsageError(`Cannot run notebooks: ${(cause as Error).message}`, { cause });
  }
}

/** The notebook that `name` means: one of the project's, or any by its path. */
export function notebookPath(name: string, site: { root: string; cwd: string }): string {
  return name.endsWith(".ipynb") ? absolute(site.cwd, name) : `${site.root}/notebooks/${name}.ipynb`;
}

/** Whether a notebook is one of the project's, which read the bundled sample. */
export function isOwnNotebook(path: string, root: string): boolean {
  return [`${root}/notebooks`, `${root}/notebooks/reports`].includes(dirname(path));
}

/**
 * The rights that the command needs: it reads notebooks, writes beside them (to check and to strip), makes the sample for the
 * project's own ones and judges it for those that look at its state, and runs Deno and Python.
 */
export function notebooksPermissions(
  args: string[],
  site: { root: string; cwd: string },
): { read: string[]; write: string[]; run: string[] } {
  const { names, params, python, task } = parseNotebooksOptions(args, site);
  const paths = names.map((name) => notebookPath(name, site));
  const folders = [`${site.root}/notebooks`, ...paths.map(dirname)];
  const own = names.length === 0 || paths.some((path) => isOwnNotebook(path, site.root));
  const version = task === "run" ? codeVersionFiles(site.root) : [];
  const looks = names.length === 0 || paths.some((path) => looksAtState(path, site.root));
  const made = `${site.root}/data/sample`, judged = looks ? sampleStateFolders(site.root) : [];
  const sample = task === "run" && own ? [made, `${made}.partial`, ...judged] : [];
  return {
    read: [...folders, ...sample, ...version, ...(params === null ? [] : [params])],
    write: [...folders, ...sample],
    run: task === "strip" ? [] : ["deno", ...(task === "run" ? [python] : [])],
  };
}
