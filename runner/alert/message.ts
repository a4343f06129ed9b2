/**
 * An alert as a person reads it, before any channel gives it a shape: what, where, since when, how bad, why, how to look further.
 *
 * Everything that comes from a log line is already harmless plain text on one line ({@linkcode plainLine});
 * channels escape it for their own syntax.
 *
 * @module
 */
import type { Reason } from "../../lib/mod.ts";
import type { Alert } from "./alert.ts";
import { formatCount, formatTime, plainLine, shellWord } from "./plain_text.ts";
import type { Severity } from "./severity.ts";

/** Version of the saved form. */
export const MESSAGE_VERSION = 1;

/** One reason, ready to show. */
export interface MessageReason {
  /** The template's text or the level's name. */
  title: string;
  /** Part of the verdict, in whole per cent. */
  percent: number;
  /** `5 times, expected 0.2`. */
  counts: string;
  /** When the template was first seen; empty where it is known from training. */
  firstSeen: string;
  /** A redacted line; empty where there is none. */
  sample: string;
}

/** What a channel sends. Plain data, safe to keep in the outbox. */
export interface Message {
  version: number;
  /** Identity of the alert; of a summary, of its first alert. */
  alert: string;
  severity: Severity;
  /** One line: the subject of a mail, the first line elsewhere. */
  title: string;
  /** Names and values: stream, service, since when, how bad. */
  facts: { name: string; value: string }[];
  reasons: MessageReason[];
  /** Titles of further alerts that this message stands for. */
  others: string[];
  /** Command that shows the whole reasoning; empty without one. */
  command: string;
  /** Where the report is; empty without one. */
  report: string;
}

/** What a message says beside its alert. */
export interface MessageOptions {
  /** Path or address of the report; default: none. */
  report?: string;
  /** The program that explains a window; default `deno task deepscan`; empty where nothing is kept to explain. */
  program?: string;
}

/**
 * The message about one alert.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { raiseAlerts } from "./raise_alerts.ts";
 * import { messageOf } from "./message.ts";
 *
 * const verdict = { stream: "shop", key: "shop@a", kind: "window" as const, service: "shop", start: 0, end: 300_000,
 *   lines: 9, score: 4, threshold: 1, anomalous: true, reasons: [] };
 * const context = { lineage: "m1", window: 300_000, retention: 0, watermark: 0 };
 * const message = messageOf(raiseAlerts([verdict], [], context).opened[0]);
 * assert(message.title === "[medium] shop: anomalous since 1970-01-01 00:00 UTC");
 * ```
 */
export function messageOf(alert: Alert, options: MessageOptions = {}): Message {
  const { report = "", program = "deno task deepscan" } = options;
  return {
    version: MESSAGE_VERSION,
    alert: alert.id,
    severity: alert.severity,
    title: titleOf(alert),
    facts: factsOf(alert),
    reasons: alert.reasons.map(reasonOf),
    others: [],
    command: program === "" ? "" : `${program} explain ${shellWord(alert.worstKey)}`,
    report: plainLine(report, 500),
  };
}

/**
 * One message for alerts that are too many to be sent one by one.
 *
 * @param alerts At least one, most severe first.
 * @throws {RangeError} if there are none.
 */
export function summaryOf(alerts: readonly Alert[], options: MessageOptions = {}): Message {
  if (alerts.length === 0) throw new RangeError("Cannot summarise alerts: expected at least one, got none");
  const { report = "", program = "deno task deepscan" } = options;
  const streams = [...new Set(alerts.map((alert) => alert.stream))];
  return {
    version: MESSAGE_VERSION,
    alert: alerts[0].id,
    severity: alerts[0].severity,
    title: `[${alerts[0].severity}] ${alerts.length} more alerts, not sent one by one`,
    facts: [{ name: streams.length > 1 ? "Streams" : "Stream", value: plainLine(streams.join(", "), 300) }],
    reasons: [],
    others: alerts.map(titleOf),
    command: program === "" ? "" : `${program} alerts list`,
    report: plainLine(report, 500),
  };
}

/**
 * The message in a stored payload, as `JSON.stringify` wrote it.
 *
 * @throws {TypeError} if it is not a message of this version.
 */
export function parseMessage(payload: string): Message {
  const message = JSON.parse(payload) as Partial<Message>;
  if (message.version !== MESSAGE_VERSION) {
    throw new TypeError(`Cannot read message: expected version ${MESSAGE_VERSION}, got ${message.version}`);
  }
  const complete = typeof message.title === "string" && Array.isArray(message.facts) &&
    Array.isArray(message.reasons) && Array.isArray(message.others);
  if (!complete) {
    throw new TypeError(`Cannot read message: a field is missing or of the wrong type in ${message.alert}`);
  }
  return message as Message;
}

function titleOf(alert: Alert): string {
  const [leading] = alert.reasons;
  const place = alert.service === alert.stream ? alert.stream : `${alert.stream}/${alert.service}`;
  const what = leading === undefined ? "anomalous" : plainLine(reasonTitle(leading), 80);
  const when = alert.start === null ? "" : ` since ${formatTime(alert.start)}`;
  return plainLine(`[${alert.severity}] ${place}: ${what}${when}`, 180);
}

function factsOf(alert: Alert): Message["facts"] {
  const session = alert.kind === "session";
  const facts = [
    { name: "Stream", value: alert.stream },
    { name: "Service", value: alert.service },
    { name: session ? "Session" : "Window", value: windowsText(alert) },
    { name: "Since", value: formatTime(alert.start) },
    {
      name: "Until",
      value: alert.end === null ? "unknown time" : `${formatTime(alert.end)}, as far as judged`,
    },
    { name: "Score", value: scoreText(alert) },
    { name: "Lines", value: formatCount(alert.lines) },
  ];
  return facts.map(({ name, value }) => ({ name, value: plainLine(value, 300) }));
}

function windowsText(alert: Alert): string {
  const noun = alert.windows === 2 ? alert.kind : `${alert.kind}s`;
  return alert.windows > 1 ? `${alert.worstKey} and ${alert.windows - 1} more ${noun}` : alert.worstKey;
}

function scoreText(alert: Alert): string {
  const times = alert.score / alert.threshold;
  return `${formatCount(alert.score)} against a threshold of ${formatCount(alert.threshold)}` +
    (times >= 1e6 ? ", far above it" : `, ${formatCount(times)} times as high`);
}

/** What a reason is about, for people. */
export function reasonTitle(reason: Reason): string {
  return reason.kind === "level" ? `Lines of level ${reason.title}` : reason.title;
}

function reasonOf(reason: Reason): MessageReason {
  const times = `${formatCount(reason.actual)} ${reason.actual === 1 ? "time" : "times"}`;
  return {
    title: plainLine(reasonTitle(reason), 300),
    percent: Math.round(100 * reason.share),
    counts: `${times}, expected ${formatCount(reason.expected)}`,
    firstSeen: reason.firstSeen === null ? "" : formatTime(reason.firstSeen),
    sample: plainLine(reason.example, 500),
  };
}
