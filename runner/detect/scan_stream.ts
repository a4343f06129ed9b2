/**
 * One stream of a live run, from its saved position to the present end of its logs.
 *
 * @module
 */
import {
  Activity,
  type Checkpoint,
  Dictionary,
  Examples,
  Judge,
  type JudgedWindows,
  Novelties,
  type OpenWindows,
  RecordCounts,
  redactorOf,
  Registry,
  scan,
  type State,
  type StoredInput,
  type StreamModel,
} from "../../lib/mod.ts";
import type { Alert } from "../alert/alert.ts";
import type { Config, StreamConfig } from "../config.ts";
import type { Context } from "../context.ts";
import type { FindingsRecorder } from "../findings/recorder.ts";
import { Progress } from "../progress.ts";
import type { VerdictTable } from "../verdict_table.ts";
import { type Progressed, saveCounts, saveJudged, saveMove, saveProgress, saveReached } from "./commit.ts";
import type { StreamDetail } from "./stream_detail.ts";
import type { Teller } from "./teller.ts";
import { refuseChange } from "./counted_source.ts";
import { LineRecords } from "./line_records.ts";
import type { ScannedRecords } from "./scanned_records.ts";
import { noteAlerts, type StreamOutcome } from "./outcome.ts";
import { ReadingNotes } from "./reading_notes.ts";
import { forgetOld } from "./retention.ts";
import { adoptState, type Closing } from "./adopt_state.ts";
import { noInputText, nothingTimedText } from "./failure.ts";

/** Real time that a line may take to reach its file, ms: `clock: wall` runs this much behind. */
export const WALL_DELAY = 60_000;

/** A stream to scan. */
export interface ScanJob {
  stream: StreamConfig;
  config: Config;
  model: StreamModel;
  version: string;
  /** Takes a row for every window that is judged; `null` = nobody asked. */
  table: VerdictTable | null;
  /** The part of judged windows that the table and the outcome show; default: all. */
  shown?: (judged: JudgedWindows) => JudgedWindows;
  /** Says which incident alerts belong to; absent = nobody asks, for nobody is told. */
  teller?: Pick<Teller, "join">;
  /** Writes down what is found; `null` = nobody asked. */
  findings: FindingsRecorder | null;
  /** Whether nothing is kept that a later run could go on from: then nothing is tidied away either. */
  dryRun: boolean;
  /** Ends the scan at a checkpoint, which comes at once then. */
  stop?: AbortSignal;
  /** Has records come at a pace of its own; default: as fast as they can be read. */
  paced?: (records: ScannedRecords) => ScannedRecords;
}

/** What all checkpoints of a scan have in common. */
type Scanned = Omit<Progressed, "positions" | "judged" | "watermark" | "judging">;

/**
 * Scans a stream and makes every checkpoint permanent.
 *
 * @param outcome Filled as the scan goes on, so that it says what was done even where that ends in an error.
 * @throws {Error} at the end, if there was nothing to read, or nothing in it that could be judged.
 */
export async function scanStream(
  job: ScanJob,
  state: State,
  context: Context,
  outcome: StreamOutcome,
): Promise<void> {
  const { stream, model, version } = job, { name } = stream, inputs = state.inputs(name);
  const services = new Dictionary(), novelties = new Novelties(state.learned.novelties(name));
  const registry = new Registry(job.config.model.directory);
  const adopted = await adoptState(
    { model, version, services, load: (earlier) => registry.load(earlier) },
    state,
  );
  const { windows, births, closing } = adopted, { catalogue } = model;
  if (adopted.note !== "") context.stderr(`note: ${adopted.note}\n`);
  const opened = await openRecords(job, { services, inputs, state }, context);
  const records = job.paced?.(opened) ?? opened;
  Object.assign(outcome, { model, version, notes: records.notes });
  outcome.activity = new Activity(model.settings.window);
  const scanned: Scanned = {
    ...{ model, version, records, windows, services, catalogue, births, novelties },
    goesOn: adopted.judging !== null,
  };
  try {
    if (closing !== null) closeEarlier(job, closing, scanned, outcome, state);
    await scanRecords(job, { ...scanned, records, saved: adopted.judging }, outcome, state, context);
    if (!job.dryRun) await records.tidy?.();
  } finally {
    await records.close();
    Object.assign(outcome, records.seen());
    outcome.notes = records.notes;
  }
  if (!job.stop?.aborted) refuseNothing(stream, outcome);
}

/** The stream's records from where an earlier run stopped. */
async function openRecords(
  { stream, model }: ScanJob,
  { services, inputs, state }: { services: Dictionary; inputs: StoredInput[]; state: State },
  context: Context,
): Promise<ScannedRecords> {
  refuseChange(stream, inputs.map(({ position }) => position.source));
  const detail = state.stream(stream.name)?.detail as StreamDetail | undefined;
  const logs = detail?.logs.map(({ name, clock }) => ({ name, clock: clock ?? -Infinity }));
  if (!stream.elasticsearch.counted) {
    return await LineRecords.open(stream, { model, services }, { inputs, logs }, context);
  }
  const { CountedRecords } = await import("./counted_records.ts"); // with the cluster's client
  return await CountedRecords.open(stream, model, { inputs, logs }, context);
}

