/**
 * The worker: one command, run with exactly the permissions that the launcher worked out.
 *
 * The launcher (`main.ts`) says what is wrong with the command line or the settings; all else that goes wrong becomes a message
 * and an exit code here.
 *
 * @module
 */
import { type Command, type Context, type Plan, UsageError } from "./context.ts";
import { COMMANDS } from "./commands/mod.ts";

async function createContext(root: string, cwd: string): Promise<Context> {
  const encoder = new TextEncoder();
  const write = (file: { writeSync(bytes: Uint8Array): number }) => (text: string) => {
    let bytes = encoder.encode(text);
    while (bytes.length > 0) bytes = bytes.subarray(file.writeSync(bytes));
  };
  const plan: Plan | null = JSON.parse(Deno.env.get("DEEPSCAN_PLAN") ?? "null"), now = () => Date.now();
  return {
    root,
    cwd,
    plan,
    isTerminal: Deno.stderr.isTerminal() && plan?.config.log.format !== "json",
    ...(Deno.stdout.isTerminal() ? { columns: Deno.consoleSize().columns } : {}),
    stdout: write(Deno.stdout),
    ...await said(plan, { write: write(Deno.stderr), now }),
    ...await tracing(),
    now,
    env: (name) => Deno.env.get(name),
  };
}

/** Standard error: as it is, unless the settings want something else. */
async function said(
  plan: Plan | null,
  stderr: { write: (text: string) => void; now: () => number },
): Promise<Pick<Context, "stderr" | "log">> {
  const log = plan?.config.log ?? { format: "text", level: "info" };
  if (log.format === "text" && log.level === "info") return { stderr: stderr.write };
  const { stderrLog } = await import("./log/stderr_log.ts");
  return stderrLog({ log, streams: plan?.config.streams.map(({ name }) => name) ?? [], ...stderr });
}

/** Spans, where Deno was started to send them. */
async function tracing(): Promise<Pick<Context, "tracing">> {
  if (Deno.env.get("OTEL_DENO") !== "true") return {};
  const { loadTracing } = await import("./health/tracing.ts");
  return { tracing: await loadTracing() };
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
  Deno.exit(await runCommand(name, args, await createContext(root, cwd)));
}
