/**
 * Sends what waits in the outbox.
 *
 * *Each message is sent once*, but for one moment that no sender can close: when the channel has accepted a message and its answer is
 * lost, or the process dies before that is on disk, it is sent again, with the same key. The key is what makes the repeat recognisable:
 * it is the mail's Message-ID and the webhook's Idempotency-Key. Slack knows no such key. So that it is the same, what may have
 * arrived is sent again as it was, whatever has come since: that follows by itself. Only where a part of what was told as one is given
 * up, or retried by hand, is the key another one: then the identities and severities of the alerts that every message lists tell.
 *
 * @module
 */
import { type Channel, ChannelError, type Receipt } from "./channels/channel.ts";
import { toldAsOne } from "./incident_message.ts";
import { type Message, parseMessage, type Program, withMeanings } from "./message.ts";
import type { DueDelivery, Outbox } from "./outbox.ts";
import { eachOnce, groupsOf, importanceOf, isUrgent, keyOf, type Parcel, sentBefore } from "./parcel.ts";
import { compareAlerts } from "./severity.ts";
import { summaryOf } from "./summary_message.ts";

/** Tries that a message gets at least, however old it is. */
const FEWEST_TRIES = 3;

/** A message that nobody will ever take. */
const REFUSED = { permanent: true, retryAfter: 0 };

/** How a {@linkcode Courier} goes about it. Clock, dice and waiting are passed in. */
export interface CourierOptions {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** A number in [0, 1). */
  random: () => number;
  /** Resolves after so many ms. */
  wait: (milliseconds: number) => Promise<void>;
  /** Age at which a message that can't be sent is given up, ms. */
  giveUpAfter: number;
  /** Wait after the first failure, ms; it doubles with each. */
  firstDelay: number;
  /** The wait grows no longer than this, ms. */
  longestDelay: number;
  /** How long a channel may take to answer, ms. */
  timeout: number;
  /** Messages that a channel gets one by one in a run; the rest comes as one summary. Default: no limit. */
  limit?: number;
  /** How to look further from a summary; default: as {@linkcode summaryOf} has it. */
  program?: Program | null;
  /** Whether a report is (still) there; a message without its report doesn't name it. Default: it is. */
  hasReport?: (path: string) => boolean;
}

/** What became of the messages that were due. */
export interface DeliveryReport {
  sent: { key: string; answer: string; remark: string }[];
  /** To be tried again. */
  failed: { key: string; error: string; nextAt: number }[];
  /** Given up. */
  dead: { key: string; error: string }[];
  /** Not tried, because their channel had just failed or is not there; they stay due. */
  held: string[];
}

/** How an attempt failed, as {@linkcode ChannelError} has it. */
type Failure = Pick<ChannelError, "message" | "permanent" | "retryAfter">;

/**
 * Sends the messages of one run, in as many goes as there is occasion for.
 *
 * A channel that fails is left alone for the rest of the run: its other messages stay due and lose no attempt, so an
 * outage costs one time-out a run. When it is over nobody is flooded: of an incident that has gone on meanwhile it is told once how it is
 * now, and what is old or beyond the limit waits for the last go and is sent as one summary.
 */
export class Courier {
  readonly report: DeliveryReport = { sent: [], failed: [], dead: [], held: [] };
  #resting = new Set<string>();
  #lastSent = new Map<string, number>();
  #oneByOne = new Map<string, number>();

  /** @param channels By name; a message to a channel that is not there is held. */
  constructor(
    private readonly outbox: Outbox,
    private readonly channels: ReadonlyMap<string, Channel>,
    private readonly options: CourierOptions,
  ) {}

