/**
 * The real tasks, started the way `deno task` starts them: with the command line and the permissions that stand in `deno.json`.
 *
 * @module
 */

/** The project's folder, without a slash at its end. */
export const PROJECT = new URL("../../..", import.meta.url).pathname.replace(/\/$/, "");

/** How a task is started. */
export interface TaskOptions {
  /** Where the user stands. */
  cwd?: string;
  /** What comes in on standard input; default: nothing. */
  stdin?: string;
  env?: Record<string, string>;
  /** The folder that holds `deno.json`; default: this project. */
  project?: string;
  /** A program to run it by, with its arguments: `setpriv --reuid=65534`. */
  through?: string[];
  /** Makes it the leader of a process group of its own. */
  detached?: boolean;
}

/** What a task left. */
export interface TaskResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command line behind `deno task NAME`, from `deno.json`. */
export function taskCommand(name: string, project = PROJECT): string[] {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${project}/deno.json`));
  return tasks[name].command.split(" ");
}

/** Starts a task and returns its process. */
export function startTask(
  name: string,
  args: readonly string[],
  options: TaskOptions = {},
  streams: Pick<Deno.CommandOptions, "stdin" | "stdout" | "stderr"> = {},
): Deno.ChildProcess {
  const { project = PROJECT, cwd = project, env = {}, through = [], detached = false } = options;
  const [program, ...rest] = [...through, ...taskCommand(name, project), ...args];
  return new Deno.Command(program, {
    args: rest,
    cwd: project,
    env: { INIT_CWD: cwd, DENO_NO_UPDATE_CHECK: "1", ...env },
    ...{ stdin: "null", stdout: "piped", stderr: "piped", ...streams },
    ...{ detached },
  }).spawn();
}

/** Runs a task to its end. */
export async function runTask(
  name: string,
  args: readonly string[],
  options: TaskOptions = {},
): Promise<TaskResult> {
  const { stdin } = options;
  const child = startTask(name, args, options, { stdin: stdin === undefined ? "null" : "piped" });
  const output = child.output();
  if (stdin !== undefined) {
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(stdin));
    await writer.close();
  }
  const { code, stdout, stderr } = await output, decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Copies a file or a folder. */
async function copy(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to, { recursive: true });
  for await (const { name } of Deno.readDir(from)) await copy(`${from}/${name}`, `${to}/${name}`);
}

/** A copy of the program without sample, models and state, so that nothing is written into the project's own folders. */
export async function copyProject(folder: string): Promise<void> {
  await Deno.mkdir(`${folder}/data`, { recursive: true });
  for (const name of ["deno.json", "deno.lock", "lib", "runner", "data/shop"]) {
    await copy(`${PROJECT}/${name}`, `${folder}/${name}`);
  }
  for await (const { name, isFile } of Deno.readDir(`${PROJECT}/data`)) {
    if (isFile) await Deno.copyFile(`${PROJECT}/data/${name}`, `${folder}/data/${name}`);
  }
}

/** A time window's start as logs write it: 2026-03-02, so many minutes and seconds after midnight. */
export function stamp(minutes: number, seconds = 0): string {
  return new Date(Date.UTC(2026, 2, 2, 0, minutes, seconds)).toISOString().replace(".000", "");
}

/** Lines in ISO 8601 form, two a minute for so many minutes, of a service that is always the same. */
export function calmLines(minutes: number, from = 0): string[] {
  return Array.from({ length: minutes }, (_, i) => [
    `${stamp(from + i)} INFO request ${from + i} served in ${5 + i % 7} ms`,
    `${stamp(from + i, 30)} INFO health check ok`,
  ]).flat();
}

/** The same with an error that never was before, at a minute. */
export function linesWithError(minutes: number, at: number): string[] {
  const lines = calmLines(minutes);
  lines.splice(2 * at + 1, 0, `${stamp(at, 10)} ERROR disk of replica failed: checksum mismatch`);
  return lines;
}

/** Rows of a CSV file without quotes in the columns that are looked at, without the header. */
export async function rowsOf(path: string): Promise<{ header: string; rows: string[][] }> {
  const [header, ...lines] = (await Deno.readTextFile(path)).trimEnd().split("\n");
  return { header, rows: lines.map((line) => line.split(",")) };
}
