/**
 * The records of all inputs of a stream in one order: time, then source, then offset.
 *
 * @module
 */
import type { Format } from "../record/format.ts";
import type { Dictionary } from "../record/dictionary.ts";
import type { LogBatch } from "../record/log_batch.ts";
import { ParseQuality } from "../record/parse_quality.ts";
import { type ReaderState, RecordReader } from "../record/record_reader.ts";
import { type Input, InputError, type InputNote, type SavedPosition } from "../source/input.ts";
import { fileName, redactorOf, type StreamSettings } from "./stream_settings.ts";

/** A stretch of one batch that comes next; rows `[from, to)`. */
export interface Slice {
  batch: LogBatch;
  from: number;
  to: number;
  /** Number of the log that the rows come from; a rotated file has the number of the log it was. */
  source: number;
  /** Watermark (ms) before its first row was handed out: what closes at it closes without the slice. */
  watermark: number;
}

/** Where an input stands: everything before it was handed out. */
export interface InputPosition {
  name: string;
  position: SavedPosition;
  reader: ReaderState;
}

/** One log, by its name without rotation suffix, and the largest time (ms) seen in it; -Infinity = none yet. */
export interface LogClock {
  name: string;
  clock: number;
}

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
  /** Called once with every batch, before its rows are handed out. */
  onBatch?: (batch: LogBatch) => void;
}

/** What an input was, and how well it was understood. */
export interface InputQuality {
  name: string;
  /** Name of its format; `null` where it was empty. */
  format: string | null;
  quality: ParseQuality;
}

/** One input with its present batch. */
class Head {
  batch: LogBatch | null = null;
  /** Next row to hand out. */
  row = 0;
  /** Time of that row; a row without a time has that of the row before it. */
  time = -Infinity;
  exhausted = false;
  /** Why it ends where it does, when it could not be read to its end. */
  note: InputNote | null = null;

  constructor(readonly input: Input, readonly reader: RecordReader, readonly source: number) {}

  /** Loads the next batch if the present one is used up; false when there is none. */
  async fill(onBatch?: (batch: LogBatch) => void): Promise<boolean> {
    while (!this.exhausted && (this.batch === null || this.row === this.batch.length)) {
      this.batch = await this.#nextBatch();
      this.row = 0;
      if (this.batch === null) this.exhausted = true;
      else onBatch?.(this.batch);
    }
    if (this.batch !== null) this.see(this.batch.timestamp[this.row]);
    return this.batch !== null;
  }

  /** A file that can't be read ends there: one damaged file must not stop the others. */
  async #nextBatch(): Promise<LogBatch | null> {
    try {
      return await this.reader.next();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.note = error.note;
      return null;
    }
  }

  see(time: number): void {
    if (!Number.isNaN(time)) this.time = time;
  }

  /** Offset behind everything handed out. */
  get consumed(): number {
    const { batch, row } = this;
    return batch === null || row >= batch.length ? this.reader.offset : batch.base + batch.start[row];
  }

  /** What a later reader needs to go on there. */
  get state(): ReaderState {
    return this.reader.state(this.batch === null ? Infinity : this.row);
  }
}