async function scanRecords(
  job: ScanJob,
  scanned: Scanned & { records: ScannedRecords; saved: Record<string, unknown> | null },
  outcome: StreamOutcome,
  state: State,
  context: Context,
): Promise<void> {
  const { model, records, windows, services, catalogue, novelties } = scanned;
  const { pending } = job.config.alerts, joined = (alerts: readonly Alert[]) => job.teller?.join(alerts);
  const { late, untimed } = windows.stats,
    known = catalogue.size,
    judge = new Judge({ model, catalogue, services, novelties }),
    readings = new ReadingNotes(model),
    counts = new RecordCounts(services);
  judge.resume(scanned.saved ?? {}, windows.retained(), windows);
  let followed = scanned.saved === null ? NaN : windows.watermark; // time up to which the saved states have all there is
  for await (const checkpoint of checkpoints(job, { records, windows, judge, counts }, context)) {
    outcome.records += checkpoint.records;
    show(job, checkpoint.judged, windows, outcome);
    const isStill = checkpoint.records === 0 && checkpoint.judged.length === 0 &&
      windows.watermark === followed;
    followed = windows.watermark;
    const reached = { ...scanned, ...checkpoint, watermark: windows.watermark, records, pending };
    const place = job.dryRun ? null : {
      judging: isStill ? new Map<string, unknown>() : judge.save(windows),
      positions: await records.positions(),
    };
    if (place === null) judge.settle(windows);
    const raised = state.transaction(() => {
      const saved = place === null
        ? saveReached(state, reached, joined)
        : saveProgress(state, { ...reached, ...place }, joined);
      job.findings?.judged(reached, saved);
      readings.note(state, { ...reached, watermark: checkpoint.watermark });
      if (place !== null) saveCounts(state, { ...reached, counts });
      if (place !== null) forgetOld(job, checkpoint.watermark, state);
      return saved;
    });
    noteAlerts(outcome, raised);
    scanned.goesOn = true;
    scanned.births = catalogue.provisional().map(({ count }) => count);
    outcome.births = catalogue.size - known;
    const { stats } = windows;
    Object.assign(outcome, { late: stats.late - late, untimed: stats.untimed - untimed, open: stats.open });
    Object.assign(outcome, { services: services.size, reached: latestOf(records) });
    outcome.waiting = judge.waiting();
    if (job.stop?.aborted) return;
  }
}

/** The latest time of all logs, ms; NaN where none has a time. */
function latestOf({ logs }: ScannedRecords): number {
  const clocks = logs.map(({ clock }) => clock).filter(Number.isFinite);
  return clocks.length === 0 ? NaN : Math.max(...clocks);
}

/** Judges what was open under earlier settings by the model of that time, and moves the stream to the present one. */
function closeEarlier(
  job: ScanJob,
  { model, version, windows, services }: Closing,
  scanned: Scanned,
  outcome: StreamOutcome,
  state: State,
): void {
  const { catalogue } = model, { novelties } = scanned;
  const judge = new Judge({ model, catalogue, services, novelties });
  const examples = new Examples(redactorOf(model.settings)), { watermark } = windows;
  judge.resume(state.learned.judging(model.settings.name), windows.retained(), windows);
  const judged = [judge.judge(windows.closeAll(), windows, examples)];
  show(job, judged, windows, outcome);
  const { pending } = job.config.alerts;
  const earlier = { model, version, services, catalogue, novelties, judged, watermark, pending };
  const raised = state.transaction(() => {
    const moved = saveJudged(state, earlier, (alerts: readonly Alert[]) => job.teller?.join(alerts));
    job.findings?.judged(earlier, moved);
    saveMove(state, scanned);
    return moved;
  });
  noteAlerts(outcome, raised);
}

function checkpoints(
  job: ScanJob,
  parts: { records: ScannedRecords; windows: OpenWindows; judge: Judge; counts: RecordCounts },
  context: Context,
): AsyncGenerator<Checkpoint> {
  const { stream, config } = job, progress = new Progress(context);
  let since = context.now(), read = 0;
  return scan({
    ...parts,
    now: stream.clock === "wall" ? context.now() - WALL_DELAY : undefined,
    complete: (judged) => parts.records.complete?.(judged) ?? Promise.resolve(),
    checkpointBytes: config.checkpoint.bytes,
    checkpointDue: () => {
      read++;
      if (parts.records.isDue) return true;
      progress.show(() => `${stream.name}: ${read.toLocaleString("en")} stretches read`);
      if (job.stop?.aborted) return true;
      if (Math.abs(context.now() - since) < config.checkpoint.seconds * 1000) return false; // a clock may be put back
      since = context.now();
      return true;
    },
  });
}

/** Adds what was judged to the table, the charts and the sums. */
function show(job: ScanJob, judged: JudgedWindows[], windows: OpenWindows, outcome: StreamOutcome): void {
  for (const part of job.shown === undefined ? judged : judged.map(job.shown)) {
    job.table?.add(part);
    outcome.activity!.add(part, windows.vectors);
    outcome.windows += part.windows.length;
    for (const verdict of part.anomalous.values()) outcome.anomalous.push(verdict);
    for (const verdict of part.again) if (verdict.anomalous) outcome.anomalous.push(verdict);
  }
}

/** No input, none that could be read to its end, or nothing in it that can be judged, is a failure, not a clean bill of health. */
function refuseNothing({ name, inputs }: StreamConfig, outcome: StreamOutcome): void {
  if (outcome.inputs.length === 0) {
    throw new Error(`Cannot read stream ${name}: ${noInputText(outcome.notes, inputs)}`);
  }
  const stopped = outcome.notes.filter(({ kind }) => kind === "unreadable");
  if (outcome.inputs.every((input) => stopped.some((note) => note.name === input.name))) {
    throw new Error(`Cannot read stream ${name} to its end: ${stopped.map(({ text }) => text).join("; ")}`);
  }
  const { records, untimed } = outcome;
  if (records > 0 && untimed === records) {
    throw new Error(`Cannot judge stream ${name}: ${nothingTimedText(records)}`);
  }
}
