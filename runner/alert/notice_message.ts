/**
 * What is said of an incident, whole: the message that a notice becomes.
 *
 * @module
 */
import type { Alert } from "./alert.ts";
import { deploymentText, type Mute } from "./holds.ts";
import { type Incident, incidentText, placeOf } from "./incidents.ts";
import type { Notice } from "./life.ts";
import { type Message, messageOf, type Program, titleOf, type ToldAlert } from "./message.ts";
import { formatTime, plainLine } from "./plain_text.ts";
import { compareSeverity } from "./severity.ts";

/** Alerts beside the one that leads whose titles a message shows. */
const SHOWN = 20;

/** What a message says beside its incident. */
export interface NoticeOptions {
  /** Title of the first message about the incident; empty = this is it. */
  topic?: string;
  /** Path or address of the report; default: none. */
  report?: string;
  /** Address of the dashboard, as people reach it; default: there is none. */
  pages?: string;
  /** How to look further; `null` = nothing is kept to look at. */
  program: Program | null;
  /** How often the same was there before, and when last; default: nobody knows. */
  before?: { count: number; last: number | null };
  /** The deployment behind which it began; default: none. */
  deployment?: Mute | null;
}

/**
 * The message about an incident that `notice` asks for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { incidentFrom } from "./incidents.ts";
 * import { noticeMessage } from "./notice_message.ts";
 * import { raiseAlerts } from "./raise_alerts.ts";
 *
 * const verdict = { stream: "shop", key: "shop@a", kind: "window" as const, service: "shop", start: 0, end: 300_000,
 *   lines: 9, score: 4, threshold: 1, anomalous: true, reasons: [] };
 * const context = { lineage: "m1", window: 300_000, retention: 0, watermark: 0 };
 * const { opened: [alert] } = raiseAlerts([verdict], [], context), incident = incidentFrom(alert.id, [alert]);
 * const notice = { kind: "opened" as const, number: 0, severity: "medium" as const, was: null, isOver: false, isFlapping: false,
 *   news: [alert.id] };
 * const { title, kind } = noticeMessage(incident, notice, { program: null });
 * assert.deepEqual([kind, title], ["opened", "[medium] shop: anomalous since 1970-01-01 00:00 UTC"]);
 * ```
 */
export function noticeMessage(incident: Incident, notice: Notice, options: NoticeOptions): Message {
  const { topic = "", report, pages, program, before, deployment = null } = options;
  const isFirst = notice.number === 0, news = new Set(isFirst ? [] : notice.news);
  const [lead, ...others] = newsFirst(incident.alerts, news);
  const title = noticeTitle({ ...incident, alerts: [lead, ...others] }, notice, news.has(lead.id));
  const message = messageOf(lead, { report, program });
  const isWhole = ({ id }: Alert) => isFirst || news.has(id);
  return {
    ...message,
    ...{ title, topic: topic === "" ? title : topic, severity: notice.severity },
    kind: isFirst && notice.kind === "resolved" ? "opened" : notice.kind,
    status: notice.isOver ? "resolved" : "firing",
    ...{ incident: incident.id, number: notice.number },
    ratio: Math.max(...incident.alerts.map(({ score, threshold }) => score / threshold)),
    facts: [
      ...message.facts.map((fact) => notice.isOver ? withoutDoubt(fact) : fact),
      ...furtherFacts({ before, deployment }),
    ],
    errors: incident.alerts.filter((alert) => alert === lead || isWhole(alert))
      .flatMap((alert) => messageOf(alert, { program }).errors ?? []),
    others: otherTitles(others, news),
    ...others.length > 0 && {
      alerts: [lead, ...others].map((alert) =>
        alert === lead || isWhole(alert)
          ? wholly(messageOf(alert, { program }))
          : briefly(messageOf(alert, { program }))
      ),
    },
    ...pages !== undefined && { page: pageOf(incident.id, pages) },
    ...program !== null && !notice.isOver && commandsFor(incident.id, program),
  };
}

