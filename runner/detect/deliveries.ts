/**
 * Sending what is in the outbox, through the channels of the settings.
 *
 * @module
 */
import type { State } from "../../lib/mod.ts";
import type { Channel } from "../alert/channels/channel.ts";
import { openChannels } from "../alert/channels/mod.ts";
import { channelWorld } from "../alert/channels/world.ts";
import { Courier, type DeliveryReport } from "../alert/courier.ts";
import type { Program } from "../alert/message.ts";
import { shellWord } from "../alert/plain_text.ts";
import type { Config } from "../config.ts";
import { channelNames as namesOf } from "../config/channel_names.ts";
import type { Context, Plan } from "../context.ts";
import { traced } from "../health/tracing.ts";
import { pause } from "../pause.ts";

/** Names of the channels that the settings ask for. */
export function channelNames(config: Config): string[] {
  return namesOf(config.alerts);
}

/**
 * How a person looks further into what a run has found, wherever that person stands: the settings file is named, unless it
 * is the one that is taken without being named.
 */
export function programOf({ kind, path, config }: Plan, context: Context): Program {
  const usual = path === null || kind === "sample" || path === `${context.root}/deepscan.yaml`;
  return {
    command: "deno task deepscan",
    options: usual ? "" : `--config ${shellWord(path)}`,
    namesStream: config.streams.length > 1,
  };
}

/** How messages are sent. */
export interface PostOptions {
  config: Config;
  /** How to look further; `null` where nothing is kept to look at. */
  program: Program | null;
  /** Where the console channel prints. */
  write: (text: string) => void;
}

/** What became of the messages of a run. */
export interface Posted extends DeliveryReport {
  /** Why channels can't be used; empty where all can, or nothing was to be sent. */
  broken: string[];
}

/** A run that had nothing to send. */
export const NOTHING_SENT: Posted = { sent: [], failed: [], dead: [], held: [], broken: [] };

/** The messages of one run; channels are opened when there is something to send. */
export class Post {
  #courier: Courier | undefined;
  #broken: string[] = [];

  constructor(
    private readonly options: PostOptions,
    private readonly state: State,
    private readonly context: Context,
  ) {}

  /** Whether a message waits that people should not wait for. */
  async hasUrgent(): Promise<boolean> {
    return (await this.#opened())?.hasUrgent() ?? false;
  }

  /** Sends what people should not wait for: what is high or critical. */
  async sendUrgent(): Promise<void> {
    await (await this.#opened())?.sendUrgent();
  }

  /** Sends what is due; a message that can't be sent now stays in the outbox. */
  async sendAll(): Promise<Posted> {
    const courier = await this.#opened();
    await courier?.sendAll();
    return courier === undefined ? NOTHING_SENT : { ...courier.report, broken: this.#broken };
  }

  async #opened(): Promise<Courier | undefined> {
    if (this.#courier !== undefined) return this.#courier;
    if (this.state.deliveries.due(this.context.now()).length === 0) return undefined;
    return this.#courier = await this.#open();
  }

  async #open(): Promise<Courier> {
    const { config: { alerts }, program, write } = this.options, { now } = this.context;
    const { channels, errors } = await openChannels(alerts, channelWorld(this.context, write));
    this.#broken = errors.map(({ message }) => message);
    const { give_up_after, first_delay, longest_delay, timeout } = alerts.delivery;
    return new Courier(this.state.deliveries, tracedChannels(channels, this.context), {
      ...{ timeout, giveUpAfter: give_up_after, firstDelay: first_delay, longestDelay: longest_delay },
      ...{ limit: alerts.max_per_run, program, now, hasReport: isFile },
      random: Math.random,
      wait: pause,
    });
  }
}

/** Channels each of whose messages is a span where somebody traces. */
function tracedChannels(
  channels: ReadonlyMap<string, Channel>,
  context: Context,
): ReadonlyMap<string, Channel> {
  if (context.tracing === undefined) return channels;
  return new Map([...channels].map(([name, channel]): [string, Channel] => [name, {
    ...{ name: channel.name, spacing: channel.spacing },
    send: (message, options) => {
      const about = { "deepscan.channel": name, "deepscan.message": options.key };
      return traced(context, "send", about, () => channel.send(message, options));
    },
  }]));
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return true; // where `--report` says: it may only be written
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}

/** What a person must hear of the messages of a run. */
export function remarksOn({ sent, failed, dead, held, broken }: Posted): string[] {
  return [
    ...broken,
    ...sent.filter(({ remark }) => remark !== "").map(({ key, remark }) =>
      `sent, but not to all: ${key}: ${remark}`
    ),
    ...failed.map(({ key, error }) => `not sent yet: ${key}: ${error}`),
    ...dead.map(({ key, error }) => `given up: ${key}: ${error}`),
    ...(held.length === 0 ? [] : [
      `${held.length} ${
        held.length === 1 ? "message waits for its channel" : "messages wait for their channel"
      }`,
    ]),
  ];
}

/** Whether messages could not be sent for a reason that doesn't pass by itself. */
export function hasFailed({ broken, dead }: Posted): boolean {
  return broken.length > 0 || dead.length > 0;
}
