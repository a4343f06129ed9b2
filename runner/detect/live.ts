/**
 * A live run: every stream of the settings goes on where the last run stopped.
 *
 * @module
 */
import { Registry, RunLock, State } from "../../lib/mod.ts";
import type { DeliveryReport } from "../alert/outbox.ts";
import type { Config } from "../config.ts";
import type { Context } from "../context.ts";
import { formatTime } from "../alert/plain_text.ts";
import { NOTHING_SENT, sendDue } from "./deliveries.ts";
import { modelsFor } from "./models.ts";
import { VerdictTable } from "../verdict_table.ts";
import { emptyOutcome, type StreamOutcome } from "./outcome.ts";
import { scanStream } from "./scan_stream.ts";

/** What came of a live run. */
export interface LiveOutcome {
  streams: StreamOutcome[];
  delivery: DeliveryReport;
  /** Set when another run was at work, and nothing was done. */
  busy: string;
}

/** How a live run goes about it. */
export interface LiveOptions {
  config: Config;
  /** Judge and show, but keep nothing and send nothing. */
  dryRun: boolean;
  /** File for a row of every window that is judged; `null` = none. */
  verdicts: string | null;
  /** Path of the report that messages point to. */
  report: string;
}

/**
 * Reads what is new, judges it, makes it permanent checkpoint by checkpoint, then sends what is due.
 *
 * Only one run at a time: a second one says who is at work, and does nothing.
 */
export async function detectLive(options: LiveOptions, context: Context): Promise<LiveOutcome> {
  const { config } = options, folder = config.state.directory;
  await Deno.mkdir(folder, { recursive: true });
  const lock = RunLock.take(`${folder}/run.lock`, { pid: Deno.pid, since: context.now() });
  if (!(lock instanceof RunLock)) {
    const since = Number.isFinite(lock.since) ? ` since ${formatTime(lock.since)}` : "";
    const busy = `another run is at work (process ${lock.pid}${since}); this one has nothing to do`;
    return { streams: [], delivery: NOTHING_SENT, busy };
  }
  const path = `${folder}/state.db`, state = State.open(path);
  try {
    const streams = await scanAll(options, state, context);
    const delivery = options.dryRun ? NOTHING_SENT : await sendDue(config, state, context);
    return { streams, delivery, busy: "" };
  } catch (cause) {
    if (!(cause instanceof Error && "errcode" in cause)) throw cause; // what SQLite says names no file
    throw new Error(`Cannot use the state database: ${path}: ${cause.message}`, { cause });
  } finally {
    state.close();
    lock.release();
  }
}

async function scanAll(options: LiveOptions, state: State, context: Context): Promise<StreamOutcome[]> {
  const { config, dryRun, report } = options,
    table = options.verdicts === null ? null : new VerdictTable(options.verdicts);
  const startedAt = context.now();
  const registry = new Registry(config.model.directory);
  const { model, trained, waiting } = await modelsFor({ config, dryRun }, registry, state, context);
  const streams: StreamOutcome[] = [];
  for (const stream of config.streams) {
    const known = model?.streams.find(({ settings }) => settings.name === stream.name);
    if (known === undefined) {
      streams.push({ ...emptyOutcome(stream.name), notJudged: [waiting.get(stream.name) ?? "no model yet"] });
      continue;
    }
    const job = { stream, config, model: known, version: model!.version, dryRun, table, report };
    streams.push({ ...await scanStream(job, state, context), trained: trained.has(stream.name) });
  }
  table?.close();
  if (!dryRun) state.putRun(runOf(streams, startedAt, context.now()));
  return streams;
}

function runOf(streams: StreamOutcome[], startedAt: number, finishedAt: number) {
  const sum = (value: (stream: StreamOutcome) => number) =>
    streams.reduce((total, one) => total + value(one), 0);
  return {
    ...{ command: "detect", startedAt, finishedAt, skipped: 0 },
    lines: sum(({ records }) => records),
    windows: sum(({ windows }) => windows),
    anomalous: sum(({ anomalous }) => anomalous.length),
  };
}
