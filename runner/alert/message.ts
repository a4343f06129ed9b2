/**
 * An alert as a person reads it, before any channel gives it a shape: what, where, since when, how bad, why, how to look further.
 *
 * Everything that comes from a log line is already harmless plain text on one line ({@linkcode plainLine});
 * channels escape it for their own syntax.
 *
 * @module
 */
import { isAboutInput, type Reason, reasonTitle } from "../../lib/mod.ts";
import { type Alert, shownReasons } from "./alert.ts";
import { type ErrorMeaning, type ErrorText, errorTexts, readMeanings } from "./meanings.ts";
import { formatCount, formatRatio, formatTime, plainLine, shellWord } from "./plain_text.ts";
import type { Severity } from "./severity.ts";
import { countsText, detectorsText, nounOf, techniquesText, whatOf } from "./wording.ts";

/** Version of the saved form. */
export const MESSAGE_VERSION = 2;

/** One reason, ready to show. */
export interface MessageReason {
  /** What it is about: the template's text, or what else. */
  title: string;
  /** Part of the verdict, in whole per cent. */
  percent: number;
  /** `5 times, expected 0.2`, or what is said instead of counts. */
  counts: string;
  /** When the template was first seen; empty where it is known from training. */
  firstSeen: string;
  /** A redacted line, of another window where it says `last seen` or `such as`; empty where there is none. */
  example: string;
}

/** What a message is told together with. Plain data. */
export interface MessageGroup {
  /** Names the messages that are told as one: the same for the same ones. */
  id: string;
  /** Where this one stands among them: causes first, from 0. */
  place: number;
  /** What all of them come to, in one line. */
  title: string;
}

/** Why people are told: something began, changed, got worse, goes on, is over, came back, or several things at once. */
export type MessageKind = "opened" | "update" | "worse" | "repeat" | "resolved" | "again" | "digest";

/** Scores around an alert, small enough to travel with its message: what a picture in a mail is drawn of. */
export interface MessageChart {
  /** Start of the first span of time, ms since the epoch, and the length of each, ms. */
  start: number;
  size: number;
  /** The highest score in each span, divided by the threshold that it is compared with; `null` where nothing was judged. */
  ratios: (number | null)[];
  /** Indices of the spans with an anomalous window, ascending. */
  anomalous: number[];
}

/** An alert that a message tells, by itself: whole, or in a summary without what its facts, reasons and command are. */
export type ToldAlert =
  & Pick<Message, "alert" | "stream" | "severity" | "ratio" | "title">
  & Partial<Pick<Message, "facts" | "reasons" | "errors" | "meanings" | "command">>;

/** What a channel sends. Plain data, safe to keep in the outbox. */
export interface Message {
  version: number;
  /** Identity of the alert; of a summary, of its first alert. */
  alert: string;
  stream: string;
  severity: Severity;
  /** How many times the threshold the highest score is. */
  ratio: number;
  /** Whether it is told together with others, because nobody can do anything about it any more. */
  isOld: boolean;
  /** It is a trial of the way that messages go, no alert: `deepscan alerts test`. */
  isTest?: true;
  /** One line: the subject of a mail, the first line elsewhere. */
  title: string;
  /** Names and values: stream, service, since when, how bad. */
  facts: { name: string; value: string }[];
  reasons: MessageReason[];
  /** Templates among the reasons that may say what failed; taken out, and {@linkcode meanings} put in, when the message is sent. */
  errors?: ErrorText[];
  /** What failed, in plain words, causes before what followed from them; empty or absent where it can't be told. */
  meanings?: ErrorMeaning[];
  /** Titles of further alerts that this message stands for. */
  others: string[];
  /** Every alert that it tells, one entry each; absent where that is one alert, and the message itself the entry. */
  alerts?: ToldAlert[];
  /** What it is told together with; absent where it stands alone. */
  group?: MessageGroup;
  /** Why it is sent; default: `opened`. */
  kind?: MessageKind;
  /** Identity of the incident that it is about; absent where it is about several, or none. */
  incident?: string;
  /** Messages about that incident that came before this one, to the same receiver; default: 0. */
  number?: number;
  /** Title of the first message about that incident: what the mails of a thread share as their subject; default: {@linkcode title}. */
  topic?: string;
  /** What can be drawn of the alert; absent where its windows have no times. */
  chart?: MessageChart;
  /** Why it waited for a digest; absent where nothing held it back. */
  heldBack?: string;
  /** Whether it goes on, for programs: what is over when it is first seen is `opened` and `resolved` at once. Default: `firing`. */
  status?: "firing" | "resolved";
  /** Command that shows the whole reasoning; empty without one. */
  command: string;
  /** Command that silences the incident for a while; absent where nothing is kept. */
  silence?: string;
  /** Command that says that somebody takes care of it: no repeats then; absent where nothing is kept. */
  acknowledge?: string;
  /** Where the report is; empty without one. */
  report: string;
  /** Address of the incident's page of the dashboard; absent where the settings don't say where that is. */
  page?: string;
}

/** What a message says beside its alert. */
export interface MessageOptions {
  /** Path or address of the report; default: none. */
  report?: string;
  /** How to look further; default: {@linkcode LOOK_FURTHER}; `null` where nothing is kept to look at. */
  program?: Program | null;
  /** How severe the alert was when it was told before; default: it was not. */
  was?: Severity;
}

/** How a person calls the program that shows more, so that it looks at the state that this run writes. */
export interface Program {
  /** Words for a shell before the name of a subcommand. */
  command: string;
  /** Options behind it: `--config FILE`; empty where there are none. */
  options: string;
  /** Whether a key says which stream is meant only together with the stream's name. */
  namesStream: boolean;
}

