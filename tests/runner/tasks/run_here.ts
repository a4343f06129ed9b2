/**
 * What tasks do, without their start: it costs more than most of them.
 *
 * @module
 */
import { INNER_NAMES } from "../../../runner/commands/mod.ts";
import { ConfigError } from "../../../runner/config.ts";
import { type Context, UsageError } from "../../../runner/context.ts";
import { permissionsFor } from "../../../runner/permissions.ts";
import { runCommand } from "../../../runner/worker.ts";
import { PROJECT, type TaskOptions, type TaskResult } from "./task.ts";

/**
 * Does what a task does in this process, with the rights of the tests: for runs in which neither the start nor the rights are what
 * a test is about. Each way to use a task is started by `runTask` somewhere.
 */
export async function runHere(
  task: string,
  args: readonly string[],
  { cwd = PROJECT, env = {}, now = Date.now }: Pick<TaskOptions, "cwd" | "env"> & { now?: () => number } = {},
): Promise<TaskResult> {
  const [name, ...rest] = task === "deepscan" ? inner(args) : [task, ...args];
  const said = { stdout: "", stderr: "" };
  const context: Omit<Context, "plan"> = {
    ...{ root: PROJECT, cwd, isTerminal: false, now, env: (name) => env[name] },
    stdout: (text) => void (said.stdout += text),
    stderr: (text) => void (said.stderr += text),
  };
  try {
    const { plan } = await permissionsFor(name, rest, { root: PROJECT, cwd });
    return { code: await runCommand(name, rest, { ...context, plan }), ...said };
  } catch (error) { // as the launcher does
    const wrongUse = error instanceof UsageError || error instanceof ConfigError;
    return { ...said, code: wrongUse ? 2 : 1, stderr: `deepscan: ${(error as Error).message}\n` };
  }
}

/** What stands behind `deno task deepscan`, by the names that commands have within the program. */
function inner([name, ...args]: readonly string[]): string[] {
  return [INNER_NAMES[name] ?? name, ...args];
}
