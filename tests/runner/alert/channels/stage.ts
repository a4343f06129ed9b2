/**
 * A channel with the real other side that it talks to.
 *
 * @module
 */
import type { ChannelsConfig } from "../../../../runner/config.ts";
import type { ChannelWorld } from "../../../../runner/alert/channels/channel.ts";
import { startMailServer } from "../../../services/mail_server.ts";
import { startWebhookReceiver } from "../../../services/webhook_receiver.ts";

/** The secret in everything that a stage sets up. */
export const SECRET = "hunter2-and-more/T0K3N";

/** Settings, the world around them, and what reached the other side as text. */
export interface Stage extends AsyncDisposable {
  settings: ChannelsConfig;
  world: ChannelWorld;
  /** What arrived, as a person would see its source. */
  received: () => string[];
}

/** A world whose variable `SECRET` has the given value. */
export function worldOf(secret: string, written: string[] = []): ChannelWorld {
  return {
    env: (name) => name === "SECRET" ? secret : undefined,
    readText: (path) => Deno.readTextFile(path),
    write: (text) => void written.push(text),
    colour: false,
    now: () => Date.UTC(2026, 2, 2, 14, 6),
  };
}

const NOTHING = { [Symbol.asyncDispose]: () => Promise.resolve() };

/** By the name of the channel: how to set it up. */
export const STAGES: Record<string, () => Promise<Stage>> = {
  console: () => {
    const written: string[] = [];
    const settings = { console: true };
    return Promise.resolve({ settings, world: worldOf("", written), received: () => written, ...NOTHING });
  },
  email: async () => {
    const server = await startMailServer();
    const email = {
      ...{ host: "127.0.0.1", port: server.port, security: "none" as const },
      ...{ from: "DeepScan <deepscan@example.com>", to: ["ops@example.com"] },
    };
    const received = () =>
      server.mails.map(({ parsed }) => `${parsed.subject}\n${parsed.text}\n${parsed.html}`);
    const dispose = () => server[Symbol.asyncDispose]();
    return {
      settings: { console: false, email },
      world: worldOf(""),
      received,
      [Symbol.asyncDispose]: dispose,
    };
  },
  slack: async () => {
    const receiver = await startWebhookReceiver();
    const settings = { console: false, slack: { webhook_env: "SECRET", host: receiver.host } };
    return webhookStage(receiver, settings);
  },
  webhook: async () => {
    const receiver = await startWebhookReceiver();
    const settings = { console: false, webhook: { webhook_env: "SECRET", host: receiver.host } };
    return webhookStage(receiver, settings);
  },
};

function webhookStage(
  receiver: Awaited<ReturnType<typeof startWebhookReceiver>>,
  settings: ChannelsConfig,
): Stage {
  return {
    settings,
    world: worldOf(`${receiver.address}/${SECRET}`),
    received: () => receiver.posts.map((post) => post.body),
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}
