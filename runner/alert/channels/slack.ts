/**
 * Alerts in Slack, by an incoming webhook.
 *
 * Limits by Slack's documentation: text of a section 3,000 characters, of a header 150, a field 2,000; 50 blocks;
 * about one message a second, else 429 with `Retry-After`.
 *
 * @module
 */
import { meaningHeading, meaningLines } from "../meanings.ts";
import { type Message, type MessageReason, toldAlerts } from "../message.ts";
import type { Severity } from "../severity.ts";
import type { ChannelKind } from "./channel.ts";
import { post } from "./http.ts";
import { readWebhook } from "./secret.ts";

const HEADER_LIMIT = 150, SECTION_LIMIT = 3000, OTHERS_SHOWN = 20, IDENTITIES_SHOWN = 100;

const SIGNS: Record<Severity, string> = {
  low: ":large_blue_circle:",
  medium: ":large_yellow_circle:",
  high: ":red_circle:",
  critical: ":rotating_light:",
};

/** The Slack channel. */
export const slackChannel: ChannelKind = {
  name: "slack",
  title: "sends alerts to a Slack channel by an incoming webhook",
  open: async ({ slack }, world) => {
    if (slack === undefined) return null;
    const place = { env: slack.webhook_env, file: slack.webhook_file, host: slack.host };
    const url = await readWebhook("slack", place, world);
    return {
      name: "slack",
      spacing: 1000,
      send: (message, options) =>
        post({
          channel: "slack",
          url,
          headers: { "content-type": "application/json; charset=utf-8" },
          body: JSON.stringify(slackPayload(message)),
          now: () => world.now(),
        }, options),
    };
  },
};

/** A block of Slack's Block Kit. */
export type SlackBlock = Record<string, unknown> & { type: string };

/** A message as Slack takes it: blocks, and a text for notifications. */
export function slackPayload(message: Message): { text: string; blocks: SlackBlock[] } {
  const facts = message.facts.map((fact) => `*${fact.name}*  ${escapeMrkdwn(fact.value)}`);
  const blocks: SlackBlock[] = [
    { type: "header", text: { type: "plain_text", text: cut(headline(message), HEADER_LIMIT), emoji: true } },
    section(facts),
  ];
  const { meanings = [] } = message;
  if (meanings.length > 0) {
    const lines = meanings.flatMap((meaning) =>
      meaningLines(meaning).map((line, i) => (i === 0 ? "• " : "    ") + escapeMrkdwn(line))
    );
    blocks.push(section([`*${meaningHeading(meanings)}*`, ...lines]));
  }
  if (message.reasons.length > 0) {
    blocks.push({ type: "divider" }, ...message.reasons.map((reason) => section(reasonLines(reason))));
  }
  if (message.others.length > 0) blocks.push(section(otherLines(message.others)));
  const further = message.command === "" ? [] : [`Look further: ${code(message.command)}`];
  if (message.report !== "") further.push(`Report: ${code(message.report)}`);
  further.push(identityLine(message));
  blocks.push({ type: "context", elements: [{ type: "mrkdwn", text: joinLines(further, SECTION_LIMIT) }] });
  return { text: escapeMrkdwn(message.title), blocks };
}

function headline(message: Message): string {
  return `${SIGNS[message.severity]} ${message.title.replaceAll(":", "\u2236")}`; // no emoji names out of log text
}

function reasonLines(reason: MessageReason): string[] {
  const seen = reason.firstSeen === "" ? "" : `, first seen ${reason.firstSeen}`;
  const lines = [`*${reason.percent} %*  ${code(reason.title)}`, escapeMrkdwn(reason.counts + seen)];
  if (reason.example !== "") lines.push(`>${code(reason.example)}`);
  return lines;
}

function otherLines(others: readonly string[]): string[] {
  const shown = others.slice(0, OTHERS_SHOWN).map((other) => `• ${escapeMrkdwn(other)}`);
  return others.length > OTHERS_SHOWN ? [...shown, `… and ${others.length - OTHERS_SHOWN} more`] : shown;
}

/** Identities of the alerts that a message tells. */
function identityLine(message: Message): string {
  const identities = toldAlerts(message).map(({ alert }) => alert),
    more = identities.length - IDENTITIES_SHOWN;
  const shown = identities.slice(0, IDENTITIES_SHOWN).join(", ");
  return `${identities.length > 1 ? "Alerts" : "Alert"}: ${escapeMrkdwn(shown)}${
    more > 0 ? ` and ${more} more` : ""
  }`;
}

function section(lines: readonly string[]): SlackBlock {
  return { type: "section", text: { type: "mrkdwn", text: joinLines(lines, SECTION_LIMIT) } };
}

/** Lines up to the limit: whole ones, so that no escape or code span is cut in two; at least one, cut plainly. */
function joinLines(lines: readonly string[], limit: number): string {
  let text = "";
  for (const line of lines) {
    if (text.length + line.length + 3 > limit) {
      return text === "" ? cut(line.replaceAll("`", ""), limit) : `${text}\n…`;
    }
    text += (text === "" ? "" : "\n") + line;
  }
  return text;
}

/** A code span; a backquote in it would end it. */
function code(text: string): string {
  return `\`${escapeMrkdwn(text).replaceAll("`", "\u02cb")}\``;
}

/** Text for Slack's mrkdwn: without `&<>` it can hold no link, no mention and no command. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, limit - 1).replace(/[\ud800-\udbff]$|&\w*$/, "") + "…";
}
