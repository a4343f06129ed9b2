/**
 * Serving the dashboard.
 *
 * @module
 */
import { isLoopback } from "../config/dashboard_schema.ts";
import { type Context, type Plan, UsageError } from "../context.ts";
import { State } from "../../lib/mod.ts";
import { createApp } from "./app.ts";
import { withListen } from "./listen.ts";
import { Site } from "./site.ts";
import { isFile } from "../is_file.ts";

/** A dashboard that is served. */
export interface Served {
  /** Where. */
  url: string;
  /** Settles when it has stopped. */
  finished: Promise<void>;
}

/** Characters that a token must have at the least. */
const TOKEN = 16;

/**
 * Serves a dashboard until `stop` is aborted.
 *
 * @throws {UsageError} if people could get in who must not.
 * @throws {Error} if the address is taken.
 */
export async function serveDashboard(plan: Plan, stop: AbortSignal, context: Context): Promise<Served> {
  const { dashboard } = plan.config, token = await tokenOf(plan, context);
  refuseOpenDoor(plan, token);
  bringUpToDate(plan);
  const owner = context.env("USER") ?? context.env("LOGNAME") ?? "somebody at this machine";
  const log = (text: string) => context.stderr(`deepscan dashboard: ${text}\n`);
  const listener = listen(
    dashboard.listen,
    stop,
    (request, { remoteAddr }) => app.fetch(request, { remoteAddr }),
    log,
  );
  const address = dashboard.listen.replace(/\d+$/, String(listener.addr.port));
  const site = new Site({ plan: withListen(plan, address), token, owner, log, now: () => context.now() });
  const app = createApp(site);
  stop.addEventListener("abort", () => site.live.close()); // pages that listen would keep it from stopping
  return { url: `http://${address}/`, finished: listener.finished.finally(() => site.close()) };
}

/** Listens at an address; port 0 is one that is free. */
function listen(
  address: string,
  signal: AbortSignal,
  answer: Deno.ServeHandler<Deno.NetAddr>,
  log: (text: string) => void,
): Deno.HttpServer<Deno.NetAddr> {
  const port = Number(address.match(/\d+$/)), hostname = address.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  try {
    return Deno.serve({
      ...{ port, hostname, signal, onListen: () => {} },
      onError: (error) => {
        log(error instanceof Error ? error.stack ?? error.message : String(error));
        return new Response("Something went wrong\n", { status: 500 });
      },
    }, answer);
  } catch (cause) {
    throw new Error(`Cannot serve at ${address}: ${(cause as Error).message}`, { cause });
  }
}

/** What people log in with; `null` = nobody has to. */
async function tokenOf({ config: { dashboard } }: Plan, context: Context): Promise<string | null> {
  const { token_env, token_file } = dashboard;
  if (token_env === undefined && token_file === undefined) return null;
  const where = token_env === undefined ? `file ${token_file}` : `environment variable ${token_env}`;
  const token = (token_env === undefined ? await readText(token_file!) : context.env(token_env))?.trim() ??
    "";
  if (token.length >= TOKEN) return token;
  const why = token === "" ? "is not set or empty" : `has ${token.length} characters, ${TOKEN} are the least`;
  throw new UsageError(`Cannot serve the dashboard: the token in ${where} ${why}`);
}

async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    throw new UsageError(`Cannot serve the dashboard: ${path} can't be read: ${(cause as Error).name}`, {
      cause,
    });
  }
}

/** Where other machines reach it, somebody has to say who they are; the settings are held against it as well. */
function refuseOpenDoor({ config: { dashboard } }: Plan, token: string | null): void {
  const { listen, trusted_header } = dashboard;
  if (isLoopback(listen.replace(/:\d+$/, "")) || token !== null || trusted_header !== undefined) return;
  throw new UsageError(
    `Cannot serve at ${listen}: other machines could read everything; set dashboard.token_env or token_file`,
  );
}

/** A state that an older version has written is changed to what this one reads, unless nothing may be changed. */
function bringUpToDate({ config }: Plan): void {
  const path = `${config.state.directory}/state.db`;
  if (config.dashboard.read_only || !isFile(path)) return;
  State.open(path).close();
}
