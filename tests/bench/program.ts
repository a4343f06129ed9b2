/**
 * Programs that are measured, as processes of their own.
 *
 * @module
 */
import { permissionFlags, permissionsFor } from "../../runner/permissions.ts";
import { PROBE, type Probed } from "./probed.ts";

/** The project's folder. */
export const ROOT = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

/** What came of a program. */
export interface Outcome {
  /** From before it was started to after it ended. */
  seconds: number;
  stdout: string;
  stderr: string;
}

/** Runs `deno` with these arguments, standing in `cwd`. Throws when it fails. */
export async function runDeno(
  args: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Outcome> {
  const command = new Deno.Command("deno", {
    args,
    cwd,
    // `deno task` keeps the folder of an outer task, such as the benchmark's own, where it finds one.
    env: { DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1", INIT_CWD: cwd, ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const start = performance.now();
  const { code, stdout, stderr } = await command.output();
  const seconds = (performance.now() - start) / 1000, text = new TextDecoder();
  const outcome = { seconds, stdout: text.decode(stdout), stderr: text.decode(stderr) };
  if (code === 0) return outcome;
  throw new Error(
    `Cannot measure deno ${args.join(" ")}: exit code ${code}: ${outcome.stderr.trim().slice(-2000)}`,
  );
}

/** A task as a user runs it: `deno task NAME …`, launcher included. */
export function runTask(name: string, args: string[], cwd: string): Promise<Outcome> {
  return runDeno(["task", "--quiet", "--config", `${ROOT}/deno.json`, name, ...args], cwd);
}

/** The worker of a command, without the launcher, with the rights that the launcher gives it; `flags` are further ones. */
export async function runWorker(
  name: string,
  args: string[],
  cwd: string,
  flags: string[] = [],
): Promise<Outcome> {
  const { permissions, plan } = await permissionsFor(name, args, { root: ROOT, cwd });
  return await runDeno(
    [
      ...["run", "--quiet", "--no-prompt", "--ignore-env", `--config=${ROOT}/deno.json`],
      ...permissionFlags(permissions),
      ...flags,
      ...[`${ROOT}/runner/worker.ts`, ROOT, cwd, name, ...args],
    ],
    ROOT,
    { DEEPSCAN_PLAN: JSON.stringify(plan) },
  );
}

/** {@linkcode runWorker} under the probe; with `scripts` it also lists what is loaded, which takes memory itself. */
export async function probeWorker(
  name: string,
  args: string[],
  cwd: string,
  scripts = false,
): Promise<Outcome & Probed> {
  const flags = [`--preload=${ROOT}/tests/bench/probe.ts`, ...(scripts ? ["--allow-sys"] : [])];
  const outcome = await runWorker(name, args, cwd, flags);
  const line = outcome.stderr.split("\n").find((text) => text.startsWith(PROBE));
  if (line === undefined) throw new Error("Cannot measure: the probe told nothing");
  return { ...outcome, ...JSON.parse(line.slice(PROBE.length)) as Probed };
}

/**
 * A program of this folder, with exactly the rights that its measurement needs; its standard output as JSON.
 *
 * @param rights Default: it may read, and write into `folder`.
 */
export async function runPart<Result>(
  file: string,
  args: string[],
  folder: string,
  rights: readonly string[] = ["--ignore-env", `--allow-write=${folder}`],
): Promise<Result> {
  const { stdout } = await runDeno(
    [
      ...["run", "--quiet", "--no-prompt", `--config=${ROOT}/tests/deno.json`, "--allow-read", ...rights],
      ...[`${ROOT}/tests/bench/${file}`, ...args],
    ],
    folder,
  );
  return JSON.parse(stdout) as Result;
}

/** npm packages among the addresses of scripts, each once, by name. */
export function packagesOf(scripts: readonly string[]): string[] {
  const names = scripts.map((url) =>
    /\/(?:npm|node_modules)\/(?:registry[^/]*\/)?((?:@[^/]+\/)?[^/@]+)/.exec(url)?.[1]
  );
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}
