export const help = `
Reads new log lines, judges them, tells the people in charge, shows why.

  deno task detect                       goes on where the last run stopped (streams of deepscan.yaml,
                                         or the bundled sample where there is no settings file)
  deno task detect --input GLOB|- …      one-off: reads everything from the start, keeps and sends nothing

  --config FILE        settings; default: deepscan.yaml in this folder
  --input GLOB|-       files, folders or patterns, plain or gzip; - is standard input; may be repeated
  --format NAME        log format; default auto (each file is looked at)
  --session REGEX      lines with one key are one window: group 1, else the whole match
  --window 5m          time windows of this length, one per service, aligned in UTC
  --model DIR          registry of models to judge by; without it --input is judged by its own first half
  --stream NAME        stream of the model
  --verdicts FILE.csv  one row for every window: key,start,end,lines,score,threshold,anomalous,reasons
                       (lines counts records: one of several lines is one)
  --report FILE.html   where the report goes; default: the reports folder of the settings
  --from T, --to T     only records of this span of time (ISO 8601, UTC unless it says otherwise)
  --seed N             seed of training where there is no model
  --notify             with --input: send alerts all the same
  --dry-run            keep nothing, send nothing
  --exit-code          exit 3 when something anomalous was found
  --json               the outcome as JSON on standard output

Exit code: 0 ran, 1 failed, 2 wrong usage or settings, 3 anomalies found (with --exit-code).
`;

import { ensureSample } from "../../data/generate.ts";
import { type Context, type Plan, requirePlan } from "../context.ts";
import { detectLive } from "../detect/live.ts";
import { detectOnce } from "../detect/one_off.ts";
import { notifyOnce, onceAlerts } from "../detect/once_alerts.ts";
import type { StreamOutcome } from "../detect/outcome.ts";
import { saveReport } from "../detect/report.ts";
import { jsonOutcome, printOutcome } from "../detect/summary.ts";
import { DETECT_OPTIONS, parseRunOptions, type RunOptions } from "../options.ts";

/** `deno task detect`. */
export async function run(args: string[], context: Context): Promise<number> {
  const options = parseRunOptions(args, context.cwd, DETECT_OPTIONS);
  const plan = requirePlan(context);
  const streams = plan.kind === "input"
    ? await once(options, plan, context)
    : await live(options, plan, context);
  const found = streams.some(({ anomalous }) => anomalous.length > 0);
  return options.exitCode && found ? 3 : 0;
}

async function once(options: RunOptions, plan: Plan, context: Context): Promise<StreamOutcome[]> {
  const outcome = await detectOnce(options, plan, context);
  outcome.opened = onceAlerts(outcome);
  const report = options.report === null ? "" : await saveReport([outcome], options.report, context);
  if (options.notify && !options.dryRun) await notifyOnce(outcome.opened, plan.config, context);
  print([outcome], { options, plan, report, remarks: [] }, context);
  return [outcome];
}

async function live(options: RunOptions, plan: Plan, context: Context): Promise<StreamOutcome[]> {
  if (plan.kind === "sample") makeSample(context);
  const path = options.report ?? `${plan.config.reports.directory}/report.html`;
  const { streams, delivery, busy } = await detectLive({
    config: plan.config,
    dryRun: options.dryRun,
    verdicts: options.verdicts,
    report: path,
  }, context);
  if (busy !== "") {
    context.stderr(`deepscan detect: ${busy}\n`);
    return [];
  }
  const worth = !options.dryRun &&
    (options.report !== null || streams.some(({ opened }) => opened.length > 0));
  const report = worth ? await saveReport(streams, path, context) : "";
  const remarks = [
    ...delivery.failed.map(({ key, error }) => `not sent yet: ${key}: ${error}`),
    ...delivery.dead.map(({ key, error }) => `given up: ${key}: ${error}`),
    ...(delivery.held.length > 0 ? [`${delivery.held.length} messages wait for their channel`] : []),
  ];
  print(streams, { options, plan, report, remarks }, context);
  return streams;
}

function makeSample(context: Context): void {
  const { summary, made } = ensureSample(`${context.root}/data/sample`);
  if (!made) return;
  const { lines, files } = summary;
  context.stderr(
    `made the sample: ${lines.toLocaleString("en")} lines in ${files.length} files under data/sample\n`,
  );
}

/** What {@linkcode print} shows beside the streams. */
interface Shown {
  options: RunOptions;
  plan: Plan;
  report: string;
  remarks: string[];
}

function print(streams: StreamOutcome[], { options, plan, report, remarks }: Shown, context: Context): void {
  for (const remark of remarks) context.stderr(`${remark}\n`);
  if (options.json) context.stdout(JSON.stringify(jsonOutcome(streams, report)) + "\n");
  else {printOutcome(
      streams,
      { kind: plan.kind, config: plan.config, report, verdicts: options.verdicts },
      context,
    );}
}
