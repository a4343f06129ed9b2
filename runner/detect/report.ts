/**
 * The report of a run: what its streams came to, as one HTML file.
 *
 * Each run with alerts leaves one, named by the time at which it began; `report.html` beside them is the newest. The newest
 * {@linkcode KEPT_REPORTS} are kept.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import {
  type Activity,
  type ActivityScore,
  type Chart,
  type LevelCount,
  levelsOverTime,
  scoresOverTime,
  type State,
  topReasons,
} from "../../lib/mod.ts";
import { alertMeanings } from "../alert/alert_meanings.ts";
import { incidentsOf } from "../alert/incidents.ts";
import type { Program } from "../alert/message.ts";
import { compareAlerts } from "../alert/severity.ts";
import type { Context } from "../context.ts";
import type {
  ReportChart,
  ReportData,
  ReportModel,
  ReportParseQuality,
  ReportStream,
} from "../report/report_data.ts";
import { type StreamOutcome, windowsOf } from "./outcome.ts";

/** Reports of runs that are kept, the newest ones. */
export const KEPT_REPORTS = 100;
/** The newest report. */
const NEWEST = "report.html";
/** Names of reports of runs. */
const OF_RUN = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.html$/;
/** How far back charts show what earlier runs have judged, ms. */
const BEFORE = 86_400_000;

/** What a report shows beside its run. */
export interface ReportOptions {
  /** How to look further; default: nothing is kept to look at. */
  program?: Program | null;
  /** Where earlier runs' verdicts are; default: there are none. */
  state?: State | null;
}

/** Path of the report of a run that began at `startedAt`, ms since the epoch. */
export function reportPath(folder: string, startedAt: number): string {
  return `${folder}/${new Date(startedAt).toISOString().slice(0, 19).replaceAll(":", "-")}Z.html`;
}

/** Writes the report to `path` and returns the path. */
export async function saveReport(
  streams: StreamOutcome[],
  path: string,
  context: Context,
  options: ReportOptions = {},
): Promise<string> {
  const { writeReport } = await import("../report/report.ts"); // many runs have nothing to report
  const html = writeReport(await reportData(streams, context.now(), options));
  try {
    await Deno.writeTextFile(path, html);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await Deno.mkdir(dirname(path), { recursive: true }); // only now: --report alone gives no right to its folder
    await Deno.writeTextFile(path, html);
  }
  if (OF_RUN.test(basename(path))) {
    await Deno.writeTextFile(`${dirname(path)}/${NEWEST}`, html);
    await prune(dirname(path));
  }
  return path;
}

/** Takes the oldest reports of runs away. */
async function prune(folder: string): Promise<void> {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => OF_RUN.test(name))
    .sort();
  for (const name of names.slice(0, -KEPT_REPORTS)) await Deno.remove(`${folder}/${name}`);
}

async function reportData(
  streams: StreamOutcome[],
  now: number,
  { program = null, state = null }: ReportOptions,
): Promise<ReportData> {
  const scores = streams.flatMap(({ activity }) => activity?.scores() ?? []);
  const starts = scores.map(({ start }) => start);
  const alerts = streams.flatMap(({ opened, worse }) => [...opened, ...worse]).sort(compareAlerts);
  const meanings = await alertMeanings(alerts), windowOf = windowsOf(streams);
  return {
    title: "DeepScan report",
    generatedAt: now,
    from: starts.length > 0 ? starts.reduce((a, b) => Math.min(a, b)) : null,
    to: starts.length > 0 ? starts.reduce((a, b) => Math.max(a, b)) : null,
    streams: streams.map(reportStream),
    charts: await charts(streams, state),
    incidents: incidentsOf(alerts, { windowOf, meanings }),
    meanings,
    program,
    parseQuality: streams.flatMap(parseQuality),
    models: streams.flatMap(reportModel),
    notJudged: streams.flatMap(({ name, notJudged }) => notJudged.map((text) => ({ stream: name, text }))),
  };
}

function reportStream(stream: StreamOutcome): ReportStream {
  const { name, inputs, services, records, windows, anomalous, opened, worse, late } = stream;
  return {
    name,
    format: [...new Set(inputs.map(({ format }) => format ?? "unknown"))].join(", "),
    inputs: inputs.map((input) => input.name),
    ...{ services, records, windows, late },
    anomalous: anomalous.length,
    alerts: opened.length + worse.length,
  };
}

async function charts(streams: StreamOutcome[], state: State | null): Promise<ReportChart[]> {
  const drawn: ReportChart[] = [];
  const size = Math.max(...streams.map(({ activity }) => activity?.size ?? 0), 60_000);
  const levels = streams.flatMap(({ activity }) => activity?.levels() ?? []) as LevelCount[];
  drawn.push(await reportChart(levelsOverTime(levels, { size }), "Records by level over time (UTC)"));
  for (const { name, activity } of streams) {
    if (activity === null || activity.scores().length === 0) continue;
    const before = scoresBefore(name, activity, state);
    const chart = scoresOverTime([...before, ...activity.scores()], { title: name });
    const earlier = before.length > 0 ? "; with the day before this run" : "";
    const caption = `${name}: highest score of each span over time (UTC)${earlier}; above 1 is anomalous`;
    drawn.push(await reportChart(chart, caption));
  }
  const anomalous = streams.flatMap((stream) => stream.anomalous);
  if (anomalous.length > 0) {
    drawn.push(await reportChart(topReasons(anomalous), "What made windows anomalous"));
  }
  return drawn;
}

/** What earlier runs have judged on the day before this one's windows. */
function scoresBefore(stream: string, activity: Activity, state: State | null): ActivityScore[] {
  const [first] = activity.scores();
  return state?.highestScores(stream, first.start - BEFORE, first.start, activity.size) ?? [];
}

async function reportChart(chart: Chart, caption: string): Promise<ReportChart> {
  return { caption, light: await chart.svg(), dark: await chart.withTheme("dark").svg() };
}

function parseQuality({ name, quality }: StreamOutcome): ReportParseQuality[] {
  if (quality === null) return [];
  const saved = quality.toJSON();
  return saved.formats.map(({ name: format, lines, parsed, reasons }) => ({
    stream: name,
    ...{ format, records: lines, parsed },
    problems: reasons.map(({ reason, count, example }) => ({ reason, count, example })),
  }));
}

function reportModel({ name, model, version }: StreamOutcome): ReportModel[] {
  if (model === null) return [];
  const { trained, catalogue, scopes } = model;
  return [{
    ...{
      stream: name,
      version: version || "of this run",
      windows: trained.windows,
      templates: catalogue.frozen,
    },
    trainedFrom: Number.isNaN(trained.from) ? null : trained.from,
    trainedTo: Number.isNaN(trained.to) ? null : trained.to,
    thresholds: scopes.flatMap((scope) =>
      [...scope.detectors, ...(scope.sequences ?? [])].map(({ detector, threshold }) => ({
        ...threshold,
        detector: scopes.length > 1 ? `${detector.kind} (${scope.name})` : detector.kind,
      }))
    ),
  }];
}
