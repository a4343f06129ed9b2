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
  --stream NAME        this stream only: of the settings, or of the model that judges --input
  --verdicts FILE.csv  one row for every window: key,start,end,lines,score,threshold,anomalous,reasons
                       (lines counts records: one of several lines is one)
  --report FILE.html   where the report goes; default: the reports folder of the settings; with --input: no report
  --from T, --to T     only records of this span of time (ISO 8601, UTC unless it says otherwise)
  --seed N             seed of training where there is no model; default: that of the settings
  --notify             with --input: send alerts all the same
  --dry-run            keep nothing, send nothing; only what is named here is written
  --exit-code          exit 3 when something anomalous was found
  --json               the outcome as JSON on standard output

Options that a run has no use for are refused: without --input the settings say how streams are read.
Exit code: 0 ran, 1 failed (also when a stream can't be read or judged; the others are), 2 wrong usage or settings,
3 anomalies found (with --exit-code).
`;

import { type Context, type Plan, requirePlan } from "../context.ts";
import { hasFailed, NOTHING_SENT, type Posted, programOf, remarksOn } from "../detect/deliveries.ts";
import { nothingTimedText, type StreamFailure } from "../detect/failure.ts";
import { notifyOnce, onceAlerts } from "../detect/once_alerts.ts";
import { makeSample } from "../detect/make_sample.ts";
import type { StreamOutcome } from "../detect/outcome.ts";
import { reportPath, saveReport } from "../detect/report.ts";
import {
  findingsFailed,
  findingsRemarks,
  type FindingsReport,
  NO_FINDINGS,
} from "../findings/findings_report.ts";
import { SKIPS_BEFORE_ALARM } from "../detect/run_state.ts";
import { heldLines, jsonOutcome, printOutcome } from "../detect/summary.ts";
import type { HeldBack } from "../detect/teller.ts";
import { DETECT_OPTIONS, parseRunOptions, type RunOptions } from "../options.ts";
import { refuseUnused } from "../unused_options.ts";

/** What came of a run. */
interface Ran {
  streams: StreamOutcome[];
  failures: StreamFailure[];
  delivery: Posted;
  /** Incidents that were not told, by why. */
  held: HeldBack;
  findings: FindingsReport;
  report: string;
}

/** `deno task detect`. */
export async function run(args: string[], context: Context): Promise<number> {
  const options = parseRunOptions(args, context.cwd, DETECT_OPTIONS);
  const plan = requirePlan(context);
  await refuseUnused("detect", options, plan);
  const ran = plan.kind === "input" ? await once(options, plan, context) : await live(options, plan, context);
  if (typeof ran === "number") return ran;
  await print(ran, options, plan, context);
  if (ran.failures.length > 0 || hasFailed(ran.delivery) || findingsFailed(ran.findings)) {
    return failureCode(ran);
  }
  return options.exitCode && ran.streams.some(({ anomalous }) => anomalous.length > 0) ? 3 : 0;
}

/** 2 where nothing could be done and the settings are to blame, else 1. */
function failureCode({ streams, failures }: Ran): number {
  return failures.length === streams.length && failures.every(({ wrongUse }) => wrongUse) ? 2 : 1;
}

async function once(options: RunOptions, plan: Plan, context: Context): Promise<Ran> {
  const { detectOnce } = await import("../detect/one_off.ts");
  const outcome = await detectOnce(options, plan, context), { name, records, untimed } = outcome;
  const raised = onceAlerts(outcome);
  outcome.opened = raised.opened;
  const report = options.report === null ? "" : await saveReport([outcome], options.report, context);
  const notify = options.notify && !options.dryRun;
  const told = notify
    ? await notifyOnce({ config: plan.config, report, outcome, raised }, context)
    : { delivery: NOTHING_SENT, findings: NO_FINDINGS };
  const failures: StreamFailure[] = [];
  const fail = (message: string) => failures.push({ stream: name, message, wrongUse: false });
  if (records === 0) fail(`Cannot judge stream ${name}: no record was read`);
  else if (untimed === records) fail(`Cannot judge stream ${name}: ${nothingTimedText(records)}`);
  return { streams: [outcome], failures, ...told, held: new Map(), report };
}

async function live(options: RunOptions, plan: Plan, context: Context): Promise<Ran | number> {
  if (plan.kind === "sample") await makeSample(context);
  const { detectLive } = await import("../detect/live.ts");
  const { dryRun, seed, verdicts, stream } = options;
  const path = options.report ?? reportPath(plan.config.reports.directory, context.now());
  const program = programOf(plan, context);
  const streams = plan.config.streams.filter(({ name }) => stream === null || name === stream);
  const config = { ...plan.config, streams };
  const isWorth = (told: StreamOutcome[]) =>
    options.report !== null || !dryRun && told.some(({ opened, worse }) => opened.length + worse.length > 0);
  const outcome = await detectLive({
    ...{ config, dryRun, seed, verdicts, report: path },
    write: options.json ? context.stderr : context.stdout,
    save: async (streams, state) =>
      isWorth(streams) ? await saveReport(streams, path, context, { program, state }) : "",
  }, context);
  return outcome.busy === "" ? outcome : busyCode(outcome, options, context);
}

/** Another run is at work: nothing to do, but an alarm when that happens again and again. */
function busyCode(
  { busy, skipped }: { busy: string; skipped: number },
  { json }: RunOptions,
  context: Context,
): number {
  context.stderr(`deepscan detect: ${busy}\n`);
  if (json) context.stdout(JSON.stringify({ busy: true, reason: busy, skipped }) + "\n");
  if (skipped < SKIPS_BEFORE_ALARM) return 0;
  context.stderr(
    `deepscan detect: ${skipped} runs in a row were skipped for that; the other one hangs, or logs grow faster than they are read\n`,
  );
  return 1;
}

async function print(ran: Ran, options: RunOptions, plan: Plan, context: Context): Promise<void> {
  const { streams, failures, delivery, findings, held, report } = ran;
  for (const line of heldLines(held)) context.stderr(`${line}\n`);
  for (const remark of [...remarksOn(delivery), ...findingsRemarks(findings)]) context.stderr(`${remark}\n`);
  for (const { message } of failures) context.stderr(`deepscan detect: ${message}\n`);
  if (options.json) {
    return context.stdout(
      JSON.stringify({ ...jsonOutcome(streams, report), held: Object.fromEntries(held) }) + "\n",
    );
  }
  const unread = new Set(failures.map(({ stream }) => stream)); // said already, and nothing else is to be said of them
  const shown = streams.filter(({ name, model }) => model !== null || !unread.has(name));
  await printOutcome(
    shown,
    { kind: plan.kind, config: plan.config, report, verdicts: options.verdicts },
    context,
  );
}
