/**
 * The launcher: works out the exact permissions of a command from its arguments and settings, and starts the worker with those.
 *
 * It is the small trusted part: it may read files and run `deno`, nothing else. It forwards signals and the exit code.
 *
 * @module
 */
import { UsageError } from "./context.ts";
import { COMMANDS, SUBCOMMANDS } from "./commands/mod.ts";
import { permissionFlags, permissionsFor } from "./permissions.ts";

const root = new URL("..", import.meta.url).pathname.replace(/\/$/, "");

const OVERVIEW = `DeepScan reads server logs, learns what is normal, finds what is not, and shows why.

  deno task detect        read new lines, judge them, tell the people in charge
  deno task train         learn a new model
  deno task templates     the template of every line, as CSV
  deno task evaluate      verdicts against labels
  deno task notebooks     execute and render the notebooks
  deno task deepscan ${Object.keys(SUBCOMMANDS).join("|")}

Each of them takes --help.
`;

/** The command that `argv` names, and its arguments. */
function commandOf(argv: string[]): { name: string; args: string[] } {
  const [name, ...args] = argv;
  if (name !== "deepscan") return { name, args };
  const [subcommand, ...rest] = args;
  if (subcommand === undefined || subcommand === "--help" || subcommand === "-h") {
    return { name: "help", args: [] };
  }
  if (!(subcommand in SUBCOMMANDS)) {
    const known = Object.keys(SUBCOMMANDS).join(", ");
    throw new UsageError(`Cannot run deepscan: unknown command "${subcommand}", known are ${known}`);
  }
  return { name: subcommand, args: rest };
}

async function start(name: string, args: string[], cwd: string): Promise<number> {
  const { permissions, plan } = await permissionsFor(name, args, { root, cwd });
  const child = new Deno.Command("deno", {
    args: [
      ...["run", "--quiet", "--no-prompt", "--ignore-env", `--config=${root}/deno.json`],
      ...permissionFlags(permissions),
      ...[`${root}/runner/worker.ts`, root, cwd, name, ...args],
    ],
    cwd: root,
    env: { DENO_NO_UPDATE_CHECK: "1", DEEPSCAN_PLAN: JSON.stringify(plan) },
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => {
      try {
        child.kill(signal);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // a TypeError says that the worker has ended already
      }
    });
  }
  return (await child.status).code;
}

/** Launches the command that `argv` names; returns the worker's exit code. */
async function launch(argv: string[]): Promise<number> {
  const { name, args } = commandOf(argv);
  if (name === "help" || !(name in COMMANDS)) {
    console.log(OVERVIEW);
    return name === "help" ? 0 : 2;
  }
  return await start(name, args, Deno.env.get("INIT_CWD") ?? Deno.cwd());
}

if (import.meta.main) {
  try {
    Deno.exit(await launch(Deno.args));
  } catch (error) {
    const wrongUse = error instanceof UsageError || (error instanceof Error && error.name === "ConfigError");
    console.error(`deepscan: ${error instanceof Error ? error.message : error}`);
    const task = COMMANDS[Deno.args[0]]?.task;
    if (wrongUse && task !== undefined) console.error(`See \`deno task ${task} --help\`.`);
    Deno.exit(wrongUse ? 2 : 1);
  }
}
