/**
 * A sample to every channel, and what came back.
 *
 * @module
 */
import { type Channel, ChannelError } from "../alert/channels/channel.ts";
import { openChannels } from "../alert/channels/mod.ts";
import { channelWorld } from "../alert/channels/world.ts";
import { plainLine } from "../alert/plain_text.ts";
import { type Context, requirePlan } from "../context.ts";
import { alertTestOptions, testedChannels } from "./options.ts";
import { sampleMessage } from "./sample_message.ts";

/** What became of the sample on one channel. */
export interface ChannelTrial {
  channel: string;
  /** Everybody got it, some did, nobody did. */
  outcome: "accepted" | "partly" | "failed";
  /** What the other side answered, or why it failed. */
  answer: string;
  /** How long that took, ms. */
  took: number;
}

/** Sends the sample; returns 1 where somebody did not get it. */
export async function testChannels(args: string[], context: Context): Promise<number> {
  const { receiver, json } = alertTestOptions(args), { config: { alerts } } = requirePlan(context);
  const names = testedChannels(alerts, receiver);
  const world = channelWorld(context, json ? context.stderr : context.stdout);
  const { channels } = await openChannels(alerts, world, names);
  const width = Math.max(...names.map((name) => name.length)), trials: ChannelTrial[] = [];
  for (const name of names) {
    const trial = await tried(channels.get(name)!, context);
    trials.push(trial);
    if (!json) context.stdout(`${trialText(trial, width)}\n`);
  }
  if (json) context.stdout(`${JSON.stringify(trials)}\n`);
  return trials.every(({ outcome }) => outcome === "accepted") ? 0 : 1;
}

async function tried(channel: Channel, context: Context): Promise<ChannelTrial> {
  const { config: { alerts: { delivery: { timeout } } }, path } = requirePlan(context), now = context.now();
  const message = sampleMessage(channel.name, { now, settings: path ?? "" });
  const options = { key: `test-${now}.${channel.name}`, timeout };
  const outcome = await channel.send(message, options).then(
    ({ answer, remark }) => ({
      outcome: remark === "" ? "accepted" as const : "partly" as const,
      answer: [answer, remark].filter(Boolean).join("; "),
    }),
    (error) => {
      if (!(error instanceof ChannelError)) throw error;
      return { outcome: "failed" as const, answer: error.message };
    },
  );
  return { channel: channel.name, ...outcome, took: context.now() - now };
}

const WORDS = { accepted: "accepted", partly: "accepted, but not for all,", failed: "failed" };

function trialText({ channel, outcome, answer, took }: ChannelTrial, width: number): string {
  return `${channel.padEnd(width)}  ${WORDS[outcome]} after ${(took / 1000).toFixed(1)} s: ${
    plainLine(answer, 300)
  }`;
}
