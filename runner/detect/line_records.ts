/**
 * Lines as the records of a scan.
 *
 * @module
 */
import {
  type Dictionary,
  type InputNote,
  type LogBatch,
  type LogClock,
  MergedRecords,
  type ParseQuality,
  type ReaderState,
  type SavedPosition,
  type Slice,
  type StoredInput,
  type StreamModel,
  type StreamSettings,
} from "../../lib/mod.ts";
import type { StreamConfig } from "../config.ts";
import type { Context } from "../context.ts";
import { type FoundInputs, openFollowed } from "../inputs.ts";
import { inputsSeen } from "./seen_inputs.ts";
import { type SeenSource, sourcesSeen } from "./seen_sources.ts";
import type { StreamOutcome } from "./outcome.ts";
import type { ScannedRecords } from "./scanned_records.ts";

/** How far ahead of real time a line may be dated, ms; one that is further ahead has no time that means anything. */
const FUTURE = 86_400_000;

/** Where an earlier run stopped. */
export interface LeftOff {
  inputs: StoredInput[];
  logs?: LogClock[];
}

/** The lines of a stream's inputs, matched against its model's templates. */
export class LineRecords implements ScannedRecords {
  readonly #records: MergedRecords;
  readonly #found: FoundInputs;
  readonly #kept: StoredInput[];

  private constructor(records: MergedRecords, found: FoundInputs, kept: StoredInput[]) {
    this.#records = records;
    this.#found = found;
    this.#kept = kept;
  }

  /** Opens inputs where an earlier run stopped. */
  static async open(
    stream: StreamConfig,
    { model: { settings, catalogue }, services }: { model: StreamModel; services: Dictionary },
    { inputs: saved, logs }: LeftOff,
    context: Context,
  ): Promise<LineRecords> {
    const positions = saved.map(({ position }) => position as SavedPosition);
    const found = await openFollowed(stream.inputs, positions, { context, stream });
    const readers = saved.filter(({ reader }) => reader !== null)
      .map(({ name, reader }): [string, ReaderState] => [name, reader as unknown as ReaderState]);
    const records = new MergedRecords(found.inputs, {
      ...{ settings, services, logs, readers: new Map(readers), unseen: found.unseen },
      onBatch: (batch) => {
        if (stream.clock === "wall") dropFuture(batch, context.now() + FUTURE);
        catalogue.match(batch);
      },
    });
    const kept = found.kept.map(({ name }) => saved.find((input) => input.name === name)!);
    return new LineRecords(records, found, kept);
  }

  get settings(): StreamSettings {
    return this.#records.settings;
  }

  get until(): number {
    return this.#records.until;
  }

  set until(time: number) {
    this.#records.until = time;
  }

  get logs(): LogClock[] {
    return this.#records.logs;
  }

  get notes(): InputNote[] {
    return [...this.#found.notes, ...this.#records.notes];
  }

  next(idle?: number): Promise<Slice | null> {
    return this.#records.next(idle);
  }

  watermark(idle: number, now?: number): number {
    return this.#records.watermark(idle, now);
  }

  /** Those of inputs that can't be seen at the moment too. */
  async positions(): Promise<StoredInput[]> {
    return [...this.#kept, ...storedInputs(await this.#records.positions())];
  }

  seen(): { inputs: StreamOutcome["inputs"]; sources: SeenSource[]; quality: ParseQuality } {
    const inputs = this.#records.inputs(), sources = sourcesSeen(inputs, this.logs);
    return { inputs: inputsSeen(inputs), sources, quality: this.#records.quality() };
  }

  close(): Promise<void> {
    this.#records.close();
    return Promise.resolve();
  }
}

/** Positions as the state keeps them. */
export function storedInputs(positions: Awaited<ReturnType<MergedRecords["positions"]>>): StoredInput[] {
  return positions.map(({ name, position, reader }) => ({ name, position, reader: { ...reader } }));
}

/** Takes the time from records that are dated later than `latest` (ms), so that one wrong clock doesn't make all others late. */
function dropFuture({ timestamp, length }: LogBatch, latest: number): void {
  for (let i = 0; i < length; i++) if (timestamp[i] > latest) timestamp[i] = NaN;
}