/** Where the dashboard shows an incident. */
function pageOf(incident: string, pages: string): string {
  return `${pages.replace(/\/+$/, "")}/incidents/${encodeURIComponent(incident)}`;
}

/** Commands that silence an incident and that say who takes care of it. */
export function commandsFor(
  incident: string,
  { command, options }: Program,
): Pick<Message, "silence" | "acknowledge"> {
  const line = (...words: string[]) => [command, ...words, options].filter(Boolean).join(" ");
  return {
    silence: line("silence add --incident", incident, "--for 2h"),
    acknowledge: line("alerts ack", incident),
  };
}

/** What is new leads, the most severe of it first: that is why people are told. */
function newsFirst(alerts: readonly Alert[], news: ReadonlySet<string>): Alert[] {
  const fresh = alerts.filter(({ id }) => news.has(id)).sort((a, b) =>
    compareSeverity(b.severity, a.severity)
  );
  return [...fresh, ...alerts.filter(({ id }) => !news.has(id))];
}

/** An incident in one line, as a notice has it; where something new leads, since when that is so. */
function noticeTitle(
  incident: Incident,
  { kind, number, severity, was, isOver, isFlapping }: Notice,
  isNews: boolean,
): string {
  const { alerts, end } = incident, [lead] = alerts, start = isNews ? lead.start : incident.start;
  if (alerts.every(({ windows }) => windows === 0)) {
    return plainLine(`[${severity}] ${placeOf(lead)}: late lines have made it normal`, 280);
  }
  const mark = [severity, ...was === null ? [] : [`was ${was}`]].join(", ");
  const when = start === null ? "" : ` since ${formatTime(start)}`;
  const until = isOver && end !== null ? ` until ${formatTime(end)}` : "";
  const what = alerts.length === 1 ? titleWithoutMark(lead) : `${incidentText(incident)}${when}`;
  const flapping = isFlapping && (kind === "again" || number > 0) ? "; it comes and goes" : "";
  return plainLine(`[${mark}] ${what}${until}${flapping}`, 280);
}

function titleWithoutMark(alert: Alert): string {
  return titleOf(alert).replace(/^\[[^\]]*\] /, "");
}

function otherTitles(others: readonly Alert[], news: ReadonlySet<string>): string[] {
  const ordered = [...others.filter(({ id }) => news.has(id)), ...others.filter(({ id }) => !news.has(id))];
  const titles = ordered.slice(0, SHOWN).map((alert) =>
    `${news.has(alert.id) ? "new" : "with it"}: ${titleOf(alert)}`
  );
  return ordered.length > SHOWN ? [...titles, `and ${ordered.length - SHOWN} more`] : titles;
}

function furtherFacts(
  { before, deployment }: Pick<NoticeOptions, "before" | "deployment">,
): Message["facts"] {
  const facts: Message["facts"] = [];
  if (before !== undefined) facts.push({ name: "Before", value: beforeText(before) });
  if (deployment) facts.push({ name: "Deployment", value: deploymentText(deployment) });
  return facts;
}

/** Of what is over it is known when it was. */
function withoutDoubt({ name, value }: Message["facts"][number]): Message["facts"][number] {
  return { name, value: name === "Until" ? value.replace(/, as far as judged$/, "") : value };
}

function beforeText({ count, last }: { count: number; last: number | null }): string {
  if (count === 0) return "never, as far as alerts are kept";
  const times = count === 1 ? "once" : `${count} times`;
  return last === null ? times : `${times}, last until ${formatTime(last)}`;
}

function wholly(message: Message): ToldAlert {
  const { facts, reasons, errors, command } = message;
  return { ...briefly(message), facts, reasons, errors, command };
}

function briefly({ alert, stream, severity, ratio, title }: Message): ToldAlert {
  return { alert, stream, severity, ratio, title };
}
