/**
 * One stream of a live run, from its saved position to the present end of its logs.
 *
 * @module
 */
import {
  Activity,
  type Checkpoint,
  createWindows,
  Dictionary,
  Judge,
  type LogBatch,
  MergedRecords,
  Novelties,
  OpenWindows,
  type ReaderState,
  Registry,
  type SavedPosition,
  scan,
  type State,
  type StreamModel,
  windowOptions,
} from "../../lib/mod.ts";
import { planDeliveries } from "../alert/outbox.ts";
import type { Config, StreamConfig } from "../config.ts";
import type { Context } from "../context.ts";
import { openFollowed } from "../inputs.ts";
import { Progress } from "../progress.ts";
import type { VerdictTable } from "../verdict_table.ts";
import { channelNames } from "./deliveries.ts";
import { type Progressed, saveProgress, type StreamDetail } from "./commit.ts";
import { inputsSeen } from "./one_off.ts";
import { emptyOutcome, type StreamOutcome } from "./outcome.ts";
import { adoptState } from "./adopt_state.ts";

/** Real time that a line may take to reach its file, ms: `clock: wall` runs this much behind. */
const WALL_DELAY = 60_000;

/** How far ahead of real time a line may be dated, ms; one that is further ahead has no time that means anything. */
const FUTURE = 86_400_000;

/** A stream to scan. */
export interface ScanJob {
  stream: StreamConfig;
  config: Config;
  model: StreamModel;
  version: string;
  dryRun: boolean;
  /** Takes a row for every window that is judged; `null` = nobody asked. */
  table: VerdictTable | null;
  /** Path of the report that messages point to. */
  report: string;
}

/** Scans a stream and makes every checkpoint permanent. */
export async function scanStream(job: ScanJob, state: State, context: Context): Promise<StreamOutcome> {
  const { stream, model, version } = job, { settings, catalogue } = model;
  const saved = state.inputs(stream.name);
  const { inputs, notes, kept } = await openFollowed(
    stream.inputs,
    saved.map(({ position }) => position as SavedPosition),
  );
  const services = new Dictionary(), novelties = new Novelties(state.novelties(stream.name));
  const { windows, births } = await restored(job, state, services);
  const detail = state.stream(stream.name)?.detail as StreamDetail | undefined;
  const records = new MergedRecords(inputs, {
    settings,
    services,
    readers: new Map(
      saved.filter(({ reader }) => reader !== null).map((
        { name, reader },
      ) => [name, reader as unknown as ReaderState]),
    ),
    logs: detail?.logs.map(({ name, clock }) => ({ name, clock: clock ?? -Infinity })),
    onBatch: (batch) => {
      if (stream.clock === "wall") dropFuture(batch, context.now() + FUTURE);
      catalogue.match(batch);
    },
  });
  const { late: lateBefore, untimed: untimedBefore } = windows.stats;
  const outcome: StreamOutcome = {
    ...emptyOutcome(stream.name),
    ...{ model, version, notes, activity: new Activity(settings.window) },
  };
  const judge = new Judge({ model, catalogue, services, novelties });
  const keptInputs = kept.map((position) => saved.find(({ name }) => name === position.name)!)
    .map(({ name, position, reader }) => ({ name, position: position as SavedPosition, reader }));
  const progressed: Omit<Progressed, "positions" | "judged" | "watermark"> = {
    ...{ model, version, records, kept: keptInputs, windows, services, catalogue, births, novelties },
  };
  for await (const checkpoint of checkpoints(job, { records, windows, judge }, context)) {
    await settle(job, checkpoint, progressed, outcome, state, context);
    progressed.births = catalogue.size - catalogue.frozen;
  }
  records.close();
  const { late, untimed, open } = windows.stats;
  return {
    ...outcome,
    late: late - lateBefore,
    untimed: untimed - untimedBefore,
    open,
    services: services.size,
    inputs: inputsSeen(records.inputs()),
    quality: records.quality(),
  };
}

/** The stream's open windows and births, as the last run left them. */
async function restored(
  job: ScanJob,
  state: State,
  services: Dictionary,
): Promise<{ windows: OpenWindows; births: number }> {
  const { settings } = job.model, snapshot = state.openWindows(settings.name);
  if (snapshot === null) return { windows: createWindows(settings, services), births: 0 };
  const windows = OpenWindows.restore(snapshot, windowOptions(settings), services);
  const registry = new Registry(job.config.model.directory);
  return {
    windows,
    births: await adoptState(job.model, windows, state, (version) => registry.load(version)),
  };
}

function checkpoints(
  job: ScanJob,
  parts: { records: MergedRecords; windows: OpenWindows; judge: Judge },
  context: Context,
): AsyncGenerator<Checkpoint> {
  const { stream, config } = job, progress = new Progress(context);
  let since = context.now(), read = 0;
  return scan({
    ...parts,
    now: stream.clock === "wall" ? context.now() - WALL_DELAY : undefined,
    checkpointBytes: config.checkpoint.bytes,
    checkpointDue: () => {
      progress.show(`${stream.name}: ${(++read).toLocaleString("en")} stretches read`);
      if (context.now() - since < config.checkpoint.seconds * 1000) return false;
      since = context.now();
      return true;
    },
  });
}

async function settle(
  job: ScanJob,
  checkpoint: Checkpoint,
  progressed: Omit<Progressed, "positions" | "judged" | "watermark">,
  outcome: StreamOutcome,
  state: State,
  context: Context,
): Promise<void> {
  const { judged, watermark } = checkpoint, { records, windows } = progressed;
  outcome.records += checkpoint.records;
  for (const part of judged) {
    job.table?.add(part);
    outcome.activity!.add(part, windows.vectors);
    outcome.windows += part.windows.length;
    for (const verdict of part.anomalous.values()) outcome.anomalous.push(verdict);
  }
  if (job.dryRun) return;
  const positions = await records.positions();
  const { config } = job, now = context.now();
  const raised = state.transaction(() =>
    saveProgress(
      state,
      { ...progressed, positions, judged, watermark },
      (opened) =>
        planDeliveries(opened, {
          ...{
            channels: channelNames(config),
            now,
            limit: Math.max(0, config.alerts.max_per_run - outcome.opened.length),
            report: job.report,
          },
        }),
    )
  );
  outcome.opened.push(...raised.opened);
  outcome.continued += raised.alerts.length - raised.opened.length;
}

/** Takes the time from records that are dated later than `latest` (ms), so that one wrong clock doesn't make all others late. */
function dropFuture({ timestamp, length }: LogBatch, latest: number): void {
  for (let i = 0; i < length; i++) if (timestamp[i] > latest) timestamp[i] = NaN;
}