/** The program without any option. */
export const LOOK_FURTHER: Program = { command: "deno task deepscan", options: "", namesStream: false };

/** The command line that explains an alert's worst window, or shows how its input does. */
export function explainCommand({ stream, worstKey, cause }: Alert, program: Program): string {
  if (isAboutInput(cause)) return [program.command, "health", program.options].filter(Boolean).join(" ");
  const named = program.namesStream ? `--stream ${shellWord(stream)}` : "";
  return [program.command, "explain", program.options, named, shellWord(worstKey)].filter(Boolean).join(" ");
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
  const { report = "", program = LOOK_FURTHER, was } = options;
  return {
    version: MESSAGE_VERSION,
    alert: alert.id,
    stream: alert.stream,
    isOld: false,
    severity: alert.severity,
    ratio: alert.score / alert.threshold,
    title: titleOf(alert, was),
    facts: factsOf(alert),
    reasons: shownReasons(alert).map(reasonOf),
    errors: errorTexts(shownReasons(alert)),
    others: [],
    command: program === null ? "" : explainCommand(alert, program),
    report: plainLine(report, 500),
  };
}

/** The message with what its errors mean, as it is sent; so are the alerts in it that are told whole. */
export async function withMeanings({ errors = [], alerts, ...message }: Message): Promise<Message> {
  const told = alerts && await Promise.all(alerts.map(withOwnMeanings));
  return { ...message, ...told && { alerts: told }, meanings: await readMeanings(errors) };
}

async function withOwnMeanings({ errors, ...alert }: ToldAlert): Promise<ToldAlert> {
  return errors === undefined ? alert : { ...alert, meanings: await readMeanings(errors) };
}

/**
 * The alerts that a message tells: what a receiver knows a repeat by, whatever it comes with, is identity and severity.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toldAlerts } from "./message.ts";
 *
 * const message = { alert: "0a1b", stream: "shop", severity: "high" as const, ratio: 4, title: "[high] shop: anomalous" };
 * assert.deepEqual(toldAlerts(message).map(({ alert, severity }) => `${alert}.${severity}`), ["0a1b.high"]);
 * ```
 */
export function toldAlerts(message: ToldAlert & Pick<Message, "alerts">): readonly ToldAlert[] {
  return message.alerts ?? [message];
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

/** The alert in one line. */
export function titleOf(alert: Alert, was?: Severity): string {
  const place = alert.service === alert.stream ? alert.stream : `${alert.stream}/${alert.service}`;
  const severity = was === undefined ? alert.severity : `${alert.severity}, was ${was}`;
  const when = alert.start === null ? "" : ` since ${formatTime(alert.start)}`;
  return plainLine(`[${severity}] ${place}: ${whatOf(alert)}${when}`, 280);
}

function factsOf(alert: Alert): Message["facts"] {
  const noun = nounOf(alert),
    ofWindows = noun === "input" ? [] : [
      { name: "Score", value: scoreText(alert) },
      { name: "Records", value: formatCount(alert.records) },
    ];
  const facts = [
    { name: "Stream", value: alert.stream },
    { name: "Service", value: alert.service },
    { name: `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`, value: windowsText(alert) },
    { name: "Since", value: formatTime(alert.start) },
    {
      name: "Until",
      value: alert.end === null ? "unknown time" : `${formatTime(alert.end)}, as far as judged`,
    },
    ...ofWindows,
    { name: "Raised by", value: detectorsText(alert.detectors) },
    { name: "Attack", value: techniquesText(shownReasons(alert)) },
  ].filter(({ value }) => value !== "");
  return facts.map(({ name, value }) => ({ name, value: plainLine(value, 300) }));
}

function windowsText(alert: Alert): string {
  const noun = alert.windows === 2 ? alert.kind : `${alert.kind}s`;
  return alert.windows > 1 ? `${alert.worstKey} and ${alert.windows - 1} more ${noun}` : alert.worstKey;
}

function scoreText(alert: Alert): string {
  const times = alert.score / alert.threshold;
  return `${formatCount(alert.score)} against a threshold of ${formatCount(alert.threshold)}` +
    `, ${formatRatio(times)} times as high`;
}

function reasonOf(reason: Reason): MessageReason {
  return {
    title: plainLine(reasonTitle(reason), 300),
    percent: Math.round(100 * reason.share),
    counts: countsText(reason),
    firstSeen: reason.firstSeen === null ? "" : formatTime(reason.firstSeen),
    example: exampleText(reason),
  };
}

/**
 * A line to show a reason by, marked where it is not of this window; empty without one.
 *
 * @param length Characters at the most; default 500.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exampleText } from "./message.ts";
 *
 * const reason = { actual: 2, example: "10:00 ERROR disk full" };
 * assert.equal(exampleText(reason), "10:00 ERROR disk full");
 * assert.equal(exampleText({ ...reason, exampleElsewhere: true }), "such as: 10:00 ERROR disk full");
 * assert.equal(exampleText({ ...reason, actual: 0 }), "last seen: 10:00 ERROR disk full");
 * ```
 */
export function exampleText(
  { actual, example, exampleElsewhere = false }: Pick<Reason, "actual" | "example" | "exampleElsewhere">,
  length = 500,
): string {
  if (example === "") return "";
  const mark = actual === 0 ? "last seen: " : exampleElsewhere ? "such as: " : "";
  return plainLine(`${mark}${example}`, length);
}