  /** Whether {@linkcode sendUrgent} has anything to send. */
  hasUrgent(): boolean {
    return [...this.#due().values()].some((parcels) => parcels.some(isUrgent));
  }

  /** Sends what is due and severe, one by one: high and critical. The rest waits for {@linkcode sendAll}. */
  async sendUrgent(): Promise<void> {
    for (const [channel, parcels] of this.#due()) {
      if (!parcels.some(isUrgent)) continue;
      const fresh = await this.#sendAgain(parcels);
      const urgent = groupsOf(fresh).filter((group) => group.some(isUrgent));
      for (const group of urgent.slice(0, this.#left(channel))) await this.#send(group, toldAsOne);
    }
  }

  /** Sends whatever is due, most important first; beyond the limit, one summary a channel. */
  async sendAll(): Promise<void> {
    for (const [channel, parcels] of this.#due()) {
      const groups = groupsOf(await this.#sendAgain(parcels));
      const single = groups.filter((group) => group.some(({ message }) => !message.isOld)).slice(
        0,
        this.#left(channel),
      );
      const rest = groups.filter((group) => !single.includes(group)).flat();
      for (const group of single) await this.#send(group, toldAsOne);
      if (rest.length > 0) await this.#send(rest, this.#summarised);
    }
  }

  /** Sends what may have arrived already, as it was sent then, whatever the limit is; returns the others. */
  async #sendAgain(parcels: readonly Parcel[]): Promise<Parcel[]> {
    const again = sentBefore(parcels);
    for (const group of again) {
      await this.#send(group, groupsOf(group).length === 1 ? toldAsOne : this.#summarised);
    }
    return parcels.filter((parcel) => !again.some((group) => group.includes(parcel)));
  }

  readonly #summarised = (messages: readonly Message[]): Message => {
    const told = eachOnce(messages);
    return told.length === 1 ? told[0] : summaryOf(told, this.options.program);
  };

  /** What is due, by channel; messages that can't be read are set aside. */
  #due(): Map<string, Parcel[]> {
    this.report.held = [];
    const parcels = this.outbox.due(this.options.now()).flatMap((delivery) => {
      try {
        return [{ delivery, message: this.#shown(parseMessage(delivery.payload)) }];
      } catch (error) {
        this.#giveBack([delivery], { ...REFUSED, message: (error as Error).message });
        return [];
      }
    });
    parcels.sort((a, b) => compareAlerts(importanceOf(a), importanceOf(b)));
    return Map.groupBy(parcels, ({ delivery }) => delivery.channel);
  }

  #shown(message: Message): Message {
    const { hasReport } = this.options;
    return message.report === "" || hasReport === undefined || hasReport(message.report)
      ? message
      : { ...message, report: "" };
  }

  /** Messages that a channel may still get one by one. */
  #left(channel: string): number {
    return Math.max(0, (this.options.limit ?? Infinity) - (this.#oneByOne.get(channel) ?? 0));
  }

  /** Sends parcels to one channel as one message, as `told` makes it of theirs. */
  async #send(parcels: Parcel[], told: (messages: readonly Message[]) => Message): Promise<void> {
    const deliveries = parcels.map(({ delivery }) => delivery), [{ channel: name }] = deliveries;
    const channel = this.channels.get(name);
    if (channel === undefined) return this.#hold(deliveries);
    if (this.#resting.has(name)) return void this.report.held.push(...deliveries.map(({ key }) => key));
    await this.#space(channel);
    const key = keyOf(deliveries), isRepeat = deliveries.every(({ triedAs }) => triedAs === key);
    this.#mark(deliveries, key);
    const outcome = await this.#attempt(channel, key, told(parcels.map(({ message }) => message)));
    this.#lastSent.set(name, this.options.now());
    if ("answer" in outcome) {
      this.#note(deliveries, outcome.remark);
      this.report.sent.push({ key, ...outcome });
      if (parcels.length === 1 || told === toldAsOne) {
        this.#oneByOne.set(name, (this.#oneByOne.get(name) ?? 0) + 1);
      }
    } else if (outcome.permanent && parcels.length > 1 && told === toldAsOne) {
      for (const parcel of parcels) await this.#send([parcel], told); // one of them may be what is refused
    } else {
      if (!outcome.isDoubtful && !isRepeat) this.#mark(deliveries, "");
      this.#giveBack(deliveries, outcome);
      if (!outcome.permanent) this.#resting.add(name);
    }
  }

  /** The channel's answer, or how it failed. */
  async #attempt(channel: Channel, key: string, message: Message): Promise<Receipt | ChannelError> {
    try {
      return await channel.send(await withMeanings(message), { key, timeout: this.options.timeout });
    } catch (error) {
      if (error instanceof ChannelError) return error;
      const message = error instanceof Error ? error.message : String(error);
      return new ChannelError(message, { isDoubtful: true });
    }
  }

  /** Keeps under which key messages go out: from then on they may have arrived; none = they have not. */
  #mark(deliveries: DueDelivery[], as: string): void {
    this.outbox.transaction(() => deliveries.forEach(({ key }) => this.outbox.tried(key, as)));
  }

  #note(deliveries: DueDelivery[], remark: string): void {
    const now = this.options.now();
    this.outbox.transaction(() => deliveries.forEach(({ key }) => this.outbox.delivered(key, now, remark)));
  }

  /** Leaves messages to a channel that the settings don't name (any more) alone, until they are too old. */
  #hold(deliveries: DueDelivery[]): void {
    const now = this.options.now();
    const old = deliveries.filter(({ queuedAt }) => now - queuedAt >= this.options.giveUpAfter);
    const young = deliveries.filter((delivery) => !old.includes(delivery));
    this.report.held.push(...young.map(({ key }) => key));
    const message = `Cannot send: the settings name no channel ${deliveries[0].channel}`;
    if (old.length > 0) this.#giveBack(old, { ...REFUSED, message });
  }

  async #space(channel: Channel): Promise<void> {
    const last = this.#lastSent.get(channel.name), { now, wait } = this.options;
    const rest = last === undefined ? 0 : last + channel.spacing - now();
    if (rest > 0) await wait(Math.min(rest, channel.spacing)); // the clock may have been put back since
  }

  /** Puts messages back to be tried again, or sets them aside. */
  #giveBack(deliveries: DueDelivery[], { message, permanent, retryAfter }: Failure): void {
    const { giveUpAfter } = this.options, now = this.options.now();
    const tries = Math.max(...deliveries.map(({ attempts }) => attempts)) + 1;
    const nextAt = now + Math.max(backOff(tries, this.options), retryAfter); // one for all: they go together again
    this.outbox.transaction(() => {
      for (const { key, queuedAt, attempts } of deliveries) {
        const dead = permanent || (now - queuedAt >= giveUpAfter && attempts + 1 >= FEWEST_TRIES);
        this.outbox.failed(key, { error: message, now, nextAt, dead });
        if (dead) this.report.dead.push({ key, error: message });
        else this.report.failed.push({ key, error: message, nextAt });
      }
    });
  }
}

/**
 * Wait before the next try, ms: doubles with every failure up to the longest, half of it fixed, half of it chance, so that
 * many senders don't come back at once (M. Brooker, *Exponential Backoff and Jitter*, 2015: "equal jitter").
 *
 * @param attempts Failures so far, at least 1.
 */
export function backOff(
  attempts: number,
  options: Pick<CourierOptions, "firstDelay" | "longestDelay" | "random">,
): number {
  const whole = Math.min(options.longestDelay, options.firstDelay * 2 ** (attempts - 1));
  return whole / 2 + (whole / 2) * options.random();
}
