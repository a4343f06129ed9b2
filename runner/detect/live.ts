/**
 * A live run: every stream of the settings goes on where the last run stopped.
 *
 * @module
 */
import { Registry, type State } from "../../lib/mod.ts";
import type { Config } from "../config.ts";
import type { Context } from "../context.ts";
import type { Shadow } from "../models/shadow.ts";
import { driftRemarks } from "../models/stream_drift.ts";
import { type FindingsReport, NO_FINDINGS } from "../findings/findings_report.ts";
import type { FindingsRecorder } from "../findings/recorder.ts";
import { NOTHING_SENT, Post, type Posted, programOf } from "./deliveries.ts";
import { SelfWatch } from "../health/self_watch.ts";
import { traced } from "../health/tracing.ts";
import { endlessWait } from "../health/waits.ts";
import { failureOf, stopsEverything, type StreamFailure } from "./failure.ts";
import type { Waiting } from "./first_training.ts";
import { type LiveModels, modelsFor } from "./models.ts";
import { emptyOutcome, type StreamOutcome } from "./outcome.ts";
import { keepWithinLimits } from "./retention.ts";
import { beginLook, beginRun, type RunState } from "./run_state.ts";
import { scanStream } from "./scan_stream.ts";
import type { Pass, ServicePasses } from "./service_passes.ts";
import { type HeldBack, Teller } from "./teller.ts";
import { VerdictTable } from "../verdict_table.ts";

/** What came of a live run. */
export interface LiveOutcome {
  streams: StreamOutcome[];
  /** What could not be read or judged; all else was. */
  failures: StreamFailure[];
  delivery: Posted;
  /** Incidents that were not told, by why. */
  held: HeldBack;
  findings: FindingsReport;
  /** Path of the report; empty where none was written. */
  report: string;
  /** Set when another run was at work, and nothing was done. */
  busy: string;
  /** Runs in a row that found another one at work, this one included. */
  skipped: number;
}

/** How a live run goes about it. */
export interface LiveOptions {
  config: Config;
  /** Judge and show, but keep nothing and send nothing. */
  dryRun: boolean;
  /** Seed of first trainings; `null` = the settings' one. */
  seed: number | null;
  /** File for a row of every window that is judged; `null` = none. */
  verdicts: string | null;
  /** Path of the report that messages point to. */
  report: string;
  /** Writes the report of the streams so far, if they are worth one: before messages that point to it are sent. */
  save: (streams: StreamOutcome[], state: State) => Promise<string>;
  /** Where the console channel prints. */
  write: (text: string) => void;
  /** What passes of a service have in common; default: it is a run of its own. */
  passes?: ServicePasses;
  /** Watches them; default: it is a run of its own. */
  health?: SelfWatch;
}

/**
 * Reads what is new, judges it, makes it permanent checkpoint by checkpoint, then sends what is due; what is urgent already
 * when its stream is done.
 *
 * Only one run at a time: a second one says who is at work, and does nothing. A stream that can't be read or judged stops
 * neither the others nor the messages.
 */
export async function detectLive(options: LiveOptions, context: Context): Promise<LiveOutcome> {
  const folder = options.config.state.directory;
  const run = options.dryRun ? beginLook(folder) : await beginRun(folder, context);
  if ("busy" in run) {
    const nothing = { streams: [], failures: [], delivery: NOTHING_SENT, held: new Map() };
    return { ...run, ...nothing, findings: NO_FINDINGS, report: "" };
  }
  try {
    return { ...await livePass(options, run, context), busy: "", skipped: run.skipped };
  } finally {
    run.close();
  }
}

/** What came of a pass. */
export type PassOutcome = Omit<LiveOutcome, "busy" | "skipped">;

/** One pass over all streams, by whoever holds the state. */
export async function livePass(options: LiveOptions, run: RunState, context: Context): Promise<PassOutcome> {
  try {
    return await traced(context, "pass", {}, () => runAll(options, run, context));
  } catch (cause) {
    if (!(cause instanceof Error && "errcode" in cause)) throw cause; // what SQLite says names no file
    throw new Error(`Cannot use the state database: ${run.path}: ${cause.message}`, { cause });
  }
}

async function runAll(
  options: LiveOptions,
  { state, skipped }: RunState,
  context: Context,
): Promise<PassOutcome> {
  const startedAt = context.now(), failures: StreamFailure[] = [];
  const program = context.plan === null ? null : programOf(context.plan, context);
  const post = options.dryRun ? null : new Post({ ...options, program }, state, context);
  const findings = options.dryRun ? null : await recorderOf(options, state, context);
  const shadow = options.dryRun ? null : await beginShadow(options, state, context);
  const config = context.plan?.config ?? options.config; // of all streams, also where the run is about one
  const teller = new Teller(state, { config, program, report: options.report, now: () => context.now() });
  let streams: StreamOutcome[] = [];
  try {
    streams = await scanAll(options, { state, post, failures, findings, teller }, context);
  } catch (error) {
    if (stopsEverything(error)) throw error;
    failures.push(failureOf("", error));
  }
  const pass = { streams, failures, startedAt, finishedAt: context.now(), skipped };
  const ran = options.passes === undefined ? pass : options.passes.add(pass);
  if (ran !== null) state.putRun(runOf(ran));
  const health = options.health ?? new SelfWatch(options.config, context);
  const looked = health.look(state, {
    ...{ streams, failures, join: (alerts) => teller.join(alerts) },
    record: (alerts) => findings?.alerts(alerts),
  });
  const limits = keepWithinLimits(state, { config: options.config, streams, now: startedAt });
  for (const remark of [...looked, ...limits, ...driftRemarks(state, streams)]) {
    context.stderr(`note: ${remark}\n`);
  }
  const held: HeldBack = options.dryRun ? new Map() : teller.tell({
    flush: options.passes?.quiet(config, context.now()) ?? true,
  });
  const report = await saved(options, streams, { state, failures });
  const delivery = await post?.sendAll() ?? NOTHING_SENT;
  await shadow?.judge();
  if (findings !== null) {
    state.transaction(() => {
      if (ran !== null) findings.health(ran);
      findings.prune(startedAt - options.config.state.keep);
    });
  }
  const documents = findings === null ? NO_FINDINGS : await sent(state, options, context);
  const outcome = { streams, failures, report, delivery, held, findings: documents };
  if (options.dryRun) return outcome;
  for (const remark of await health.end(state, { ...outcome, startedAt, skipped })) {
    context.stderr(`note: ${remark}\n`);
  }
  return outcome;
}

