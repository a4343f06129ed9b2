/**
 * The outcome of a run, for people and for programs.
 *
 * @module
 */
import { scanWarnings } from "../../lib/mod.ts";
import { warningText } from "../catalogue/warning_text.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import { consoleText } from "../alert/channels/console.ts";
import { messageOf, withMeanings } from "../alert/message.ts";
import type { Alert } from "../alert/alert.ts";
import { alertMeanings } from "../alert/alert_meanings.ts";
import { joinedMessage, messageGroups } from "../alert/incident_message.ts";
import { type Incident, incidentsOf } from "../alert/incidents.ts";
import { whatOf } from "../alert/wording.ts";
import type { Config } from "../config.ts";
import type { Context, Plan } from "../context.ts";
import { jsonWait } from "../health/waits.ts";
import { inputText } from "./seen_inputs.ts";
import { type StreamOutcome, windowsOf } from "./outcome.ts";
import type { HeldBack } from "./teller.ts";

/** Incidents that a one-off run prints, the alert that leads them whole. */
const PRINTED_INCIDENTS = 10;

/** What {@linkcode printOutcome} says beside the streams. */
export interface OutcomePlaces {
  kind: Plan["kind"];
  config: Config;
  report: string;
  verdicts: string | null;
}

/** Prints what a run came to: alerts and one line a stream to stdout, where everything is to stderr. */
export async function printOutcome(
  streams: StreamOutcome[],
  places: OutcomePlaces,
  context: Context,
): Promise<void> {
  const incidents = await newIncidents(streams);
  if (places.kind === "input") await printIncidents(incidents, context);
  for (const stream of streams) {
    for (const { text } of stream.notes) context.stderr(`note: ${text}\n`);
    if (stream.trained) context.stderr(`${trainedText(stream)}\n`);
    if (places.kind === "input") {
      for (const input of stream.inputs) context.stderr(`${inputText(input)}\n`);
    }
    context.stdout(`${streamText(stream)}\n`);
    if (stream.model !== null) {
      for (const { text } of stream.waits) context.stderr(`${stream.name}: cannot judge yet: ${text}\n`);
    }
    for (const warning of scanWarnings(stream)) context.stderr(`${warningText(warning, stream.name)}\n`);
  }
  const told = incidentsLine(incidents);
  if (told !== "") context.stdout(`${told}\n`);
  const { config, report, verdicts } = places;
  if (places.kind !== "input") {
    context.stderr(`models ${config.model.directory}, state ${config.state.directory}\n`);
  }
  if (verdicts !== null) context.stderr(`verdicts ${verdicts}\n`);
  if (report !== "") context.stderr(`report ${report}\n`);
}

/** The incidents that a run's new alerts come to, most important first. */
async function newIncidents(streams: StreamOutcome[]): Promise<Incident[]> {
  const alerts = streams.flatMap(({ opened }) => opened);
  if (alerts.length === 0) return [];
  return incidentsOf(alerts, { windowOf: windowsOf(streams), meanings: await alertMeanings(alerts) });
}

async function printIncidents(incidents: readonly Incident[], context: Context): Promise<void> {
  const colour = context.isTerminal && !context.env("NO_COLOR");
  for (const incident of incidents.slice(0, PRINTED_INCIDENTS)) {
    const groups = messageGroups(incident);
    const messages = incident.alerts.map((alert) => ({
      ...messageOf(alert, { program: null }),
      group: groups.get(alert.id),
    }));
    context.stdout(consoleText(await withMeanings(joinedMessage(messages)), colour));
  }
  const more = incidents.length - PRINTED_INCIDENTS;
  if (more > 0) context.stdout(`… and ${count(more, "incident")} more, less important\n\n`);
}

/** What alerts of several streams and services come to; empty where each is an incident by itself. */
function incidentsLine(incidents: readonly Incident[]): string {
  const alerts = incidents.reduce((sum, incident) => sum + incident.alerts.length, 0);
  return alerts === incidents.length
    ? ""
    : `${count(alerts, "new alert")}, ${count(incidents.length, "incident")}`;
}

/** What a run did not tell, and why: one line a reason, the most first. */
export function heldLines(held: HeldBack): string[] {
  return [...held].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([why, incidents]) => `held back: ${count(incidents, "incident")}: ${plainLine(why, 200)}`);
}

/** That a stream has a model now. */
export function trainedText({ name, model, version }: StreamOutcome): string {
  const { trained, catalogue } = model!;
  const span = Number.isNaN(trained.from)
    ? ""
    : ` from ${formatTime(trained.from)} to ${formatTime(trained.to)}`;
  const where = version === "" ? "by its own first half, there is no model" : `model ${version}`;
  return `${name}: trained (${where}) on ${count(trained.windows, "window")}, ${
    count(catalogue.frozen, "template")
  }${span}`;
}

function streamText(stream: StreamOutcome): string {
  const {
    name,
    records,
    windows,
    anomalous,
    opened,
    worse,
    wentOn,
    late,
    untimed,
    open,
    notJudged,
  } = stream;
  const parts = [
    records === 0 ? "nothing new" : count(records, "new record"),
    `${count(windows, "window")} judged`,
    `${anomalous.length} anomalous`,
    count(opened.length, "new alert"),
  ];
  if (worse.length > 0) parts.push(`${count(worse.length, "alert")} became more severe`);
  const calm = wentOn.length - worse.length;
  if (calm > 0) parts.push(`${count(calm, "alert")} went on`);
  if (open > 0) parts.push(`${count(open, "window")} open`);
  if (late > 0) parts.push(`${count(late, "record")} came too late`);
  if (untimed > 0) parts.push(`${count(untimed, "record")} without a time`);
  if (stream.model === null && notJudged.length > 0) {
    return `${name}: cannot judge yet: ${notJudged.join("; ")}`;
  }
  return `${name}: ${parts.join(", ")}`;
}

/** `1 window`, `1,200 windows`; without `Intl`, which takes longer to load than a run that finds nothing new. */
function count(value: number, noun: string): string {
  return `${String(value).replace(/\B(?=(\d{3})+$)/g, ",")} ${noun}${value === 1 ? "" : "s"}`;
}

/** The outcome as plain data. */
export function jsonOutcome(streams: StreamOutcome[], report: string) {
  return {
    report: report === "" ? null : report,
    streams: streams.map((stream) => ({
      name: stream.name,
      model: stream.model === null
        ? null
        : { version: stream.version, fingerprint: stream.model.trained.fingerprint },
      ...{ trained: stream.trained, records: stream.records, windows: stream.windows, open: stream.open },
      ...{ late: stream.late, untimed: stream.untimed, inputs: stream.inputs, notJudged: stream.notJudged },
      cannotJudge: stream.waits.map(jsonWait),
      notes: stream.notes.map(({ text }) => text),
      anomalous: stream.anomalous.length,
      alerts: stream.opened.map(jsonAlert),
      worse: stream.worse.map(jsonAlert),
    })),
  };
}

function jsonAlert(alert: Alert) {
  const { id, service, severity, start, end, windows, score, threshold, reasons, detectors } = alert;
  const time = (value: number | null) => value === null ? null : new Date(value).toISOString();
  return {
    ...{ id, service, severity, title: whatOf(alert), windows, score, threshold, reasons, detectors },
    ...{ start: time(start), end: time(end) },
  };
}
