/**
 * Alerts in Slack, by an incoming webhook.
 *
 * A webhook can't answer in a thread: a message about an incident that was told before says which one it goes on with. The header's
 * `block_id` is the message's key, by which a program that reads the channel can tell a repeat.
 *
 * Limits by Slack's documentation: text of a section 3,000 characters, of a header 150, a field 2,000, a `block_id` 255; 50 blocks;
 * about one message a second, else 429 with `Retry-After`.
 *
 * @module
 */
import { meaningHeading, meaningLines } from "../meanings.ts";
import { type Message, type MessageReason, toldAlerts } from "../message.ts";
import { isFollowUp, isOver, standingWord } from "../message_kind.ts";
import type { Severity } from "../severity.ts";
import type { ChannelKind } from "./channel.ts";
import { post } from "./http.ts";
import { readWebhook } from "./secret.ts";

const HEADER_LIMIT = 150, SECTION_LIMIT = 3000, ID_LIMIT = 255, OTHERS_SHOWN = 20, IDENTITIES_SHOWN = 100;

const SIGNS: Record<Severity, string> = {
  low: ":large_blue_circle:",
  medium: ":large_yellow_circle:",
  high: ":red_circle:",
  critical: ":rotating_light:",
};

const RESOLVED = ":white_check_mark:";

/** The Slack channel. */
export const slackChannel: ChannelKind = {
  name: "slack",
  title: "sends alerts to a Slack channel by an incoming webhook",
  open: async ({ slack }, world, name = "slack") => {
    if (slack === undefined) return null;
    const place = { env: slack.webhook_env, file: slack.webhook_file, host: slack.host };
    const url = await readWebhook(name, place, world);
    return {
      name,
      spacing: 1000,
      send: (message, options) =>
        post({
          channel: name,
          url,
          headers: { "content-type": "application/json; charset=utf-8" },
          body: JSON.stringify(slackPayload(message, options.key)),
          accepts: isSlack,
          now: () => world.now(),
        }, options),
    };
  },
};

/** Slack and what is like it answers `ok` or JSON; a page is somebody else's, such as a proxy's that wants a login. */
function isSlack(answer: string): boolean {
  return !answer.trimStart().startsWith("<");
}

/** A block of Slack's Block Kit. */
export type SlackBlock = Record<string, unknown> & { type: string };

/**
 * A message as Slack takes it: blocks, and a text for notifications.
 *
 * @param key Identity of the message; default: none is said.
 */
export function slackPayload(message: Message, key = ""): { text: string; blocks: SlackBlock[] } {
  const facts = message.facts.map((fact) => `*${fact.name}*  ${plain(fact.value)}`);
  const header = { type: "plain_text", text: cut(headline(message), HEADER_LIMIT), emoji: true };
  const blocks: SlackBlock[] = [
    { type: "header", text: header, ...key !== "" && { block_id: cut(key, ID_LIMIT) } },
    ...contextLines(message).map((line) => contextOf([line])),
    section(facts),
  ];
  const { meanings = [] } = message;
  if (meanings.length > 0) {
    const lines = meanings.flatMap((meaning) =>
      meaningLines(meaning).map((line, i) => (i === 0 ? "• " : "    ") + plain(line))
    );
    blocks.push(section([`*${meaningHeading(meanings)}*`, ...lines]));
  }
  if (message.reasons.length > 0) {
    blocks.push({ type: "divider" }, ...message.reasons.map((reason) => section(reasonLines(reason))));
  }
  if (message.others.length > 0) blocks.push(section(otherLines(message.others)));
  const further = message.command === "" ? [] : [`Look further: ${code(message.command)}`];
  if (message.page) further.push(`Page: <${linkTarget(message.page)}>`);
  if (message.report !== "") further.push(`Report: ${code(message.report)}`);
  if (message.acknowledge) further.push(`Take care: ${code(message.acknowledge)}`);
  if (message.silence) further.push(`Silence: ${code(message.silence)}`);
  further.push(identityLine(message));
  blocks.push(contextOf(further));
  return { text: escapeMrkdwn(withWord(message)), blocks };
}

function contextOf(lines: readonly string[]): SlackBlock {
  return { type: "context", elements: [{ type: "mrkdwn", text: joinLines(lines, SECTION_LIMIT) }] };
}

/** The title, after why it is told. */
function withWord(message: Message): string {
  const word = standingWord(message);
  return word === "" ? message.title : `${word}: ${message.title}`;
}

function headline(message: Message): string {
  const sign = isOver(message) ? RESOLVED : SIGNS[message.severity];
  return `${sign} ${withWord(message).replaceAll(":", "\u2236")}`; // no emoji names out of log text
}

/** Below the header: which incident it goes on with, or the whole title where the header has no room for it. */
function contextLines(message: Message): string[] {
  if (isFollowUp(message)) return [followUpText(message)];
  return headline(message).length > HEADER_LIMIT ? [plain(message.title)] : [];
}

/** Which incident it goes on with, by the title that people know it by, and its identity. */
function followUpText({ topic, title, incident, number = 0 }: Message): string {
  return `Update ${number} to *${plain(topic ?? title)}* (${plain(incident ?? "")})`;
}

function reasonLines(reason: MessageReason): string[] {
  const seen = reason.firstSeen === "" ? "" : `, first seen ${reason.firstSeen}`;
  const lines = [`*${reason.percent} %*  ${code(reason.title)}`, plain(reason.counts + seen)];
  if (reason.example !== "") lines.push(`>${code(reason.example)}`);
  return lines;
}

function otherLines(others: readonly string[]): string[] {
  const shown = others.slice(0, OTHERS_SHOWN).map((other) => `• ${plain(other)}`);
  return others.length > OTHERS_SHOWN ? [...shown, `… and ${others.length - OTHERS_SHOWN} more`] : shown;
}

/** Identities of the alerts that a message tells. */
function identityLine(message: Message): string {
  const identities = toldAlerts(message).map(({ alert }) => alert),
    more = identities.length - IDENTITIES_SHOWN;
  const shown = identities.slice(0, IDENTITIES_SHOWN).join(", ");
  return `${identities.length > 1 ? "Alerts" : "Alert"}: ${plain(shown)}${
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

/** What Slack reads as bold, struck out, code and, beside a word, italics; and what looks like it and is not. */
const MARKS: Record<string, string> = { "*": "\u2217", "~": "\u223c", "`": "\u02cb", _: "\u02cd" };

/** Text outside a code span, as it is: `<*> of <*>` is not bold. */
function plain(text: string): string {
  return escapeMrkdwn(text.replace(/[*~`]|(?<!\w)_|_(?!\w)/g, (mark) => MARKS[mark]));
}

/** An address inside `<…>`, where `|` would begin the text of the link. */
function linkTarget(address: string): string {
  return escapeMrkdwn(address).replaceAll("|", "%7C");
}

/** Text for Slack's mrkdwn: without `&<>` it can hold no link, no mention and no command. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, limit - 1).replace(/[\ud800-\udbff]$|&\w*$/, "") + "…";
}
