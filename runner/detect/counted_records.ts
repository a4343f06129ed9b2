/**
 * A counted stream as the records of a scan.
 *
 * @module
 */
import {
  fetchExamples,
  type InputNote,
  type JudgedWindows,
  type LogClock,
  MappedRecords,
  ParseQuality,
  readCountedPosition,
  type StoredInput,
  type StreamModel,
  type StreamSettings,
  type Stretch,
} from "../../lib/mod.ts";
import type { StreamConfig } from "../config.ts";
import type { Context } from "../context.ts";
import { COUNTED_SOURCE, type Counting, type OpenCounted, openCountedStream } from "./counted_source.ts";
import type { StreamOutcome } from "./outcome.ts";
import type { ScannedRecords } from "./scanned_records.ts";
import type { SeenSource } from "./seen_sources.ts";

/** Records that workers have counted, as the cluster has them. */
export class CountedRecords implements ScannedRecords {
  readonly settings: StreamSettings;
  readonly notes: InputNote[] = [];
  readonly #open: OpenCounted;
  readonly #name: string;
  readonly #records: MappedRecords;
  #count = 0;

  private constructor(
    open: OpenCounted,
    { settings, catalogue }: Pick<StreamModel, "settings" | "catalogue">,
    { name, logs }: { name: string; logs?: LogClock[] },
  ) {
    const next = async () => {
      const part = await open.counted.next();
      this.#count += part?.records ?? 0;
      return part;
    };
    this.settings = settings;
    this.#open = open;
    this.#name = name;
    this.#records = new MappedRecords({ next }, { settings, catalogue, name, logs });
  }

  /**
   * Opens a stream where an earlier run stopped.
   *
   * @param saved What that has left.
   */
  static async open(
    stream: StreamConfig,
    model: StreamModel,
    saved: { inputs: StoredInput[]; logs?: LogClock[] },
    context: Context,
  ): Promise<CountedRecords> {
    const [name] = stream.inputs, { settings, catalogue, watched } = model;
    const position = saved.inputs.find((input) => input.name === name)?.position;
    const open = await openCountedStream(stream, {
      ...{ settings, catalogue: catalogue.toJSON(), watched },
      position: position === undefined ? null : readCountedPosition(position),
      to: endOf(stream, context),
      follows: stream.clock === "wall",
    }, context);
    return new CountedRecords(open, model, { name, logs: saved.logs });
  }

  get logs(): LogClock[] {
    return this.#records.logs;
  }

  next(idle?: number): Promise<Stretch | null> {
    return this.#records.next(idle);
  }

  watermark(idle: number, now?: number): number {
    return this.#records.watermark(idle, now);
  }

  positions(): Promise<StoredInput[]> {
    const position = { source: COUNTED_SOURCE, ...this.#open.counted.position() };
    return Promise.resolve([{ name: this.#name, position, reader: null }]);
  }

  seen(): { inputs: StreamOutcome["inputs"]; sources: SeenSource[]; quality: ParseQuality } {
    const source = this.#name, records = this.#count, [{ clock }] = this.logs;
    return {
      inputs: [{ name: source, format: "document", records, share: 1 }],
      sources: [{ source, records, unparsed: 0, newest: clock === -Infinity ? null : clock }],
      quality: new ParseQuality(),
    };
  }

  async complete(judged: JudgedWindows[]): Promise<void> {
    await fetchExamples(judged, (template, window) => this.#open.counted.lineOf(template, window));
  }

  async tidy(): Promise<void> {
    await this.#open.counted.tidy();
  }

  async close(): Promise<void> {
    await this.#open.close();
  }
}

/** Where time is real time, what is dated later than now is left for a later run: one wrong clock would make all others late. */
function endOf({ clock }: StreamConfig, context: Context): Counting["to"] {
  return clock === "wall" ? context.now() : undefined;
}
