/**
 * All kinds of channel, and those that the settings ask for.
 *
 * @module
 */
import type { ChannelsConfig } from "../../config/schema.ts";
import { type Channel, ChannelError, type ChannelKind, type ChannelWorld } from "./channel.ts";
import { consoleChannel } from "./console.ts";
import { emailChannel } from "./email.ts";
import { slackChannel } from "./slack.ts";
import { webhookChannel } from "./webhook.ts";

/** Every kind of channel, in the order in which they are tried. */
export const CHANNELS: readonly ChannelKind[] = [consoleChannel, emailChannel, slackChannel, webhookChannel];

/** Channels by name, and why some of them can't be used. */
export interface OpenedChannels {
  /** One that can't be opened is there too: it fails whatever it is given. */
  channels: Map<string, Channel>;
  /** Errors of those that can't be opened; they name the variable or file, never a secret. */
  errors: ChannelError[];
}

/** The channels that the settings ask for. Each is opened by itself: one that can't be opened silences no other. */
export async function openChannels(settings: ChannelsConfig, world: ChannelWorld): Promise<OpenedChannels> {
  const channels = new Map<string, Channel>(), errors: ChannelError[] = [];
  for (const kind of CHANNELS) {
    try {
      const channel = await kind.open(settings, world);
      if (channel !== null) channels.set(channel.name, channel);
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      errors.push(error);
      channels.set(kind.name, brokenChannel(kind.name, error));
    }
  }
  return { channels, errors };
}

function brokenChannel(name: string, error: ChannelError): Channel {
  return { name, spacing: 0, send: () => Promise.reject(error) };
}
