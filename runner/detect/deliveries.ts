/**
 * Sending what is in the outbox, through the channels of the settings.
 *
 * @module
 */
import type { State } from "../../lib/mod.ts";
import { openChannels } from "../alert/channels/mod.ts";
import { deliver, type DeliveryReport } from "../alert/outbox.ts";
import type { Config } from "../config.ts";
import type { Context } from "../context.ts";

/** A run that had nothing to send. */
export const NOTHING_SENT: DeliveryReport = { sent: [], failed: [], dead: [], held: [] };

/** Names of the channels that the settings ask for. */
export function channelNames(config: Config): string[] {
  const { console: printed, ...others } = config.alerts.channels;
  const names = Object.entries(others).filter(([, settings]) => settings !== undefined).map(([name]) => name);
  return printed ? ["console", ...names] : names;
}

/** Sends what is due; a message that can't be sent now stays in the outbox. */
export async function sendDue(config: Config, state: State, context: Context): Promise<DeliveryReport> {
  const { attempts, first_delay, longest_delay, timeout } = config.alerts.delivery;
  if (state.dueDeliveries(context.now()).length === 0) return NOTHING_SENT;
  const channels = await openChannels(config.alerts.channels, {
    env: context.env,
    readText: (path) => Deno.readTextFile(path),
    write: context.stdout,
    colour: context.isTerminal && !context.env("NO_COLOR"),
    now: context.now,
  });
  return await deliver(state, channels, {
    ...{ attempts, timeout, firstDelay: first_delay, longestDelay: longest_delay, now: context.now },
    random: Math.random,
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
}
