/**
 * The outcome of a run, for people and for programs.
 *
 * @module
 */
import { scanWarnings } from "../../lib/mod.ts";
import { warningText } from "../catalogue/warning_text.ts";
import { formatTime } from "../alert/plain_text.ts";
import { consoleText } from "../alert/channels/console.ts";
import { messageOf, withMeanings } from "../alert/message.ts";
import type { Alert } from "../alert/alert.ts";
import { compareAlerts } from "../alert/severity.ts";
import { whatOf } from "../alert/wording.ts";
import type { Config } from "../config.ts";
import type { Context, Plan } from "../context.ts";
import { inputText } from "./one_off.ts";
import type { StreamOutcome } from "./outcome.ts";

/** Alerts that a one-off run prints whole. */
const PRINTED_ALERTS = 10;

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
  if (places.kind === "input") await printAlerts(streams, context);
  for (const stream of streams) {
    for (const { text } of stream.notes) context.stderr(`note: ${text}\n`);
    if (stream.trained) context.stderr(`${trainedText(stream)}\n`);
    if (places.kind === "input") {
      for (const input of stream.inputs) context.stderr(`${inputText(input)}\n`);
    }
    context.stdout(`${streamText(stream)}\n`);
    for (const warning of scanWarnings(stream)) context.stderr(`${warningText(warning, stream.name)}\n`);
  }
  const { config, report, verdicts } = places;
  if (places.kind !== "input") {
    context.stderr(`models ${config.model.directory}, state ${config.state.directory}\n`);
  }
  if (verdicts !== null) context.stderr(`verdicts ${verdicts}\n`);
  if (report !== "") context.stderr(`report ${report}\n`);
}

async function printAlerts(streams: StreamOutcome[], context: Context): Promise<void> {
  const alerts = streams.flatMap(({ opened }) => opened).sort(compareAlerts);
  const colour = context.isTerminal && !context.env("NO_COLOR");
  for (const alert of alerts.slice(0, PRINTED_ALERTS)) {
    context.stdout(consoleText(await withMeanings(messageOf(alert, { program: null })), colour));
  }
  const more = alerts.length - PRINTED_ALERTS;
  if (more > 0) context.stdout(`… and ${count(more, "alert")} more, less important\n\n`);
}

function trainedText({ name, model, version }: StreamOutcome): string {
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
