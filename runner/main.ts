/**
 * The launcher: works out the exact permissions of a command from its arguments and settings, and starts the worker with those.
 *
 * It is the small trusted part: it may read files and run Deno, nothing else. It forwards signals and the exit code.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { type Plan, UsageError } from "./context.ts";
import { traceEnvironment } from "./health/trace_environment.ts";
import { COMMANDS, INNER_NAMES, SUBCOMMANDS } from "./commands/mod.ts";
import { superviseWorker } from "./supervise_worker.ts";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** This very Deno, which need not be on the path; the tasks give the right to run it by this name. */
const DENO = Deno.build.os === "linux" ? "/proc/self/exe" : "deno";

const OVERVIEW = `DeepScan reads server logs, learns what is normal, finds what is not, and shows why.

  deno task detect        read new lines, judge them, tell the people in charge
  deno task watch         the same as a service: again and again, until it is stopped
  deno task train         learn a new model
  deno task templates     the template of every line, as CSV
  deno task evaluate      verdicts against labels
  deno task replay        what settings and a model would have told of the past
  deno task dashboard     pages about all of it, live, in a browser
  deno task report        an incident, a span of time or a model as a page to share
  deno task notebooks     execute and render the notebooks
  deno task deepscan ${Object.keys(SUBCOMMANDS).join("|")}

Each of them takes --help.
`;

/** What stands in `argv`: a command and its arguments. */
interface Call {
  name: string;
  args: string[];
}

/** Whether arguments ask for help. */
function asksForHelp(args: readonly string[]): boolean {
  return args.includes("--help") || args.includes("-h");
}

/** The command that `argv` names, and its arguments; `null` = the overview is wanted. */
function callOf(argv: string[]): Call | null {
  const [name, ...args] = argv[0] === "deepscan" ? argv.slice(1) : argv;
  if (name === undefined || asksForHelp([name])) return null;
  if (argv[0] === "deepscan" && name in SUBCOMMANDS) return { name: INNER_NAMES[name] ?? name, args };
  if (argv[0] !== "deepscan" && name in COMMANDS) return { name, args };
  const known = Object.keys(SUBCOMMANDS).join(", ");
  throw new UsageError(`Cannot run deepscan: unknown command "${name}", known are ${known}`);
}

/** The worker's flags, and the settings that it is handed. Help needs neither: nothing is looked at for it. */
async function rightsOf({ name, args }: Call, cwd: string): Promise<{ flags: string[]; plan: Plan | null }> {
  if (asksForHelp(args)) return { flags: ["--allow-env=DEEPSCAN_PLAN"], plan: null };
  const { permissionFlags, permissionsFor } = await import("./permissions.ts");
  const { permissions, plan } = await permissionsFor(name, args, { root, cwd });
  return { flags: permissionFlags(permissions), plan };
}

/** Runs the call's worker to its end; one that watches goes by new settings when it is told to. Returns the exit code. */
function start(call: Call, cwd: string): Promise<number> {
  const rights = () => rightsOf(call, cwd);
  const spawn = ({ flags, plan }: Awaited<ReturnType<typeof rightsOf>>) =>
    new Deno.Command(DENO, {
      args: [
        ...["run", "--quiet", "--no-prompt", "--ignore-env", `--config=${root}/deno.json`],
        ...flags,
        ...[`${root}/runner/worker.ts`, root, cwd, call.name, ...call.args],
      ],
      cwd: root,
      env: { DENO_NO_UPDATE_CHECK: "1", DEEPSCAN_PLAN: JSON.stringify(plan), ...traceEnvironment(plan) },
      stdin: "inherit",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn();
  return superviseWorker({ rights, spawn, reloads: call.name === "watch" });
}

/** Says what went wrong before there was a worker; returns the exit code. */
function failed(error: unknown, call: Call | null): number {
  const wrongUse = error instanceof UsageError || (error instanceof Error && error.name === "ConfigError");
  console.error(`deepscan: ${error instanceof Error ? error.message : error}`);
  const task = call === null ? "deepscan" : COMMANDS[call.name].task;
  if (wrongUse) console.error(`See \`deno task ${task} --help\`.`);
  return wrongUse ? 2 : 1;
}

/** Launches the command that `argv` names; returns its exit code. */
async function launch(argv: string[]): Promise<number> {
  let call: Call | null = null;
  try {
    call = callOf(argv);
    if (call !== null) return await start(call, Deno.env.get("INIT_CWD") ?? Deno.cwd());
    console.log(OVERVIEW);
    return 0;
  } catch (error) {
    return failed(error, call);
  }
}

if (import.meta.main) Deno.exit(await launch(Deno.args));
