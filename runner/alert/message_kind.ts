/**
 * Why a message is sent, in words.
 *
 * @module
 */
import type { Message, MessageKind } from "./message.ts";

const WORDS: Record<Exclude<MessageKind, "opened" | "digest">, string> = {
  update: "Update",
  worse: "Worse",
  repeat: "Still going on",
  resolved: "Resolved",
  again: "Again",
};

/** Why a message is sent: {@linkcode MessageKind}, `opened` where it doesn't say. */
export function kindOf({ kind = "opened" }: Pick<Message, "kind">): MessageKind {
  return kind;
}

/** Whether what it tells is over: then or, where it was never told before, already. */
export function isOver({ kind, status }: Pick<Message, "kind" | "status">): boolean {
  return kind === "resolved" || status === "resolved";
}

/** Whether it is about an incident that people have been told about before. */
export function isFollowUp({ incident, number = 0 }: Pick<Message, "incident" | "number">): boolean {
  return incident !== undefined && number > 0;
}

/**
 * What a message that is not the first about its incident says of itself: why it comes, and what to. Empty for a first one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { standingText } from "./message_kind.ts";
 *
 * const message = { title: "[high] shop: disk full", kind: "resolved" as const, incident: "0a1b", number: 3 };
 * assert.equal(standingText(message), "Resolved: [high] shop: disk full");
 * assert.equal(standingText({ ...message, topic: "[low] shop: slow" }), "Resolved: [low] shop: slow");
 * assert.equal(standingText({ title: "[high] shop: disk full" }), "");
 * ```
 */
export function standingText(
  message: Pick<Message, "title" | "topic" | "kind" | "status" | "incident" | "number">,
): string {
  const word = standingWord(message);
  return word === "" ? "" : `${word}: ${message.topic ?? message.title}`;
}

/** Why it comes, in a word or three; empty for a first message of what goes on and a summary, whose titles say it. */
export function standingWord(
  message: Pick<Message, "kind" | "status" | "incident" | "number">,
): string {
  const kind = kindOf(message);
  if (kind === "digest") return "";
  if (kind === "opened" && isOver(message)) return "Over already";
  if (kind === "opened") return isFollowUp(message) ? WORDS.update : "";
  return WORDS[kind];
}
