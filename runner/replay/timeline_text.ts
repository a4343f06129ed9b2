/**
 * A timeline for people: one line for each message.
 *
 * @module
 */
import { BADGES, OVER_BADGE } from "../alert/channels/console.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import { EVERYBODY } from "../alert/routes.ts";
import type { Config } from "../config.ts";
import { channelNames } from "../config/channel_names.ts";
import type { TimelineEntry } from "./timeline.ts";

/** Characters of a time, and of why a message is sent. */
const TIME = "2026-03-02 14:05 UTC".length, KIND = "resolved".length;
/** Characters of whom it goes to, at the most. */
const WHOM = 28;

/** How lines are written. */
export interface LineOptions {
  /** Whether colours may be used. */
  colour: boolean;
  /** Characters of a line; default: as many as it takes. */
  columns?: number;
}

/** Writes lines whose columns stand below each other. */
export class TimelineText {
  readonly #whom: number;

  constructor({ alerts }: Pick<Config, "alerts">, private readonly options: LineOptions) {
    const all = [EVERYBODY, ...Object.keys(alerts.receivers)].flatMap((receiver) => {
      const channels = channelNames(alerts, receiver === EVERYBODY ? undefined : receiver);
      return channels.length === 0 ? [] : [whomText(receiver, channels), whomText(receiver, [])];
    });
    this.#whom = Math.min(WHOM, Math.max(0, ...all.map(({ length }) => length)));
  }

  /** The line of a message, or of what was kept back. */
  line({ at, type, receiver, channels, kind, severity, status, title, why }: TimelineEntry): string {
    const { colour, columns = Infinity } = this.options;
    const head = [
      formatTime(at).padEnd(TIME),
      (type === "held" ? "held" : kind).padEnd(KIND),
      plainLine(whomText(receiver, channels), WHOM).padEnd(this.#whom),
    ].join("  ");
    const reason = type === "held" ? `${plainLine(why, 100)}: ` : "";
    const text = plainLine(`${reason}${title}`, Math.min(500, Math.max(20, columns - head.length - 3)));
    if (!colour) return `${head}  ${text}`;
    const code = type === "held" ? "2" : status === "resolved" ? OVER_BADGE : BADGES[severity];
    return `${head}  \x1b[${code}m${text}\x1b[0m`;
  }
}

/** Whom a message goes to, and by which ways: `payments: email, slack`. */
export function whomText(receiver: string, channels: readonly string[]): string {
  if (receiver === EVERYBODY) return channels.length === 0 ? "everybody" : channels.join(", ");
  const ways = channels.map((name) => name.slice(receiver.length + 1));
  return ways.length === 0 ? receiver : `${receiver}: ${ways.join(", ")}`;
}