/**
 * Reads several inputs as one. A slice never crosses the border of a time window, so that what is in memory when a window
 * closes are its own lines; with one input and sessions only, a slice is a whole batch.
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
export class MergedRecords {
  /** The logs by number, each with the largest time handed out. */
  readonly logs: LogClock[];
  #heads: Head[] = [];
  readonly #options: MergeOptions;
  #last: Head | null = null;
  #watermark = -Infinity;
  #span: number;
  #started = false;
  readonly #redact: (text: string) => string;
  /** Records from this time (ms) on are left unread. */
  until = Infinity;

  /** @throws {RangeError} if there is no such format, or `readers` holds what another version left. */
  constructor(inputs: Input[], options: MergeOptions) {
    this.#options = options;
    this.#redact = redactorOf(options.settings);
    this.#span = options.settings.window;
    this.logs = (options.logs ?? []).map((log) => ({ ...log }));
    for (const input of inputs) this.#heads.push(this.#open(input));
  }

  #open(input: Input): Head {
    const { settings, services, format, readers } = this.#options;
    const log = input.log ?? input.name, file = fileName(log);
    let source = this.logs.findIndex(({ name }) => name === log);
    if (source < 0) source = this.logs.push({ name: log, clock: -Infinity }) - 1;
    const fixed = settings.service === "field"
      ? undefined
      : settings.service === "file"
      ? file
      : settings.service;
    const reader = new RecordReader(input, {
      services,
      format: format ?? settings.format,
      service: fixed,
      fallbackService: file,
      formatOptions: { utcOffset: settings.utcOffset },
      redact: this.#redact,
      state: readers?.get(input.resumes?.name ?? ""),
    });
    return new Head(input, reader, source);
  }

  /** Settings of the stream that is read. */
  get settings(): StreamSettings {
    return this.#options.settings;
  }

  /** Reads the first batch of every input; the time of the earliest record, -Infinity where records have none. */
  async start(): Promise<number> {
    await this.#advance();
    return this.#earliest()?.time ?? -Infinity;
  }

  /** Whether records are left that {@linkcode until} holds back. */
  get pending(): boolean {
    return this.#earliest() !== null;
  }

  /**
   * The next rows, valid until the next call; `null` when every input has come to its (present) end.
   *
   * @param idle As for {@linkcode watermark}, ms.
   */
  async next(idle = Infinity): Promise<Slice | null> {
    await this.#advance();
    const head = this.#earliest();
    if (head === null || head.time >= this.until) return null;
    const batch = head.batch!, from = head.row, watermark = this.watermark(idle);
    head.row = this.#sliceEnd(head, batch, this.#limits(head));
    this.#last = head;
    return { batch, from, to: head.row, source: head.source, watermark };
  }

  /** Gives back what the inputs hold open. */
  close(): void {
    for (const head of this.#heads) head.reader.close();
  }

  /** Where every input stands, for a later run. */
  async positions(): Promise<InputPosition[]> {
    const positions: InputPosition[] = [];
    for (const { input, consumed, state } of this.#heads) {
      positions.push({ name: input.name, position: await input.position(consumed), reader: state });
    }
    return positions;
  }

  /** Inputs that could not be read to their end, and why. What came before counts, and so do all others. */
  get notes(): InputNote[] {
    return this.#heads.flatMap(({ note }) => note ?? []);
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
      format: reader.format?.name ?? null,
      quality: reader.quality,
    }));
  }

  /**
   * The time (ms) up to which all logs have been handed out. A log at its end holds it back only while it is no further than
   * `idle` behind the latest; it never goes back.
   *
   * @param idle Milliseconds.
   * @param now Real time that passed for logs at their end (`clock: wall`); -Infinity = time is what the lines say.
   */
  watermark(idle: number, now = -Infinity): number {
    const latest = this.logs.reduce((most, { clock }) => Math.max(most, clock), -Infinity);
    let low = Infinity;
    const pending = new Set<number>();
    for (const head of this.#heads) {
      if (head.batch === null || head.row === head.batch.length && head.exhausted) continue;
      pending.add(head.source);
      low = Math.min(low, head.time);
    }
    this.logs.forEach(({ clock }, source) => {
      if (pending.has(source) || clock === -Infinity) return;
      const time = Math.max(clock, now);
      if (latest - time <= idle) low = Math.min(low, time);
    });
    if (low !== Infinity) this.#watermark = Math.max(this.#watermark, low);
    return this.#watermark;
  }

  async #advance(): Promise<void> {
    const { onBatch } = this.#options;
    if (this.#last !== null) await this.#last.fill(onBatch);
    else if (!this.#started) { for (const head of this.#heads) await head.fill(onBatch); }
    this.#started = true;
  }

  #earliest(): Head | null {
    let best: Head | null = null;
    for (const head of this.#heads) {
      if (head.batch === null) continue;
      if (best === null || head.time < best.time || head.time === best.time && head.source < best.source) {
        best = head;
      }
    }
    return best;
  }

  /** Rows come from `head` up to the time of heads behind it in order, and before the time of those that have precedence. */
  #limits(head: Head): { upTo: number; before: number } {
    let upTo = Infinity, before = this.until, precedes = true;
    for (const other of this.#heads) {
      if (other === head) precedes = false;
      else if (other.batch === null) continue;
      else if (other.source < head.source || other.source === head.source && precedes) {
        before = Math.min(before, other.time);
      } else upTo = Math.min(upTo, other.time);
    }
    return { upTo, before };
  }

  /** First row behind `head.row` beyond the limits or in another time window; times seen on the way are noted. */
  #sliceEnd(head: Head, batch: LogBatch, { upTo, before }: { upTo: number; before: number }): number {
    const { timestamp, length } = batch, span = this.#span;
    const log = this.logs[head.source];
    let row = head.row, clock = log.clock, cellEnd = Infinity;
    if (head.time !== -Infinity) cellEnd = (Math.floor(head.time / span) + 1) * span;
    for (; row < length; row++) {
      const time = timestamp[row];
      if (Number.isNaN(time)) continue;
      if (row > head.row && (time > upTo || time >= before || time >= cellEnd)) break;
      if (time > clock) clock = time;
    }
    log.clock = clock;
    if (row < length) head.time = timestamp[row];
    return row;
  }
}
