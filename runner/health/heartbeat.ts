/**
 * A sign of life, for a monitor that raises the alarm when it stays away: a dead man's switch.
 *
 * The convention is that of healthchecks.io: calling an address says that all is well, calling it with `/fail` behind it that
 * something is not. A call that nobody hears is a remark and stops nothing: that it stays away is what the monitor is for.
 *
 * @module
 */
import { ChannelError, type ChannelWorld } from "../alert/channels/channel.ts";
import { readWebhook, withoutSecrets } from "../alert/channels/secret.ts";
import { plainLine } from "../alert/plain_text.ts";
import type { HealthConfig } from "../config/health_schema.ts";
import { writeWhole } from "./whole_file.ts";

/** How long the monitor may take to answer, ms. */
const TIMEOUT = 10_000;
/** Characters of what went wrong that it is told, and of a line of that. */
const TOLD = 2000, LINE = 300;

/** What a sign of life says. */
export interface Sign {
  /** What failed; empty = nothing. */
  failures: readonly string[];
  /** Records that the run read. */
  records: number;
  /** When it ended, ms since the epoch. */
  at: number;
}

/** Settings of the heartbeat. */
export type HeartbeatConfig = NonNullable<HealthConfig["heartbeat"]>;

/** What giving a sign needs of the world. */
export type HeartbeatWorld = Pick<ChannelWorld, "env" | "readText">;

/** Whether the settings ask for a sign of this kind: of a run that failed they may not. */
export function isAskedFor({ fail, file: _, ...address }: HeartbeatConfig, failed: boolean): boolean {
  return !failed || (fail && isCalled(address));
}

function isCalled({ url_env, url_file }: Pick<HeartbeatConfig, "url_env" | "url_file">): boolean {
  return url_env !== undefined || url_file !== undefined;
}

/**
 * Gives a sign: writes the file, calls the address, once more if that fails.
 *
 * @returns Why it was not heard; empty = it was. It never shows the address.
 */
export async function giveSign(config: HeartbeatConfig, sign: Sign, world: HeartbeatWorld): Promise<string> {
  const problems = [config.file === undefined ? "" : writeSign(config.file, sign)];
  if (isCalled(config)) problems.push(await call(config, sign, world));
  return problems.filter((problem) => problem !== "").join("; ");
}

function writeSign(path: string, { failures, records, at }: Sign): string {
  if (failures.length > 0) return "";
  const line = JSON.stringify({ at: new Date(at).toISOString(), records, failures: failures.length });
  try {
    writeWhole(path, `${line}\n`);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

async function call(config: HeartbeatConfig, { failures }: Sign, world: HeartbeatWorld): Promise<string> {
  const { url_env: env, url_file: file, host } = config;
  let url: URL;
  try {
    url = await readWebhook("heartbeat", { env, file, host }, { ...world } as ChannelWorld);
  } catch (error) {
    if (error instanceof ChannelError) return error.message;
    throw error;
  }
  const secrets = [
    url.href,
    url.pathname,
    ...url.pathname.split("/"),
    url.search.slice(1),
    url.username,
    url.password,
  ]
    .filter((part) => part.length > 3);
  if (failures.length > 0) url.pathname = `${url.pathname.replace(/\/$/, "")}/fail`;
  const body = failures.map((failure) => plainLine(failure, LINE)).join("\n").slice(0, TOLD);
  const first = await callOnce(url, body, secrets);
  return (first.mayPass ? await callOnce(url, body, secrets) : first).problem;
}

/** What became of a call. */
interface Called {
  /** Why it was not heard; empty = it was. */
  problem: string;
  /** Whether another one may be heard. */
  mayPass: boolean;
}

async function callOnce(url: URL, body: string, secrets: readonly string[]): Promise<Called> {
  try {
    const { ok, status, body: answer } = await fetch(url, {
      ...body === "" ? { method: "GET" } : { method: "POST", body },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await answer?.cancel();
    return { problem: ok ? "" : `the monitor answers ${status}`, mayPass: status >= 500 };
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === "TimeoutError";
    const why = isLate ? `no answer within ${TIMEOUT} ms` : (error as Error).message;
    return { problem: withoutSecrets(why, secrets), mayPass: true };
  }
}
