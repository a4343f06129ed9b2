/**
 * One stream of a replay.
 *
 * @module
 */
import { endedBehind, type Model, type State } from "../../lib/mod.ts";
import type { Alert } from "../alert/alert.ts";
import type { Config, StreamConfig } from "../config.ts";
import { type Context, UsageError } from "../context.ts";
import { failureOf, stopsEverything, type StreamFailure } from "../detect/failure.ts";
import { knownStream } from "../detect/models.ts";
import { emptyOutcome, type StreamOutcome } from "../detect/outcome.ts";
import { type ScanJob, scanStream, WALL_DELAY } from "../detect/scan_stream.ts";
import type { VerdictTable } from "../verdict_table.ts";
import { Lane } from "./lane.ts";
import { type Pace, PacedRecords } from "./paced_records.ts";
import { passTraining } from "./training_span.ts";

/** What all streams of a replay have in common. */
export interface StreamReplayOptions {
  config: Config;
  model: Model;
  /** From when on windows are shown and alerts told of, ms since the epoch. */
  from: number;
  /** Takes a row for every window; `null` = nobody asked. */
  table: VerdictTable | null;
  /** Takes the alerts that have changed. */
  join: (alerts: readonly Alert[]) => void;
}

/** A stream that is scanned as far as time has come. What goes wrong with it stops no other one. */
export class StreamReplay {
  readonly outcome: StreamOutcome;
  /** Why it can't be read or judged; `null` = it can. */
  failure: StreamFailure | null = null;
  readonly #lane: Lane;
  #hasBegun = false;
  #fatal: unknown = null;

  constructor(
    private readonly stream: StreamConfig,
    private readonly options: StreamReplayOptions,
    private readonly state: State,
    private readonly context: Context,
  ) {
    this.outcome = emptyOutcome(stream.name);
    this.#lane = new Lane(options.from);
  }

  /** Whether its time is what lines say, and none have come for so long (ms) that what there is may be all. */
  isQuiet(wait: number): boolean {
    return this.stream.clock === "data" && this.#lane.time - this.#lane.readAt >= wait;
  }

  /** Scans up to where the replay begins. What a model was trained on before that is read, but not judged. */
  async begin(): Promise<void> {
    const { stream, state, context, options: { model, config, from } } = this, { version } = model;
    await this.#try(async () => {
      if (stream.elasticsearch.counted) throw new UsageError(countedText(stream));
      if (!model.streams.some(({ settings }) => settings.name === stream.name)) {
        throw new UsageError(unlearnedText(stream, version));
      }
      const known = knownStream(model, stream, config), { trained } = known;
      if (trained.to <= from) await passTraining(stream, { model: known, version }, state, context);
      const pace: Pace = {
        time: from,
        isWatched: false,
        readAt: -Infinity,
        goesOn: () => Promise.resolve(false),
      };
      await this.#scan(pace, { table: null, dryRun: false }, emptyOutcome(stream.name));
    });
    if (this.failure !== null) return;
    this.#hasBegun = true;
    const { table, join } = this.options, quiet = { ...context, isTerminal: false, stderr: () => {} };
    const shown: ScanJob["shown"] = (judged) => endedBehind(judged, from);
    await this.#lane.begin(() =>
      this.#try(() =>
        this.#scan(this.#lane, { table, shown, teller: { join }, dryRun: true }, this.outcome, quiet)
      )
    );
    this.#refuseToGoOn();
  }

  /**
   * Goes on up to a time, ms.
   *
   * @param isWatched Whether something is told of that may change at any moment.
   */
  async advance(time: number, isWatched: boolean): Promise<void> {
    if (!this.#hasBegun) return;
    this.#lane.isWatched = isWatched;
    await this.#lane.advance(time);
    this.#refuseToGoOn();
  }

  /** Ends where it is: what is over by now is judged. */
  async end(): Promise<void> {
    if (!this.#hasBegun) return;
    await this.#lane.end();
    this.#refuseToGoOn();
    const { outcome, options: { from } } = this;
    const told = [...outcome.opened, ...outcome.wentOn].filter(({ end }) => end === null || end > from);
    Object.assign(outcome, { opened: told, worse: [], wentOn: [] });
  }

  async #scan(
    pace: Pace,
    how: Pick<ScanJob, "table" | "shown" | "teller" | "dryRun">,
    outcome: StreamOutcome,
    context = this.context,
  ): Promise<void> {
    const { stream, state, options } = this, { model, config } = options;
    const delay = stream.clock === "wall" ? WALL_DELAY : null;
    const job: ScanJob = {
      ...{ stream, ...how, findings: null, version: model.version },
      model: knownStream(model, stream, config),
      config: { ...config, checkpoint: { ...config.checkpoint, seconds: Infinity } }, // no clock but that of the replay
      paced: (records) => new PacedRecords(records, pace, delay),
    };
    await scanStream(job, state, context, outcome);
  }

  async #try(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (stopsEverything(error)) this.#fatal = error;
      this.failure = failureOf(this.stream.name, error);
      this.outcome.notJudged.push(this.failure.message);
    }
  }

  #refuseToGoOn(): void {
    if (this.#fatal !== null) throw this.#fatal;
  }
}

function unlearnedText({ name }: StreamConfig, version: string): string {
  return `Cannot replay stream ${name}: model ${version} has not learned it; \`deno task train\` makes one that has`;
}

function countedText({ name }: StreamConfig): string {
  return `Cannot replay stream ${name}: workers count its records in the cluster, for the model that judges now; ` +
    "replay it by settings without elasticsearch: {counted: true}, which read the documents themselves";
}
