/**
 * The records of all inputs of a stream in one order: time, then source, then offset.
 *
 * @module
 */
import type { Format } from "../record/format.ts";
import { BatchPool, FEW_READERS } from "../record/batch_pool.ts";
import type { Dictionary } from "../record/dictionary.ts";
import type { LogBatch } from "../record/log_batch.ts";
import { ParseQuality } from "../record/parse_quality.ts";
import { RecordReader } from "../record/record_reader.ts";
import type { ReaderState } from "../record/reader_state.ts";
import type { Input, InputNote } from "../source/input.ts";
import { BinaryHeap } from "./binary_heap.ts";
import { type LogClock, LogClocks } from "./log_clocks.ts";
import { type InputPosition, LogHead } from "./log_head.ts";
import { Slice } from "./slice.ts";
import { fileName, redactorOf, type StreamSettings } from "./stream_settings.ts";
import type { StretchSource } from "./stretch.ts";

export type { LogClock } from "./log_clocks.ts";
export type { InputPosition } from "./log_head.ts";
export { Slice } from "./slice.ts";

/** How {@linkcode MergedRecords} reads. */
export interface MergeOptions {
  settings: StreamSettings;
  /** Takes the names of services; their numbers stand in the batches. */
  services: Dictionary;
  /** A format in place of the one that the settings name. */
  format?: Format;
  /** What readers left in an earlier run, by the name of the saved position that an input goes on from. */
  readers?: Map<string, ReaderState>;
  /** The logs in the order of their numbers and the largest time of each, from an earlier run; new ones are added. */
  logs?: LogClock[];
  /** Names of logs that can't be seen now but may come back: windows wait for them, see {@linkcode LogClocks.low}. */
  unseen?: readonly string[];
  /** Called once with every batch, before its rows are handed out. */
  onBatch?: (batch: LogBatch) => void;
}

/** What an input was, and how well it was understood. */
export interface InputQuality {
  name: string;
  /** Its log, and what the settings name it by. */
  log: string;
  pattern: string;
  /** Name of its format; `null` where it was empty. */
  format: string | null;
  quality: ParseQuality;
}

/** Order of heads by their next rows: time, then log, then input. */
function precedes(a: LogHead, b: LogHead): boolean {
  if (a.time !== b.time) return a.time < b.time;
  return a.source !== b.source ? a.source < b.source : a.order < b.order;
}

/**
 * Reads several inputs as one. A slice never crosses the border of a time window, so that what is in memory when a window
 * closes are its own lines; with one input and sessions only, a slice is a whole batch.
 *
 * Each input is looked at once at the beginning; of many, only those whose time has come hold a batch and an open file.
 * An input that can't be read to its end stops there and is noted; the others go on.
 *
 * @example Two logs as one
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { stdinInput } from "../source/stdin.ts";
 * import { MergedRecords } from "./merged_records.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const log = (...lines: string[]) => stdinInput(new Blob(lines.map((line) => `2026-03-02T10:00:${line}\n`)).stream());
 * const inputs = [log("01Z INFO one", "03Z INFO three"), log("02Z INFO two")];
 * const records = new MergedRecords(inputs, {
 *   settings: streamSettings({ name: "web", window: 60_000 }),
 *   services: new Dictionary(),
 * });
 * const contents: string[] = [];
 * for (let slice = await records.next(); slice !== null; slice = await records.next()) {
 *   for (let row = slice.from; row < slice.to; row++) contents.push(slice.batch.record(row).content);
 * }
 * records.close();
 * assert.deepEqual(contents, ["one", "two", "three"]);
 * assert.equal(records.watermark(0), Date.UTC(2026, 2, 2, 10, 0, 3)); // ms
 * ```
 */
export class MergedRecords implements StretchSource {
  /** Records from this time (ms) on are left unread. */
  until = Infinity;
  readonly #options: MergeOptions;
  readonly #batches: BatchPool;
  readonly #redact: (text: string) => string;
  readonly #clocks: LogClocks;
  readonly #heads: LogHead[];
  /** Heads with rows left. */
  readonly #waiting = new BinaryHeap<LogHead>(precedes);
  #started = false;
  #watermark = -Infinity;

