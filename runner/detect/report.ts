/**
 * The report of a run: what its streams came to, as one HTML file.
 *
 * @module
 */
import { dirname } from "node:path";
import { type Chart, type LevelCount, levelsOverTime, scoresOverTime, topReasons } from "../../lib/mod.ts";
import type { Context } from "../context.ts";
import { writeReport } from "../report/report.ts";
import type {
  ReportChart,
  ReportData,
  ReportModel,
  ReportParseQuality,
  ReportStream,
} from "../report/report_data.ts";
import type { StreamOutcome } from "./outcome.ts";

/** Writes the report to `path` and returns the path. */
export async function saveReport(streams: StreamOutcome[], path: string, context: Context): Promise<string> {
  const html = writeReport(await reportData(streams, context.now()));
  try {
    await Deno.writeTextFile(path, html);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await Deno.mkdir(dirname(path), { recursive: true }); // only now: --report alone gives no right to its folder
    await Deno.writeTextFile(path, html);
  }
  return path;
}

async function reportData(streams: StreamOutcome[], now: number): Promise<ReportData> {
  const scores = streams.flatMap(({ activity }) => activity?.scores() ?? []);
  const starts = scores.map(({ start }) => start);
  const alerts = streams.flatMap(({ opened }) => opened).sort((a, b) =>
    b.score / b.threshold - a.score / a.threshold
  );
  return {
    title: "DeepScan report",
    generatedAt: now,
    from: starts.length > 0 ? starts.reduce((a, b) => Math.min(a, b)) : null,
    to: starts.length > 0 ? starts.reduce((a, b) => Math.max(a, b)) : null,
    streams: streams.map(reportStream),
    charts: await charts(streams),
    alerts: alerts.map((alert) => ({ alert })),
    parseQuality: streams.flatMap(parseQuality),
    models: streams.flatMap(reportModel),
    notJudged: streams.flatMap(({ name, notJudged }) => notJudged.map((text) => ({ stream: name, text }))),
  };
}

function reportStream(stream: StreamOutcome): ReportStream {
  const { name, inputs, services, records, windows, anomalous, opened, late } = stream;
  return {
    name,
    format: [...new Set(inputs.map(({ format }) => format ?? "unknown"))].join(", "),
    inputs: inputs.map((input) => input.name),
    ...{ services, lines: records, windows, late },
    anomalous: anomalous.length,
    alerts: opened.length,
  };
}

async function charts(streams: StreamOutcome[]): Promise<ReportChart[]> {
  const drawn: ReportChart[] = [];
  const size = Math.max(...streams.map(({ activity }) => activity?.size ?? 0), 60_000);
  const levels = streams.flatMap(({ activity }) => activity?.levels() ?? []) as LevelCount[];
  drawn.push(await reportChart(levelsOverTime(levels, { size }), "Records by level over time (UTC)"));
  for (const { name, activity } of streams) {
    if (activity === null || activity.scores().length === 0) continue;
    const chart = scoresOverTime(activity.scores(), { title: name });
    drawn.push(
      await reportChart(chart, `${name}: highest score of each span over time (UTC); above 1 is anomalous`),
    );
  }
  const anomalous = streams.flatMap((stream) => stream.anomalous);
  if (anomalous.length > 0) {
    drawn.push(await reportChart(topReasons(anomalous), "What made windows anomalous"));
  }
  return drawn;
}

async function reportChart(chart: Chart, caption: string): Promise<ReportChart> {
  return { caption, light: await chart.svg(), dark: await chart.withTheme("dark").svg() };
}

function parseQuality({ name, quality }: StreamOutcome): ReportParseQuality[] {
  if (quality === null) return [];
  const saved = quality.toJSON();
  return saved.formats.map(({ name: format, lines, parsed, reasons }) => ({
    stream: name,
    ...{ format, lines, parsed },
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
      scope.detectors.map(({ detector, threshold }) => ({
        ...threshold,
        detector: scopes.length > 1 ? `${detector.kind} (${scope.name})` : detector.kind,
      }))
    ),
  }];
}
