/**
 * Messages as they arrived at the other side, and what they told.
 *
 * @module
 */
import { type Message, toldAlerts } from "../../runner/alert/message.ts";
import type { Severity } from "../../runner/alert/severity.ts";
import { SEVERITIES } from "../../runner/config/alert_names.ts";
import type { MailAnswer, ReceivedMail } from "../services/mail_server.ts";
import type { ReceivedPost, ReceiverAnswer } from "../services/webhook_receiver.ts";

/** A message as it arrived. */
export interface Arrival {
  /** Its key: what the outbox calls it, and the other side knows a repeat by. */
  key: string;
  /** What else the other side knows a repeat by, where the key is another one because more is told: Message-ID; incident and number. */
  id: string;
  /** The incident that it is about, why it is sent, and whether that goes on. */
  incident: string;
  kind: string;
  isOver: boolean;
  /** What it tells: `ALERT.SEVERITY`. */
  told: string[];
  /** When it arrived, ms since the epoch. */
  at: number;
  /** What the other side answered. */
  answer: MailAnswer | ReceiverAnswer;
  /** The mails that it follows: `In-Reply-To` and `References`; empty = none. */
  follows: string[];
}

/** A mail as an arrival. */
export function mailArrival(
  { at, answer, parsed: { messageId = "", headers, inReplyTo, references } }: ReceivedMail,
): Arrival {
  const header = (name: string) => String(headers.get(`x-deepscan-${name}`));
  const listed = (name: string) => header(name).split(/,\s*/), severities = listed("severity");
  const told = listed("alert").map((alert, i) => `${alert}.${severities[i]}`);
  const isOver = header("status") === "resolved";
  return {
    key: header("key"),
    id: messageId,
    incident: header("incident"),
    kind: header("kind"),
    ...{ isOver, told, at, answer },
    follows: [inReplyTo ?? [], references ?? []].flat(),
  };
}

/** A post of a webhook as an arrival. */
export function postArrival({ headers, body, at, answer }: ReceivedPost): Arrival {
  const message: Message = JSON.parse(body), { incident = "", number, kind = "opened", status } = message;
  const told = toldAlerts(message).map(({ alert, severity }) => `${alert}.${severity}`);
  return {
    key: String(headers["idempotency-key"]),
    id: `${incident}.${number}`,
    incident,
    kind,
    isOver: status === "resolved",
    ...{ told, at, answer },
    follows: [],
  };
}

/** Of messages that a receiver knows as the same the first one, in the order of arrival. */
export function firstOnes(arrivals: readonly Arrival[]): Arrival[] {
  return [...Map.groupBy(arrivals, ({ id }) => id).values()].map(([first]) => first);
}

/** What was told of each alert at its most severe: `ALERT.SEVERITY`. */
export function mostSevere(arrivals: readonly Arrival[]): string[] {
  const sorted = arrivals.flatMap(({ told }) => told).sort((a, b) =>
    rankOf(a.split(".")[1]) - rankOf(b.split(".")[1])
  );
  return [...new Map(sorted.map((key) => [key.split(".")[0], key])).values()];
}

/** How severe a name says it is, from 0. */
export function rankOf(severity: string): number {
  return SEVERITIES.indexOf(severity as Severity);
}
