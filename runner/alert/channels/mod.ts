/**
 * All kinds of channel, and those that the settings ask for.
 *
 * @module
 */
import type { ChannelsConfig } from "../../config/schema.ts";
import type { Channel, ChannelKind, ChannelWorld } from "./channel.ts";
import { consoleChannel } from "./console.ts";
import { emailChannel } from "./email.ts";
import { slackChannel } from "./slack.ts";
import { webhookChannel } from "./webhook.ts";

/** Every kind of channel, in the order in which they are tried. */
export const CHANNELS: readonly ChannelKind[] = [consoleChannel, emailChannel, slackChannel, webhookChannel];

/**
 * The channels that the settings ask for, by name.
 *
 * @throws {ChannelError} if a secret is not there or not of the right form; the message names its variable or file.
 */
export async function openChannels(
  settings: ChannelsConfig,
  world: ChannelWorld,
): Promise<Map<string, Channel>> {
  const channels = new Map<string, Channel>();
  for (const kind of CHANNELS) {
    const channel = await kind.open(settings, world);
    if (channel !== null) channels.set(channel.name, channel);
  }
  return channels;
}
