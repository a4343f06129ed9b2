/**
 * The story of one incident.
 *
 * @module
 */
import { reasonTitle } from "../../../lib/mod.ts";
import { type Alert, parseAlert, shownReasons } from "../../alert/alert.ts";
import { matcherText } from "../../alert/matcher.ts";
import { errorTexts, readMeanings } from "../../alert/meanings.ts";
import { explainCommand, type Program } from "../../alert/message.ts";
import { shellWord } from "../../alert/plain_text.ts";
import { whatOf } from "../../alert/wording.ts";
import { historyLines, type IncidentView, incidentView } from "../../alerts/incident_view.ts";
import { changesOf, type ChangeView } from "./incident_changes.ts";
import { type IncidentRow, incidentRow } from "./incident_rows.ts";
import { linesOf, type LineView, windowsIn, type WindowView } from "./incident_windows.ts";
import { type ReasonView, reasonView } from "./reason_views.ts";
import { type AnomalySeries, type ScoreSeries, type Volume, volumeOf, windowsOf } from "./series.ts";
import { type SimilarIncident, similarIncidents } from "./similar_incidents.ts";
import type { DataSource } from "./source.ts";
import { type Span, spanOf } from "./span.ts";
import { shownLine, shownName } from "./texts.ts";

export type { ChangeView } from "./incident_changes.ts";
export type { LineView, WindowView } from "./incident_windows.ts";
export type { ReasonView } from "./reason_views.ts";

/** An alert of an incident. */
export interface AlertView {
  id: string;
  stream: string;
  service: string;
  kind: "session" | "window";
  title: string;
  status: "pending" | "firing" | "resolved" | "closed";
  severity: string;
  start: number | null;
  end: number | null;
  windows: number;
  records: number;
  score: number;
  threshold: number;
  worstKey: string;
  reasons: ReasonView[];
  detectors: { detector: string; share: number }[];
  said: { said: "true" | "false" | "expected"; note: string; at: number } | null;
}

/** Something that was told, held back or done. */
export interface NoticeView {
  at: number;
  kind: string;
  receiver: string;
  severity: string;
  text: string;
}

/** What an incident's page shows. */
export interface IncidentStory {
  span: Span;
  row: IncidentRow;
  /** What failed, in plain words, causes first. */
  meanings: { text: string; title: string; cause: string; check: string }[];
  alerts: AlertView[];
  /** The worst ones first; at most 100. */
  windows: WindowView[];
  windowCount: number;
  /** Around it: as long before and after as it lasted, an hour at least. */
  scores: ScoreSeries;
  volume: Volume;
  anomalies: AnomalySeries;
  lines: LineView[];
  changes: ChangeView[];
  /** Most similar first. */
  similar: SimilarIncident[];
  notices: NoticeView[];
  /** Behind which deployment it began, in words; empty = none. */
  deployment: string;
  silences: { id: string; text: string; until: number | null; who: string; note: string }[];
  /** Commands that show more, for a shell. */
  commands: { what: string; command: string }[];
}

/** Least time before and after an incident that its page shows, and most, ms. */
const AROUND = 3_600_000, MOST_AROUND = 86_400_000;

/** The story of one incident; `null` = there is none of this id. */
export async function incidentStory(
  source: DataSource,
  { id, span: asked }: { id: string; span: Span },
): Promise<IncidentStory | null> {
  const read = source.snapshot(() => readStory(source, id, asked));
  if (read === null) return null;
  const meanings = await readMeanings(read.view.alerts.flatMap((alert) => errorTexts(shownReasons(alert))));
  const { view: _view, ...story } = read;
  return {
    ...story,
    meanings: meanings.map(({ about, title, cause, check }) => ({
      text: shownLine(about),
      title,
      cause,
      check,
    })),
  };
}

function readStory(source: DataSource, id: string, asked: Span) {
  const { state } = source, stored = state?.incidents.get(id) ?? null, row = incidentRow(source, id);
  if (state === null || stored === null || row === null) return null;
  const view = incidentView(stored, state)!,
    { start, end, alerts } = view,
    span = spanAround(source, view, asked);
  const places = alerts.map(({ stream, service }) => ({ stream, service }));
  const windows = windowsIn(source, alerts);
  return {
    ...{
      span,
      row,
      view,
      windows: windows.rows,
      windowCount: windows.total,
      lines: linesOf(windows.verdicts),
    },
    alerts: alerts.map((alert) => alertView(alert, source)),
    ...{ volume: volumeOf(source, span, ...places), ...windowsOf(source, span, ...places) },
    changes: start === null ? [] : changesOf(source, row.streams, start, end ?? start),
    similar: similarIncidents(source, id, alerts),
    ...{ notices: noticesOf(view), deployment: view.deployment, silences: silencesOf(source) },
    commands: commandsOf(view, source),
  };
}

/** The incident with time before and after it; where it has no times, what was asked for. */
function spanAround(source: DataSource, { start, end }: IncidentView, asked: Span): Span {
  if (start === null) return asked;
  const length = (end ?? start) - start, around = Math.min(MOST_AROUND, Math.max(AROUND, length));
  const words = { from: String(start - around), to: String((end ?? start) + around), zone: asked.zone };
  return spanOf(words, source.end);
}

function alertView(alert: Alert, { state }: DataSource): AlertView {
  const { id, stream, kind, status, severity, start, end, windows, records, score, threshold, worstKey } =
    alert;
  const feedback = state?.feedback.of(id) ?? null;
  return {
    ...{ id, stream, kind, status, severity, start, end, windows, records, score, threshold },
    ...{ service: shownName(alert.service), title: whatOf(alert), worstKey: shownName(worstKey) },
    ...{ reasons: shownReasons(alert).map(reasonView), detectors: alert.detectors },
    said: feedback && { said: feedback.said, note: feedback.note, at: feedback.at },
  };
}

function noticesOf({ notices }: IncidentView): NoticeView[] {
  const lines = historyLines({ notices });
  return notices.map(({ at, kind, receiver, severity }, i) => ({
    ...{ at, kind, receiver, severity },
    text: lines[i].replace(/^.*? UTC {2}/, ""),
  }));
}

/** Silences that hold: people see here what keeps messages back, and may end it. */
function silencesOf(source: DataSource): IncidentStory["silences"] {
  const now = source.now();
  return (source.state?.mutes.all() ?? []).filter(({ kind, end }) =>
    kind !== "deployment" && (end ?? Infinity) > now
  )
    .map(({ id, matcher, end, who, note }) => ({
      ...{ id, text: shownName(matcherText(JSON.parse(matcher))), until: end, who, note },
    }));
}

function commandsOf({ id, alerts: [lead] }: IncidentView, { plan }: DataSource): IncidentStory["commands"] {
  const options = plan.kind === "settings" && plan.path !== null ? `--config ${shellWord(plan.path)}` : "";
  const program: Program = {
    command: "deno task deepscan",
    options,
    namesStream: plan.config.streams.length > 1,
  };
  const say = (...words: string[]) =>
    [program.command, ...words, options].filter((word) => word !== "").join(" ");
  return [
    { what: "The whole reasoning of the worst window", command: explainCommand(lead, program) },
    { what: "What was told of it", command: say("alerts", "show", id) },
    {
      what: "A page with the story from the logs",
      command: `deno task report --alert ${lead.id}${options && ` ${options}`}`,
    },
  ];
}

/** What led a stored alert, in a few words. */
export function alertTitle(body: string): string {
  const alert = parseAlert(body), [first] = shownReasons(alert);
  return first === undefined ? whatOf(alert) : shownLine(reasonTitle(first));
}