/** The candidate that is tried beside the active model; most runs have none, and load nothing of it. */
async function beginShadow({ config }: LiveOptions, state: State, context: Context): Promise<Shadow | null> {
  if (new Registry(config.model.directory).candidate() === null) return null;
  const { Shadow } = await import("../models/shadow.ts");
  return Shadow.begin(config, state, context);
}

/** Windows are as long as the settings of all streams say, also where a run is about one of them. */
async function recorderOf(
  { config }: LiveOptions,
  state: State,
  context: Context,
): Promise<FindingsRecorder | null> {
  if (config.findings === undefined) return null; // most runs load nothing of it
  const { FindingsRecorder } = await import("../findings/recorder.ts");
  const { streams } = context.plan?.config ?? config;
  return FindingsRecorder.of({ findings: config.findings, streams }, state, { now: () => context.now() });
}

async function sent(state: State, { config }: LiveOptions, context: Context): Promise<FindingsReport> {
  const { deliverFindings } = await import("../findings/deliver.ts");
  return await deliverFindings(state, config, context);
}

/** Path of the report; empty where there is none. One that can't be written keeps no message back. */
async function saved(
  options: LiveOptions,
  streams: StreamOutcome[],
  { state, failures }: { state: State; failures: StreamFailure[] },
): Promise<string> {
  try {
    return await options.save(streams, state);
  } catch (error) {
    if (stopsEverything(error)) throw error;
    failures.push(
      failureOf("", new Error(`Cannot write the report: ${(error as Error).message}`, { cause: error })),
    );
    return "";
  }
}

async function scanAll(
  options: LiveOptions,
  { state, post, failures, findings, teller }: {
    state: State;
    post: Post | null;
    failures: StreamFailure[];
    findings: FindingsRecorder | null;
    teller: Teller;
  },
  context: Context,
): Promise<StreamOutcome[]> {
  const { config } = options, registry = new Registry(config.model.directory);
  const models = await modelsFor(options, registry, state, context);
  const table = options.verdicts === null ? null : new VerdictTable(options.verdicts);
  const streams: StreamOutcome[] = [];
  const stop = options.passes?.stop;
  for (const stream of config.streams) {
    if (stop?.aborted) break;
    const outcome = emptyOutcome(stream.name);
    streams.push(outcome);
    try {
      const { model, version } = knownModel(stream.name, models);
      outcome.trained = models.trained.has(stream.name);
      if (model === null) noteWaiting(outcome, models.waiting.get(stream.name));
      else {
        findings?.model(model, models.model!);
        const { dryRun } = options;
        const job = { stream, config, model, version, table, teller, findings, dryRun, stop };
        const about = { "deepscan.stream": stream.name };
        await traced(context, "scan", about, () => scanStream(job, state, context, outcome));
      }
    } catch (error) {
      if (stopsEverything(error)) throw error;
      const failure = failureOf(stream.name, error);
      outcome.notJudged.push(failure.message);
      failures.push(failure);
    }
    if (post !== null) teller.tell({ flush: false });
    if (await post?.hasUrgent()) {
      await saved(options, streams, { state, failures: [] }); // the last one says what fails
      await post?.sendUrgent();
    }
  }
  table?.close();
  return streams;
}

function noteWaiting(outcome: StreamOutcome, waiting: Waiting | undefined): void {
  const { wait, sources } = waiting ?? { wait: endlessWait("no model yet"), sources: [] };
  Object.assign(outcome, { sources, waits: [wait], notJudged: [wait.text] });
}

/** The stream's part of the model; `null` while it has none. */
function knownModel(name: string, { model, failed }: LiveModels) {
  const failure = failed.get(name);
  if (failure !== undefined) throw failure;
  const stream = model?.streams.find(({ settings }) => settings.name === name) ?? null;
  return { model: stream, version: model?.version ?? "" };
}

function runOf({ streams, startedAt, finishedAt, skipped }: Pass) {
  const sum = (value: (stream: StreamOutcome) => number) =>
    streams.reduce((total, one) => total + value(one), 0);
  return {
    ...{ command: "detect", startedAt, finishedAt, skipped },
    lines: sum(({ records }) => records),
    windows: sum(({ windows }) => windows),
    anomalous: sum(({ anomalous }) => anomalous.length),
  };
}
