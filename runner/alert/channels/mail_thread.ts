/**
 * How mails about one incident come to stand together in a mail program.
 *
 * Programs go by `References` and `In-Reply-To` (RFC 5322, 3.6.4; J. Zawinski, *message threading*): the first mail about an incident has
 * a Message-ID that is made of the incident, every later one names it. Gmail also wants the subject to be the same but for `Re:`, so later
 * ones have that of the first, whatever has changed since; what has changed is the first thing that their text says. Where the first one
 * was never sent by itself (it came in a summary), the later ones stand together all the same: they name the same mail.
 *
 * @module
 */
import type { Message } from "../message.ts";
import { isFollowUp } from "../message_kind.ts";

/** What makes a mail part of a thread. */
export interface MailThread {
  messageId: string;
  subject: string;
  /** The first mail; absent in it, and where a mail stands alone. */
  inReplyTo?: string;
  references?: string;
}

/** What a thread is made of. */
export interface ThreadOptions {
  /** Identity of the message. */
  key: string;
  /** Name of the channel: two receivers are told by different mails. */
  channel: string;
  /** Sender, whose domain identities get. */
  from: string;
}

/**
 * Identity and subject of the mail about a message, and what it follows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { threadOf } from "./mail_thread.ts";
 *
 * const options = { key: "k2", channel: "email", from: "DeepScan <deepscan@example.com>" };
 * const message = { title: "[high] shop: disk full, over", topic: "[high] shop: disk full", incident: "0a1b", number: 1 };
 * assert.deepEqual(threadOf(message, options), {
 *   messageId: "<k2@example.com>",
 *   subject: "Re: [high] shop: disk full",
 *   inReplyTo: "<incident.0a1b.email@example.com>",
 *   references: "<incident.0a1b.email@example.com>",
 * });
 * ```
 */
export function threadOf(
  message: Pick<Message, "title" | "topic" | "incident" | "number" | "group">,
  { key, channel, from }: ThreadOptions,
): MailThread {
  const { title, topic = title, incident, group } = message;
  if (incident === undefined) return { messageId: messageId(key, from), subject: title };
  const first = messageId(`incident.${incident}.${channel}`, from);
  // Of a group that had to be sent one by one only the first alert opens the thread: programs show one mail of an identity.
  if (!isFollowUp(message) && (group?.place ?? 0) === 0) return { messageId: first, subject: topic };
  return { messageId: messageId(key, from), subject: `Re: ${topic}`, inReplyTo: first, references: first };
}

/**
 * The Message-ID (RFC 5322, 3.6.4) of the mail with that key: a mail that comes again has the same, and is recognisable.
 *
 * @param key Identity of the message.
 * @param from Sender, whose domain it gets.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { messageId } from "./mail_thread.ts";
 *
 * assert(messageId("0a1b.email", "Ops <ops@example.com>") === "<0a1b.email@example.com>");
 * ```
 */
export function messageId(key: string, from: string): string {
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? "deepscan.invalid";
  return `<${key.replace(/[^\w.-]/g, "-")}@${domain}>`;
}
