/**
 * One notebook, executed with the real Deno kernel and rendered: the Python side does it, this side starts and hears it.
 *
 * @module
 */
import { codeVersion } from "./code_version.ts";
import { PARAMETERS_VARIABLE } from "./notebook_parameters.ts";

/** How a notebook is executed. */
export interface Execution {
  /** The project's folder. */
  root: string;
  /** The notebook, absolute. */
  notebook: string;
  /** The page to write, absolute. */
  html: string;
  /** Where the notebook with its outputs goes; left out = nowhere. */
  save?: string;
  /** The Python to use, or to make the environment with. */
  python: string;
  /** Seconds that a cell may take. */
  timeout: number;
  /** Whether cells may use the network. */
  network: boolean;
  parameters: Record<string, unknown> | null;
  /** When the page says that it was made, ms; left out = it doesn't say. */
  now?: number;
  /** Told before each code cell: its number from 1, and how many there are. */
  onProgress?: (cell: number, of: number) => void;
  /** Told what the Python side remarks, line by line. */
  onRemark: (line: string) => void;
}

/** What came of it. */
export interface ExecutionResult {
  /** Code cells that ran. */
  cells: number;
  /** Displays that the kernel sent. */
  sent: number;
  /** Displays that arrived and were stored. */
  stored: number;
  /** What stopped it: the code cell's number from 1 (`null` = not one cell's doing) and the message. */
  error: { cell: number | null; message: string } | null;
  seconds: number;
  /** Bytes, of the kernel. */
  peakMemory: number;
}

/** No Python, or no environment: nothing could be executed. */
export class NoPythonError extends Error {
  override readonly name = "NoPythonError";
}

/**
 * Executes and renders one notebook.
 *
 * @throws {NoPythonError} if there is no Python or the environment can't be made.
 * @throws {Error} if the Python side fails otherwise.
 */
export async function executeNotebook(execution: Execution): Promise<ExecutionResult> {
  const child = start(execution, await factsOf(execution));
  const stop = () => {
    try {
      child.kill("SIGTERM");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // a TypeError says that it has ended already
    }
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) Deno.addSignalListener(signal, stop);
  try {
    const [result, remarks, { code }] = await Promise.all([
      resultIn(child.stdout, execution.onProgress),
      heard(child.stderr, execution.onRemark),
      child.status,
    ]);
    if (result !== null) return result;
    if (code === 2) throw new NoPythonError(remarks.at(-1));
    throw new Error(
      `Cannot execute ${execution.notebook}: Python ended with code ${code}\n${remarks.join("\n")}`,
    );
  } finally {
    for (const signal of signals) Deno.removeSignalListener(signal, stop);
  }
}

/** What the head of the page says of its making. */
async function factsOf({ root, now }: Execution): Promise<[what: string, how: string][]> {
  const { version, commit } = await codeVersion(root);
  const made = now === undefined ? null : `${new Date(now).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return [
    ...(made === null ? [] : [["Rendered", made]] as [string, string][]),
    ["DeepScan", commit === null ? version : `${version}, commit ${commit.slice(0, 12)}`],
  ];
}

function start(execution: Execution, facts: [string, string][]): Deno.ChildProcess {
  const { root, notebook, html, save, python, timeout, network, parameters } = execution;
  const here = `${root}/runner/notebooks`;
  const cache = `${root}/.cache`;
  const args = [`${here}/run_notebook.py`, notebook, "--html", html, "--timeout", String(timeout)];
  args.push("--venv", `${cache}/notebooks-venv`, "--requirements", `${here}/requirements.txt`);
  if (save !== undefined) args.push("--save", save);
  args.push("--facts", JSON.stringify(facts));
  if (execution.onProgress !== undefined) args.push("--progress");
  if (network) args.push("--allow-net");
  const env: Record<string, string> = {
    JUPYTER_PATH: `${here}/jupyter`,
    // Nothing is read from or written to the user's own Jupyter.
    JUPYTER_NO_CONFIG: "1",
    JUPYTER_CONFIG_DIR: `${cache}/jupyter/config`,
    JUPYTER_DATA_DIR: `${cache}/jupyter/data`,
    JUPYTER_RUNTIME_DIR: `${cache}/jupyter/runtime`,
    JUPYTER_PLATFORM_DIRS: "1",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUTF8: "1",
  };
  if (parameters !== null) env[PARAMETERS_VARIABLE] = JSON.stringify(parameters);
  try {
    return new Deno.Command(python, { args, env, stdin: "null", stdout: "piped", stderr: "piped" }).spawn();
  } catch (cause) {
    // A program that isn't there is not found, or, under `--allow-run=python3`, not allowed.
    if (!(cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotCapable)) throw cause;
    throw new NoPythonError(
      `Cannot execute notebooks: no ${python} found; install Python 3.10 or newer, or name one with --python PATH`,
      { cause },
    );
  }
}

/** What the last line says; those before it say how far the run is. `null` = it ended before it came to anything. */
async function resultIn(
  stream: ReadableStream<Uint8Array>,
  onProgress: Execution["onProgress"],
): Promise<ExecutionResult | null> {
  let last = "";
  for await (const line of linesOf(stream)) {
    last = line;
    if (!isProgress(line)) continue;
    const { cell, of } = JSON.parse(line);
    onProgress?.(cell, of);
  }
  return last.startsWith("{") && !isProgress(last) ? JSON.parse(last) : null;
}

function isProgress(line: string): boolean {
  return line.startsWith('{"cell":');
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** Hands remarks on as they come, but for Deno's that its kernel is unstable; returns the last ones. */
async function heard(
  stream: ReadableStream<Uint8Array>,
  onRemark: (line: string) => void,
): Promise<string[]> {
  const remarks: string[] = [];
  for await (const line of linesOf(stream)) {
    if (line.includes('"deno jupyter" is unstable')) continue;
    remarks.push(line);
    if (remarks.length > 50) remarks.shift();
    onRemark(line);
  }
  return remarks;
}
