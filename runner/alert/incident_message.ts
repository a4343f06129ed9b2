/**
 * One message for the alerts of an incident that are told in the same run.
 *
 * @module
 */
import type { Alert } from "./alert.ts";
import { digest } from "./digest.ts";
import { type Incident, incidentText } from "./incidents.ts";
import type { Message, MessageGroup, ToldAlert } from "./message.ts";
import { isOver, kindOf } from "./message_kind.ts";
import { formatTime, plainLine } from "./plain_text.ts";
import { compareSeverity } from "./severity.ts";

/**
 * The group of each alert of an incident, by its identity; empty where the incident is one alert.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { messageGroups } from "./incident_message.ts";
 *
 * assert.equal(messageGroups({ id: "a", alerts: [], severity: "low", start: null, end: null }).size, 0);
 * ```
 */
export function messageGroups(incident: Incident): Map<string, MessageGroup> {
  const { alerts, severity, start } = incident;
  if (alerts.length < 2) return new Map();
  const id = digest(alerts.map((alert: Alert) => `${alert.id}.${alert.severity}`).sort().join(" "));
  const when = start === null ? "" : ` since ${formatTime(start)}`;
  const title = plainLine(`[${severity}] ${incidentText(incident)}${when}`, 280);
  return new Map(alerts.map((alert, place) => [alert.id, { id, place, title }]));
}

/**
 * The messages of one group as one: the first one's whole, what the errors of all mean, the titles of the others, and for programs
 * each of them whole.
 *
 * @param messages At least one.
 * @throws {RangeError} if there are none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { joinedMessage } from "./incident_message.ts";
 *
 * assert.throws(() => joinedMessage([]), /^RangeError: Cannot join messages: expected at least one, got none$/);
 * ```
 */
export function joinedMessage(messages: readonly Message[]): Message {
  if (messages.length === 0) throw new RangeError("Cannot join messages: expected at least one, got none");
  const [lead, ...others] = [...messages].sort((a, b) => (a.group?.place ?? 0) - (b.group?.place ?? 0));
  if (others.length === 0) return lead;
  return {
    ...lead,
    title: lead.group?.title ?? lead.title,
    severity: messages.map(({ severity }) => severity).reduce((a, b) => compareSeverity(a, b) >= 0 ? a : b),
    ratio: Math.max(...messages.map(({ ratio }) => ratio)),
    errors: messages.flatMap(({ errors = [] }) => errors),
    others: others.map(({ title }) => `with it: ${title}`),
    alerts: [lead, ...others].map(wholly),
  };
}

/**
 * Messages that are told as one: those of a group joined, those about one incident, which has gone on while they could not be sent, as the
 * last of them.
 *
 * @param messages At least one.
 */
export function toldAsOne(messages: readonly Message[]): Message {
  const [{ incident }] = messages;
  const isOne = incident !== undefined && messages.every((message) => message.incident === incident);
  return isOne ? caughtUp(messages) : joinedMessage(messages);
}

/**
 * What several messages about one incident come to: how it is now, told as what the first of them was for, where that is that it began or
 * became worse.
 *
 * @param messages At least one, in any order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { caughtUp } from "./incident_message.ts";
 *
 * const message = { alert: "a", stream: "shop", severity: "high" as const, ratio: 4, version: 2, isOld: false, facts: [], reasons: [],
 *   others: [], command: "", report: "", incident: "a" };
 * const opened = { ...message, kind: "opened" as const, number: 0, title: "[high] shop: slow" };
 * const resolved = { ...message, kind: "resolved" as const, number: 1, title: "[high] shop: slow, over", status: "resolved" as const };
 * const { kind, status, number, title } = caughtUp([resolved, opened]);
 * assert.deepEqual([kind, status, number, title], ["opened", "resolved", 0, "[high] shop: slow, over"]);
 * ```
 */
export function caughtUp(messages: readonly Message[]): Message {
  const inOrder = [...messages].sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  const first = inOrder[0], last = inOrder.at(-1)!, kinds = inOrder.map(kindOf);
  const isWorse = !isOver(last) && kinds.includes("worse");
  const kind = kinds[0] === "opened" ? "opened" : isWorse ? "worse" : kindOf(last);
  return { ...last, kind, number: first.number, isOld: inOrder.every(({ isOld }) => isOld) };
}

function wholly(message: Message): ToldAlert {
  const { alert, stream, severity, ratio, title, facts, reasons, errors, command } = message;
  return { alert, stream, severity, ratio, title, facts, reasons, errors, command };
}
