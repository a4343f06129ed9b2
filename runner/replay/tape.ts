/**
 * Channels that send nothing: what they are handed is written down.
 *
 * @module
 */
import type { State } from "../../lib/mod.ts";
import type { Channel } from "../alert/channels/channel.ts";
import { Courier } from "../alert/courier.ts";
import type { Message } from "../alert/message.ts";
import { isOver, kindOf } from "../alert/message_kind.ts";
import { EVERYBODY } from "../alert/routes.ts";
import type { Config } from "../config.ts";
import { channelNames } from "../config/channel_names.ts";
import type { TimelineEntry } from "./timeline.ts";

/**
 * All channels of the settings, as a tape. What is due goes to them as a run would send it: what is told as one as one, what is too
 * much as a summary.
 */
export class Tape {
  readonly #alerts: Config["alerts"];
  readonly #channels: ReadonlyMap<string, Channel>;
  #heard: { receiver: string; channel: string; message: Message }[] = [];

  constructor({ alerts }: Pick<Config, "alerts">) {
    const names = [EVERYBODY, ...Object.keys(alerts.receivers)].flatMap((receiver) =>
      channelNames(alerts, receiver === EVERYBODY ? undefined : receiver).map((name) => ({ receiver, name }))
    );
    this.#alerts = alerts;
    this.#channels = new Map(names.map(({ receiver, name }) => [name, this.#channel(receiver, name)]));
  }

  /**
   * Sends what is due and returns what was heard, a line for each message of a receiver.
   *
   * @param now The clock of people, ms since the epoch.
   */
  async record({ deliveries }: State, now: number): Promise<TimelineEntry[]> {
    if (deliveries.due(now).length === 0) return [];
    const { max_per_run: limit, delivery: { timeout, give_up_after } } = this.#alerts;
    this.#heard = [];
    const courier = new Courier(deliveries, this.#channels, {
      ...{ timeout, limit, giveUpAfter: give_up_after, firstDelay: 0, longestDelay: 0, program: null },
      now: () => now,
      random: () => 0,
      wait: () => Promise.resolve(),
    });
    await courier.sendAll();
    return this.#entries(now);
  }

  #channel(receiver: string, name: string): Channel {
    const send = (message: Message) => {
      this.#heard.push({ receiver, channel: name, message });
      return Promise.resolve({ answer: "noted", remark: "" });
    };
    return { name, spacing: 0, send };
  }

  /** The ways by which a receiver gets one message are one line. */
  #entries(at: number): TimelineEntry[] {
    const same = Map.groupBy(
      this.#heard,
      ({ receiver, message }) => `${receiver} ${JSON.stringify(message)}`,
    );
    return [...same.values()].map((heard) => {
      const [{ receiver, message }] = heard;
      return {
        ...{ at, type: "message", receiver, channels: heard.map(({ channel }) => channel) },
        ...{ kind: kindOf(message), status: isOver(message) ? "resolved" : "firing" },
        ...{ severity: message.severity, stream: message.stream, incident: message.incident ?? null },
        ...{ number: message.number ?? 0, title: message.title, others: message.others },
        why: message.heldBack ?? "",
      };
    });
  }
}
