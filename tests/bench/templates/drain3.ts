/**
 * drain3 of PyPI, in an environment of its own in the user's cache.
 *
 * @module
 */
import type { TemplateRow } from "../../../lib/evaluate/template_accuracy.ts";
import { cacheFolder, cachePath, runProgram } from "./fetch.ts";

/** The version that is compared with. */
export const DRAIN3 = "0.9.11";

/** Lines in a file, read some times. */
export interface DrainJob {
  path: string;
  passes?: number;
}

/** What drain3 found. */
export interface DrainAnswer {
  rows: TemplateRow[];
  /** One value a pass. */
  seconds: number[];
}

/** Folder of the environment in the user's cache. */
export function drainFolder(): string {
  return cachePath(`drain3-${DRAIN3}`);
}

/**
 * The Python that has drain3, installed where it isn't yet.
 *
 * @throws {FetchError} if there is no Python, or drain3 can't be had.
 */
async function drainPython(): Promise<string> {
  const folder = cacheFolder(`drain3-${DRAIN3}`), python = `${folder}/bin/python`;
  try {
    await runProgram([python, "-c", "import drain3"], folder);
  } catch {
    await runProgram(["python3", "-m", "venv", folder], folder);
    await runProgram([python, "-m", "pip", "install", "--quiet", `drain3==${DRAIN3}`], folder);
  }
  return python;
}

/**
 * What drain3 makes of files of lines.
 *
 * @throws {FetchError} if there is no Python, or drain3 can't be had.
 */
export async function runDrain(jobs: readonly DrainJob[]): Promise<DrainAnswer[]> {
  const python = await drainPython(), script = new URL("run_drain3.py", import.meta.url).pathname;
  const answers = JSON.parse(await runProgram([python, script], "/tmp", JSON.stringify(jobs))) as {
    ids: number[];
    templates: Record<string, string>;
    seconds: number[];
  }[];
  return answers.map(({ ids, templates, seconds }) => ({
    rows: ids.map((id) => ({ EventId: String(id), EventTemplate: templates[id] })),
    seconds,
  }));
}
