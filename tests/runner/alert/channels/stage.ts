/**
 * A channel with the real other side that it talks to, which behaves as told.
 *
 * @module
 */
import type { ChannelsConfig } from "../../../../runner/config.ts";
import { appendLine } from "../../../../runner/alert/channels/append_line.ts";
import type { ChannelWorld } from "../../../../runner/alert/channels/channel.ts";
import { startBrokenServer } from "../../../services/broken_server.ts";
import { type MailServerOptions, startMailServer } from "../../../services/mail_server.ts";
import { type ReceiverAnswer, startWebhookReceiver } from "../../../services/webhook_receiver.ts";

/** The secret in everything that a stage sets up. */
export const SECRET = "hunter2-and-more/T0K3N";

/** What the other side does with a message: the second half of them are no answers, or not that it was taken. */
export type Behaviour =
  | "accepts"
  | "slow"
  | "busy"
  | "busy until"
  | "fails"
  | "refuses"
  | "hangs"
  | "garbage"
  | "closes before"
  | "closes after";

/** Settings, the world around them, and what reached the other side. */
export interface Stage extends AsyncDisposable {
  settings: ChannelsConfig;
  world: ChannelWorld;
  /** What arrived, as a person would see its source. */
  received: () => string[];
  /** Keys of what arrived; empty for a channel that is read by people alone. */
  keys: () => string[];
}

/** The time in a stage's world. */
export const NOW = Date.UTC(2026, 2, 2, 14, 6);

/** A world whose variable `SECRET` has the given value. */
export function worldOf(secret: string, written: string[] = [], noted: string[] = []): ChannelWorld {
  return {
    env: (name) => name === "SECRET" ? secret : undefined,
    readText: (path) => Deno.readTextFile(path),
    readBytes: (path) => Deno.readFile(path),
    appendLine,
    note: (text) => void noted.push(text),
    write: (text) => void written.push(text),
    colour: false,
    now: () => NOW,
  };
}

const NOTHING = { [Symbol.asyncDispose]: () => Promise.resolve() };

/** By the name of the channel: how to set it up. */
export const STAGES: Record<string, (behaviour?: Behaviour) => Promise<Stage>> = {
  console: () => {
    const written: string[] = [];
    return Promise.resolve({
      ...{ settings: { console: true }, world: worldOf("", written), ...NOTHING },
      ...{ received: () => written, keys: () => [] },
    });
  },
  email: async (behaviour = "accepts") => {
    const breakage = BREAKAGES[behaviour];
    if (breakage !== undefined) {
      const server = await startBrokenServer(breakage);
      return mailStage(server.port, server, { received: () => [], keys: () => [] });
    }
    const server = await startMailServer({
      login: { user: "deepscan", password: SECRET },
      ...MAIL_SERVERS[behaviour],
    });
    return mailStage(server.port, server, {
      received: () => server.mails.map(({ parsed }) => `${parsed.subject}\n${parsed.text}\n${parsed.html}`),
      keys: () => server.mails.map(({ parsed }) => String(parsed.headers.get("x-deepscan-key"))),
    });
  },
  slack: (behaviour) =>
    webhookStage("slack", behaviour, ({ body }) => JSON.parse(body).blocks[0].block_id ?? ""),
  webhook: (behaviour) =>
    webhookStage("webhook", behaviour, ({ headers }) => String(headers["idempotency-key"])),
  file: async () => {
    const folder = await Deno.makeTempDir(), path = `${folder}/alerts.jsonl`;
    const lines = () => Deno.readTextFileSync(path).trimEnd().split("\n");
    return {
      ...{ settings: { console: false, file: { path } }, world: worldOf(""), received: lines },
      keys: () => lines().map((line) => JSON.parse(line).key),
      [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
    };
  },
};

/** Behaviours of a server that speaks no protocol. */
const BREAKAGES: Partial<Record<Behaviour, "garbage" | "closes">> = {
  "garbage": "garbage",
  "closes before": "closes",
};

/** Behaviours of a mail server; it can't say when to come back. */
const MAIL_SERVERS: Partial<Record<Behaviour, MailServerOptions>> = {
  slow: { answer: () => ({ after: 300 }) },
  busy: { answer: () => ({ code: 421, text: `come back later, ${SECRET}` }) },
  fails: { answer: () => ({ code: 451, text: `local error in processing ${SECRET}` }) },
  refuses: { answer: () => ({ code: 554, text: `no such message, ${SECRET}` }) },
  hangs: { answer: () => "hang" },
  "closes after": { answer: () => "die" },
};

/** Behaviours of a web server. */
const ANSWERS: Partial<Record<Behaviour, ReceiverAnswer>> = {
  accepts: { status: 200 },
  slow: { status: 200, after: 300 },
  busy: { status: 429, headers: { "retry-after": "7" }, body: `slow down, ${SECRET}` },
  "busy until": { status: 503, headers: { "retry-after": new Date(NOW + 90_000).toUTCString() } },
  fails: { status: 500, body: `no route for /${SECRET} at all` },
  refuses: { status: 400, body: `invalid_payload ${SECRET}` },
  hangs: "hang",
  "closes after": "die",
};

function mailStage(port: number, server: AsyncDisposable, seen: Pick<Stage, "received" | "keys">): Stage {
  const email = {
    ...{ host: "127.0.0.1", port, security: "none" as const, user: "deepscan", password_env: "SECRET" },
    ...{ from: "DeepScan <deepscan@example.com>", to: ["ops@example.com"] },
  };
  return {
    ...{ settings: { console: false, email }, world: worldOf(SECRET), ...seen },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function webhookStage(
  name: "slack" | "webhook",
  behaviour: Behaviour = "accepts",
  keyOf: (post: Awaited<ReturnType<typeof startWebhookReceiver>>["posts"][number]) => string,
): Promise<Stage> {
  const breakage = BREAKAGES[behaviour];
  const secret = name === "webhook" ? { secret_env: "SECRET" } : {};
  const settingsOf = (host: string) => ({
    console: false,
    [name]: { webhook_env: "SECRET", host, ...secret },
  });
  if (breakage !== undefined) {
    const server = await startBrokenServer(breakage), host = `127.0.0.1:${server.port}`;
    return {
      ...{ settings: settingsOf(host), world: worldOf(`http://${host}/${SECRET}`) },
      ...{ received: () => [], keys: () => [] },
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  }
  const receiver = await startWebhookReceiver(() => ANSWERS[behaviour]!);
  return {
    ...{ settings: settingsOf(receiver.host), world: worldOf(`${receiver.address}/${SECRET}`) },
    received: () => receiver.posts.map((post) => post.body),
    keys: () => receiver.posts.map(keyOf),
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}
