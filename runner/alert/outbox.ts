/**
 * From opened alerts to sent messages.
 *
 * Messages are put into the outbox in the same transaction as their alerts ({@linkcode planDeliveries}), and taken from it
 * afterwards ({@linkcode deliver}). A message's key is made of its alert and channel, so it is never in the outbox twice.
 *
 * *Each is sent once*, but for one moment that no sender can close: when the process dies after the channel has accepted
 * a message and before that is on disk, the next run sends it again, with the same key. The key is what makes the repeat
 * recognisable: it is the mail's Message-ID and the webhook's Idempotency-Key. Slack knows no such key.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Alert } from "./alert.ts";
import { type Channel, ChannelError } from "./channels/channel.ts";
import { messageOf, type MessageOptions, parseMessage, summaryOf } from "./message.ts";
import { SEVERITIES } from "./severity.ts";

/** A message that must be sent. */
export interface PlannedDelivery {
  key: string;
  alert: string;
  channel: string;
  payload: string;
  /** Milliseconds since the epoch; not sent before. */
  dueAt: number;
}

/** A message in the outbox, with its history. */
export interface DueDelivery extends PlannedDelivery {
  attempts: number;
  lastError: string;
}

/** Where messages wait; `State` in `lib/store` is one. */
export interface Outbox {
  dueDeliveries(now: number): DueDelivery[];
  delivered(key: string, now: number): void;
  failed(key: string, error: string, nextAt: number, dead: boolean): void;
}

/** What {@linkcode planDeliveries} must know. */
export interface PlanOptions extends MessageOptions {
  /** Names of the channels to tell. */
  channels: readonly string[];
  /** Time of the plan, ms since the epoch. */
  now: number;
  /** Alerts that may be sent one by one; the rest comes as one summary. Default: no limit. */
  limit?: number;
}

/** Name of the message to `channel` with identity `id`: the same whenever it is planned again. */
export function deliveryKey(id: string, channel: string): string {
  return `${id}.${channel}`;
}

/**
 * The messages to put into the outbox for alerts that were opened: one an alert and channel, most severe first; beyond
 * the limit, one summary a channel.
 *
 * @param opened Alerts that a person must be told of.
 */
export function planDeliveries(opened: readonly Alert[], options: PlanOptions): PlannedDelivery[] {
  const { channels, now: dueAt, limit = Infinity } = options;
  const urgency = (alert: Alert) => SEVERITIES.indexOf(alert.severity);
  const sorted = [...opened].sort((a, b) =>
    urgency(b) - urgency(a) || b.score - a.score || (a.id < b.id ? -1 : 1)
  );
  const single = sorted.slice(0, Math.max(0, limit)), rest = sorted.slice(single.length);
  const messages = single.map((alert) => ({ id: alert.id, message: messageOf(alert, options) }));
  if (rest.length > 0) messages.push({ id: summaryId(rest), message: summaryOf(rest, options) });
  return channels.flatMap((channel) =>
    messages.map(({ id, message }) => ({
      key: deliveryKey(id, channel),
      alert: message.alert,
      channel,
      payload: JSON.stringify(message),
      dueAt,
    }))
  );
}

function summaryId(alerts: readonly Alert[]): string {
  const ids = alerts.map((alert) => alert.id).sort().join(" ");
  return `summary-${createHash("sha256").update(ids).digest("hex").slice(0, 16)}`;
}

/** How {@linkcode deliver} goes about it. Clock, dice and waiting are passed in. */
export interface DeliverOptions {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** A number in [0, 1). */
  random: () => number;
  /** Resolves after so many ms. */
  wait: (milliseconds: number) => Promise<void>;
  /** Tries before a message is set aside as dead. */
  attempts: number;
  /** Wait after the first failure, ms; it doubles with each. */
  firstDelay: number;
  /** The wait grows no longer than this, ms. */
  longestDelay: number;
  /** How long a channel may take to answer, ms. */
  timeout: number;
}

/** What became of the messages that were due. */
export interface DeliveryReport {
  sent: { key: string; answer: string }[];
  /** To be tried again. */
  failed: { key: string; error: string; nextAt: number }[];
  /** Given up. */
  dead: { key: string; error: string }[];
  /** Not tried, because their channel had just failed or is not there; they stay due. */
  held: string[];
}

/**
 * Sends what is due. A channel that fails is left alone for the rest of this call: its other messages stay due and lose
 * no attempt, so an outage costs one time-out a run.
 *
 * @param channels By name; a message to a channel that is not there is held.
 */
export async function deliver(
  outbox: Outbox,
  channels: ReadonlyMap<string, Channel>,
  options: DeliverOptions,
): Promise<DeliveryReport> {
  const report: DeliveryReport = { sent: [], failed: [], dead: [], held: [] };
  const resting = new Set<string>(), lastSent = new Map<string, number>();
  for (const delivery of outbox.dueDeliveries(options.now())) {
    const channel = channels.get(delivery.channel);
    if (channel === undefined || resting.has(channel.name)) {
      report.held.push(delivery.key);
      continue;
    }
    await space(channel, lastSent.get(channel.name), options);
    const outcome = await attempt(channel, delivery, options);
    lastSent.set(channel.name, options.now());
    if (typeof outcome === "string") {
      outbox.delivered(delivery.key, options.now());
      report.sent.push({ key: delivery.key, answer: outcome });
    } else {
      giveBack(outbox, delivery, outcome, options, report);
      if (!outcome.permanent) resting.add(channel.name);
    }
  }
  return report;
}

interface Failure {
  message: string;
  permanent: boolean;
  retryAfter: number;
}

/** The channel's answer, or how it failed. */
async function attempt(
  channel: Channel,
  delivery: DueDelivery,
  options: DeliverOptions,
): Promise<string | Failure> {
  try {
    const message = parseMessage(delivery.payload);
    return await channel.send(message, { key: delivery.key, timeout: options.timeout });
  } catch (error) {
    if (error instanceof ChannelError) return error;
    // An error that is no channel's own lies with the message: a damaged payload.
    const message = error instanceof Error ? error.message : String(error);
    return { message, permanent: error instanceof TypeError || error instanceof SyntaxError, retryAfter: 0 };
  }
}

async function space(channel: Channel, last: number | undefined, options: DeliverOptions): Promise<void> {
  if (last === undefined) return;
  const rest = last + channel.spacing - options.now();
  if (rest > 0) await options.wait(rest);
}

/** Puts a message back to be tried again, or sets it aside. */
function giveBack(
  outbox: Outbox,
  delivery: DueDelivery,
  failure: Failure,
  options: DeliverOptions,
  report: DeliveryReport,
): void {
  const attempts = delivery.attempts + 1;
  const dead = failure.permanent || attempts >= options.attempts;
  const nextAt = options.now() + Math.max(backOff(attempts, options), failure.retryAfter);
  outbox.failed(delivery.key, failure.message, nextAt, dead);
  if (dead) report.dead.push({ key: delivery.key, error: failure.message });
  else report.failed.push({ key: delivery.key, error: failure.message, nextAt });
}

/**
 * Wait before the next try, ms: doubles with every failure up to the longest, half of it fixed, half of it chance, so that
 * many senders don't come back at once (M. Brooker, *Exponential Backoff and Jitter*, 2015: "equal jitter").
 *
 * @param attempts Failures so far, at least 1.
 */
export function backOff(
  attempts: number,
  options: Pick<DeliverOptions, "firstDelay" | "longestDelay" | "random">,
): number {
  const whole = Math.min(options.longestDelay, options.firstDelay * 2 ** (attempts - 1));
  return whole / 2 + (whole / 2) * options.random();
}
