/**
 * The worker: one command, run with exactly the permissions that the launcher worked out.
 *
 * The launcher (`main.ts`) says what is wrong with the command line or the settings; all else that goes wrong becomes a message
 * and an exit code here.
 *
 * @module
 */
import { type Command, type Context, UsageError } from "./context.ts";
import { COMMANDS } from "./commands/mod.ts";

function createContext(root: string, cwd: string): Context {
  const encoder = new TextEncoder();
  const write = (file: { writeSync(bytes: Uint8Array): number }) => (text: string) => {
    let bytes = encoder.encode(text);
    while (bytes.length > 0) bytes = bytes.subarray(file.writeSync(bytes));
  };
  return {
    root,
    cwd,
    plan: JSON.parse(Deno.env.get("DEEPSCAN_PLAN") ?? "null"),
    isTerminal: Deno.stderr.isTerminal(),
    ...(Deno.stdout.isTerminal() ? { columns: Deno.consoleSize().columns } : {}),
    stdout: write(Deno.stdout),
    stderr: write(Deno.stderr),
    now: () => Date.now(),
    env: (name) => Deno.env.get(name),
  };
}

function isUsage(error: unknown): boolean {
  return error instanceof UsageError || (error instanceof Error && error.name === "ConfigError");
}

/** Runs one command; returns its exit code: 0 ran, 1 failed, 2 wrong usage or settings, 3 anomalies found (when asked for). */
export async function runCommand(name: string, args: string[], context: Context): Promise<number> {
  try {
    const command: Command = await COMMANDS[name].load();
    if (args.includes("--help") || args.includes("-h")) {
      context.stdout(command.help.trim() + "\n");
      return 0;
    }
    return await command.run(args, context);
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) return 0; // the reader of our output has seen enough
    const message = error instanceof Error ? error.message : String(error);
    context.stderr(`deepscan ${COMMANDS[name].task.replace("deepscan ", "")}: ${message}\n`);
    if (isUsage(error)) {
      context.stderr(`See \`deno task ${COMMANDS[name].task} --help\`.\n`);
      return 2;
    }
    if (context.env("DEEPSCAN_DEBUG") && error instanceof Error) context.stderr(`${error.stack}\n`);
    return 1;
  }
}

if (import.meta.main) {
  const [root, cwd, name, ...args] = Deno.args;
  Deno.exit(await runCommand(name, args, createContext(root, cwd)));
}
