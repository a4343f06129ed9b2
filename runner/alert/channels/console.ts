/**
 * Alerts where DeepScan runs: on the terminal, or wherever its output goes.
 *
 * @module
 */
import { meaningHeading, meaningLines } from "../meanings.ts";
import { type Message, type MessageReason, toldAlerts } from "../message.ts";
import { isOver, standingText } from "../message_kind.ts";
import type { Severity } from "../severity.ts";
import type { Channel, ChannelKind } from "./channel.ts";

/** SGR codes of a severity's badge. */
export const BADGES: Record<Severity, string> = {
  low: "1;34",
  medium: "1;33",
  high: "1;31",
  critical: "1;97;41",
};

/** The badge of what is over. */
export const OVER_BADGE = "1;32";

/** The console channel. */
export const consoleChannel: ChannelKind = {
  name: "console",
  title: "prints alerts where DeepScan runs",
  open: (settings, world, name = "console") => {
    if (!settings.console) return Promise.resolve(null);
    const channel: Channel = {
      name,
      spacing: 0,
      send: (message) => {
        world.write(consoleText(message, world.colour));
        return Promise.resolve({ answer: "printed", remark: "" });
      },
    };
    return Promise.resolve(channel);
  },
};

/**
 * A message as lines for a terminal.
 *
 * @param colour Whether colours may be used.
 */
export function consoleText(message: Message, colour: boolean): string {
  const paint = (code: string, text: string) => colour ? `\x1b[${code}m${text}\x1b[0m` : text;
  const width = Math.max(...message.facts.map((fact) => fact.name.length));
  const standing = standingText(message),
    badge = isOver(message) ? OVER_BADGE : BADGES[message.severity];
  const lines = [
    ...standing === "" ? [] : [paint(badge, standing)],
    ...standing.endsWith(`: ${message.title}`) ? [] : [paint(badge, message.title)],
    ...message.facts.map((fact) => `  ${paint("2", fact.name.padEnd(width))}  ${fact.value}`),
  ];
  const { meanings = [] } = message;
  if (meanings.length > 0) lines.push(`  ${paint("1", meaningHeading(meanings))}`);
  for (const meaning of meanings) {
    lines.push(...meaningLines(meaning).map((line, i) => `${i === 0 ? "    " : "      "}${line}`));
  }
  if (message.reasons.length > 0) lines.push(`  ${paint("1", "Why")}`);
  for (const reason of message.reasons) lines.push(...reasonLines(reason, paint));
  for (const other of message.others) lines.push(`    ${other}`);
  if (message.command !== "") {
    const identities = toldAlerts(message).map(({ alert }) => alert);
    lines.push(
      `  ${paint("2", identities.length > 1 ? "Alerts:" : "Alert:")} ${identities.join(", ")}`,
      `  ${paint("2", "Look further:")} ${message.command}`,
    );
  }
  if (message.page) lines.push(`  ${paint("2", "Page:")} ${message.page}`);
  if (message.report !== "") lines.push(`  ${paint("2", "Report:")} ${message.report}`);
  if (message.acknowledge) lines.push(`  ${paint("2", "Take care:")} ${message.acknowledge}`);
  if (message.silence) lines.push(`  ${paint("2", "Silence:")} ${message.silence}`);
  return lines.join("\n") + "\n\n";
}

function reasonLines(reason: MessageReason, paint: (code: string, text: string) => string): string[] {
  const seen = reason.firstSeen === "" ? "" : `, first seen ${reason.firstSeen}`;
  const lines = [
    `  ${`${reason.percent} %`.padStart(5)}  ${reason.title}`,
    `         ${reason.counts}${seen}`,
  ];
  if (reason.example !== "") lines.push(`         ${paint("2", `│ ${reason.example}`)}`);
  return lines;
}
