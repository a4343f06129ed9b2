/**
 * All kinds of channel, and those that the settings ask for.
 *
 * @module
 */
import type { AddresseesConfig } from "../../config/schema.ts";
import { type Channel, ChannelError, type ChannelKind, type ChannelWorld } from "./channel.ts";
import { channelName } from "../../config/channel_names.ts";
import { consoleChannel } from "./console.ts";
import { emailChannel } from "./email.ts";
import { fileChannel } from "./file.ts";
import { slackChannel } from "./slack.ts";
import { webhookChannel } from "./webhook.ts";

/** Every kind of channel, in the order in which they are tried. */
export const CHANNELS: readonly ChannelKind[] = [
  consoleChannel,
  emailChannel,
  slackChannel,
  webhookChannel,
  fileChannel,
];

/** A channel that the settings ask for. */
interface Asked {
  kind: ChannelKind;
  /** What it is called: {@linkcode channelNames} has the same. */
  name: string;
  settings: Partial<AddresseesConfig["channels"]>;
}

/** Channels by name, and why some of them can't be used. */
export interface OpenedChannels {
  /** One that can't be opened is there too: it fails whatever it is given. */
  channels: Map<string, Channel>;
  /** Errors of those that can't be opened; they name the variable or file, never a secret. */
  errors: ChannelError[];
}

/**
 * The channels that the settings ask for, those of receivers as `payments.email`. Each is opened by itself: one that can't be opened
 * silences no other.
 *
 * @param only Names of those that are wanted; default: all.
 */
export async function openChannels(
  settings: AddresseesConfig,
  world: ChannelWorld,
  only?: readonly string[],
): Promise<OpenedChannels> {
  const channels = new Map<string, Channel>(), errors: ChannelError[] = [];
  for (const { kind, name, settings: own } of askedOf(settings)) {
    if (only !== undefined && !only.includes(name)) continue;
    try {
      const channel = await kind.open(own, world, name);
      if (channel !== null) channels.set(name, channel);
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      errors.push(error);
      channels.set(name, brokenChannel(name, error));
    }
  }
  return { channels, errors };
}

function askedOf({ channels, receivers }: AddresseesConfig): Asked[] {
  return CHANNELS.flatMap((kind) => [
    { kind, name: kind.name, settings: channels },
    ...Object.entries(receivers).map(([receiver, settings]) => {
      return { kind, name: channelName(receiver, kind.name), settings };
    }),
  ]);
}

function brokenChannel(name: string, error: ChannelError): Channel {
  return { name, spacing: 0, send: () => Promise.reject(error) };
}