  /** @throws {RangeError} if there is no such format, or `readers` holds what another version left. */
  constructor(inputs: Input[], options: MergeOptions) {
    const { settings, services, logs, unseen = [] } = options;
    this.#options = options;
    this.#redact = redactorOf(settings);
    this.#batches = new BatchPool(services);
    this.#clocks = new LogClocks(logs, { names: unseen, lateness: settings.lateness });
    this.#heads = inputs.map((input, order) =>
      new LogHead(input, {
        order,
        open: (state) => this.#open(input, state),
        source: this.#clocks.numberOf(input.log ?? input.name),
        onBatch: options.onBatch,
      })
    );
  }

  #open(input: Input, state?: ReaderState): RecordReader {
    const { settings, services, format, readers } = this.#options, file = fileName(input.log ?? input.name);
    const fixed = settings.service === "field"
      ? undefined
      : settings.service === "file"
      ? file
      : settings.service;
    return new RecordReader(input, {
      services,
      batches: this.#batches,
      format: format ?? settings.format,
      service: fixed,
      fallbackService: file,
      formatOptions: { utcOffset: settings.utcOffset },
      redact: this.#redact,
      state: state ?? readers?.get(input.resumes?.name ?? ""),
    });
  }

  /** Settings of the stream that is read. */
  get settings(): StreamSettings {
    return this.#options.settings;
  }

  /** The logs by number, each with the largest time handed out. */
  get logs(): LogClock[] {
    return this.#clocks.logs;
  }

  /** Looks at the first records of every input; the time of the earliest, -Infinity where records have none. */
  async start(): Promise<number> {
    await this.#advance();
    return this.#waiting.first?.time ?? -Infinity;
  }

  /** Whether records are left that {@linkcode until} holds back. */
  get pending(): boolean {
    return this.#waiting.first !== null;
  }

  /**
   * The next rows, valid until the next call; `null` when every input has come to its (present) end.
   *
   * @param idle As for {@linkcode watermark}, ms.
   */
  async next(idle = Infinity): Promise<Slice | null> {
    await this.#advance();
    const head = this.#waiting.first;
    if (head === null || head.time >= this.until) return null;
    const batch = head.batch!, from = head.row, watermark = this.watermark(idle);
    head.row = this.#sliceEnd(head, batch);
    this.#waiting.moveFirst();
    return new Slice(batch, from, head.row, { source: head.source, watermark });
  }

  /** Gives back what the inputs hold open. */
  close(): void {
    for (const head of this.#heads) head.reader.close();
  }

  /** Where every input stands, for a later run. */
  async positions(): Promise<InputPosition[]> {
    const positions: InputPosition[] = [];
    for (const head of this.#heads) positions.push(await head.position());
    return positions;
  }

  /** Inputs that could not be read to their end and why, what else there is to say of inputs, and logs that can't be seen and that windows wait for. */
  get notes(): InputNote[] {
    const own = this.#heads.flatMap((
      { note, input },
    ) => [...note === null ? [] : [note], ...input.notes ?? []]);
    return [...own, ...this.#clocks.notes];
  }

  /** Parse quality of all inputs together. */
  quality(): ParseQuality {
    const total = new ParseQuality();
    for (const { reader } of this.#heads) total.merge(reader.quality);
    return total;
  }

  /** Name, format and parse quality of each input. */
  inputs(): InputQuality[] {
    return this.#heads.map(({ input, reader }) => ({
      name: input.name,
      log: input.log ?? input.name,
      pattern: input.pattern ?? input.name,
      format: reader.format?.name ?? null,
      quality: reader.quality,
    }));
  }

  /**
   * The time (ms) up to which all logs have been handed out. A log at its end holds it back only while it is no further than
   * `idle` behind the latest, one that can't be seen for longer; it never goes back.
   *
   * @param idle Milliseconds.
   * @param now Real time that passed for logs at their end (`clock: wall`); -Infinity = time is what the lines say.
   */
  watermark(idle: number, now = -Infinity): number {
    const low = Math.min(this.#waiting.first?.time ?? Infinity, this.#clocks.low(idle, now));
    if (low !== Infinity) this.#watermark = Math.max(this.#watermark, low);
    return this.#watermark;
  }

  /** Sees to it that the first head has a row at hand. */
  async #advance(): Promise<void> {
    if (!this.#started) await this.#begin();
    const waiting = this.#waiting;
    for (let head = waiting.first; head?.isUsedUp; head = waiting.first) {
      await head.fill();
      if (head.isDone) {
        waiting.removeFirst();
        this.#clocks.end(head.source);
      } else waiting.moveFirst();
    }
  }

  /** The first inputs stay open; where there are more of them, the others sleep until their time has come. */
  async #begin(): Promise<void> {
    this.#started = true;
    let awake = 0;
    for (const head of this.#heads) {
      if (awake < FEW_READERS || !head.canSleep) await head.fill();
      else await head.peek();
      if (head.isDone) continue;
      if (head.batch !== null) awake++;
      this.#clocks.begin(head.source);
      this.#waiting.add(head);
    }
  }

  /**
   * First row behind `head.row` that comes behind the next head's, is held back or lies in another time window; times seen on
   * the way are noted.
   */
  #sliceEnd(head: LogHead, batch: LogBatch): number {
    const { timestamp, length } = batch, span = this.settings.window, other = this.#waiting.second;
    let cellEnd = Infinity, before = this.until, upTo = Infinity;
    if (other !== null) {
      const isBehind = other.source > head.source || other.source === head.source && other.order > head.order;
      if (isBehind) upTo = other.time;
      else before = Math.min(before, other.time);
    }
    if (head.time !== -Infinity) cellEnd = (Math.floor(head.time / span) + 1) * span;
    let row = head.row, clock = -Infinity;
    for (; row < length; row++) {
      const time = timestamp[row];
      if (Number.isNaN(time)) continue;
      if (row > head.row && (time > upTo || time >= before || time >= cellEnd)) break;
      if (time > clock) clock = time;
    }
    this.#clocks.advance(head.source, clock);
    if (row < length) head.time = timestamp[row];
    return row;
  }
}
