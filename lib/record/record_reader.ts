/**
 * An input's bytes as batches of records.
 *
 * @module
 */
import type { Input } from "../source/input.ts";
import { BatchPool } from "./batch_pool.ts";
import { gatherBlocks } from "./blocks.ts";
import { detectFormat, DETECTION_BYTES, learnFormat } from "./detect.ts";
import type { Dictionary } from "./dictionary.ts";
import type { Format, FormatOptions, HeaderParser, ParserState } from "./format.ts";
import { FormatChange } from "./format_change.ts";
import { formatByName } from "./formats/mod.ts";
import { type Joined, joinLines } from "./join.ts";
import { LineReader } from "./line_reader.ts";
import { invalidUtf8, type LinesFound } from "./lines.ts";
import type { LogBatch } from "./log_batch.ts";
import { ParseQuality } from "./parse_quality.ts";
import {
  lastTimeOf,
  READER_STATE_VERSION,
  type ReaderState,
  stateBetween,
  withLoose,
} from "./reader_state.ts";
import { takeWholeBlocks } from "./whole_blocks.ts";

/** How a {@linkcode RecordReader} reads. */
export interface RecordReaderOptions {
  /** Names behind the service column; shared by readers whose batches are compared. */
  services: Dictionary;
  /** The format or its name; `"auto"` (the default): told from the first bytes. An input that has one of its own is read by that. */
  format?: Format | string;
  /** A fixed service for every record, instead of what the lines say. */
  service?: string;
  /** The service of records that name none. */
  fallbackService: string;
  /** Whether a logger's name stands for the service, as for a table of events; default false. */
  loggers?: boolean;
  /** What the format needs to know beyond the lines. */
  formatOptions?: FormatOptions;
  /** Where batches come from, for readers that share them; default: a batch of its own. */
  batches?: BatchPool;
  /** Takes secrets out of the examples in {@linkcode RecordReader.quality}; default: the built-in patterns. */
  redact?: (text: string) => string;
  /** Where an earlier reader of the same input stopped, see {@linkcode RecordReader.state}. */
  state?: ReaderState;
}

/**
 * Reads an input as batches of records: lines, headers, joined lines, services, in bounded memory.
 *
 * Which records there are depends on the bytes alone, not on where reads were cut: an unfinished last line of an input that may
 * still grow is not consumed, and a line that continues a record already handed out is counted in {@linkcode LogBatch.continued}.
 *
 * Where `format` is `"auto"` and a hundred lines in a row have no header, the format is told anew from the last fifty of them;
 * it holds from the next line on, and {@linkcode quality} says so.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "./dictionary.ts";
 * import { RecordReader } from "./record_reader.ts";
 *
 * let bytes = new TextEncoder().encode("2026-03-02T10:00:00Z ERROR lost\n  at main\n");
 * const input = {
 *   name: "shop.log",
 *   offset: 0,
 *   final: true,
 *   read(target: Uint8Array) {
 *     const length = bytes.length;
 *     target.set(bytes);
 *     bytes = new Uint8Array(0);
 *     return Promise.resolve(length);
 *   },
 *   position: (offset: number) => Promise.resolve({ name: "shop.log", offset }),
 *   close() {},
 * };
 * const reader = new RecordReader(input, { services: new Dictionary(), fallbackService: "shop" });
 * const batch = await reader.next();
 * assert(batch?.record(0).content === "lost" && batch.lines[0] === 2);
 * assert(reader.format?.name === "iso8601" && await reader.next() === null);
 * ```
 */
export class RecordReader {
  /** What was read so far, and what was wrong with it. */
  readonly quality: ParseQuality;
  readonly #input: Input;
  readonly #options: RecordReaderOptions;
  readonly #lines: LineReader;
  #service = -1; // fixed service, or that of records without one, once one was seen
  #format: Format | null = null;
  #wanted: Format | null = null; // the format, where it must learn from the first lines before it is opened
  #parser: HeaderParser | null = null;
  #change: FormatChange;
  #begun: boolean;
  #loose: number;
  #before: ReaderState; // as the last batch began

  /** @throws {RangeError} when a format is unknown, or `state` of another version. */
  constructor(input: Input, options: RecordReaderOptions) {
    const { services, state, batches = new BatchPool(services) } = options;
    if (state !== undefined && state.version !== READER_STATE_VERSION) {
      throw new RangeError(
        `Cannot continue reading records: the state's version must be ${READER_STATE_VERSION}, current value is ${state.version}`,
      );
    }
    this.#input = input;
    this.quality = new ParseQuality(options.redact);
    this.#options = { ...options, format: input.format ?? options.format };
    this.#lines = new LineReader(input, batches);
    this.#begun = state?.begun ?? false;
    this.#loose = state?.loose ?? 0;
    this.#change = new FormatChange(state?.votes);
    const lastTime = state?.lastTime ?? null;
    this.#before = { version: READER_STATE_VERSION, format: null, parser: {}, lastTime, begun: this.#begun };
    this.#restore(state);
    this.#before = this.state();
  }

  /** The format; `null` until it was told from the first lines. */
  get format(): Format | null {
    return this.#format;
  }

  /** Offset in the input behind all that was handed out: where a later run may continue. */
  get offset(): number {
    return this.#lines.offset;
  }

  /**
   * The next batch, valid until the next call, or `null` where there is nothing (more) now. A batch may have no rows: then its
   * lines continue a record of an earlier one.
   *
   * @throws {InputError} when the input can't be read; all lines before were handed out then.
   */
  async next(): Promise<LogBatch | null> {
    this.#before = this.state();
    if (!await this.#lines.fill(this.#format === null ? DETECTION_BYTES : 0)) return null;
    const batch = this.#lines.batch!;
    if (this.#format === null) {
      const end = Math.min(this.#lines.contiguous, DETECTION_BYTES);
      const { format, state } = this.#wanted === null
        ? detectFormat(batch.bytes, end, this.#formatOptions)
        : { format: this.#wanted, state: learnFormat(this.#wanted, batch.bytes, end) };
      this.#open(format, state);
      this.#before.parser = this.#parser!.state();
      this.#before.format = this.#format!.name;
    }
    const { block } = this.#format!;
    const found = block === undefined ? this.#lines.take() : await takeWholeBlocks(this.#lines, block);
    return found === null ? null : this.#finish(this.#lines.batch!, found);
  }

  /**
   * What a later reader needs to continue where this one stopped, or behind row `row - 1` of the batch handed out last
   * (at the offset {@linkcode LogBatch.offsetAfter} gives for it).
   *
   * @param row The first row of the last batch that was not taken; default: all were.
   */
  state(row = Infinity): ReaderState {
    const batch = this.#lines.batch, before = this.#before;
    if (batch !== null && row < batch.length) return stateBetween(before, batch, row, this.#batchFormat);
    const lastTime = batch === null ? before.lastTime : lastTimeOf(batch, batch.length) ?? before.lastTime;
    const parser = this.#parser?.state() ?? { ...before.parser };
    if ("lastTime" in parser) parser.lastTime = lastTime;
    const state = {
      version: READER_STATE_VERSION,
      format: this.#format?.name ?? null,
      parser,
      lastTime,
      begun: this.#begun,
    };
    return withLoose(state as ReaderState, this.#loose, this.#change.votes(this.#loose));
  }

  /** Gives the batch back to the pool. The next {@linkcode next} goes on as if nothing had been. */
  release(): void {
    this.#before = this.state();
    this.#lines.release();
  }

  /** Closes the input. */
  close(): void {
    this.#input.close();
  }

  /** The format of the last batch, which may have changed behind it. */
  get #batchFormat(): Format {
    return formatByName(this.#before.format!);
  }

  /** A year that lines don't name is that of the file's last change. */
  get #formatOptions(): FormatOptions {
    return { referenceTime: this.#input.modified, ...this.#options.formatOptions };
  }

  #restore(state?: ReaderState): void {
    const { format = "auto" } = this.#options, name = format === "auto" ? state?.format ?? null : format;
    if (name === null) return;
    const known = typeof name === "string" ? formatByName(name) : name;
    const parser = state?.format === known.name ? state.parser : undefined;
    if (parser === undefined && known.learn !== undefined) this.#wanted = known;
    else this.#open(known, parser);
  }

  #open(format: Format, state?: ParserState): void {
    this.#format = format;
    this.#parser = format.open(this.#formatOptions, state);
  }

  /** Headers, joining, services, counts of the batch's lines. */
  #finish(batch: LogBatch, found: LinesFound): LogBatch {
    const { block, names } = this.#format!, { service, loggers = false } = this.#options;
    batch.named = service === undefined && (loggers || names !== "loggers");
    let damage = this.#damage(batch, found);
    if (block !== undefined) gatherBlocks(batch, block);
    const count = batch.length;
    let joined = this.#join(batch);
    if (joined.taken < count) { // the format changes behind a line: the batch ends there
      damage = this.#damage(batch, this.#lines.takeBefore(batch.start[joined.taken]));
      if (block !== undefined) gatherBlocks(batch, block);
      this.#open(this.#format!, this.#before.parser);
      this.#change = new FormatChange(this.#before.votes);
      joined = this.#join(batch);
    }
    this.#begun = joined.begun || !this.#format!.multiline;
    this.#loose = joined.loose;
    this.#fillServices(batch);
    batch.template.fill(-1, 0, batch.length);
    batch.sessionStart.fill(0, 0, batch.length + 1);
    if (damage !== null) this.quality.merge(damage);
    this.quality.addRecords(batch, this.#format!.name, joined.doubtful);
    if (this.#change.format !== null) this.#changeFormat(batch, this.#change.format);
    return batch;
  }

  /** What is wrong with the bytes of the batch's lines, before they are joined; `null` = nothing. */
  #damage(batch: LogBatch, { ascii, cut, firstCut, nul, firstNul }: LinesFound): ParseQuality | null {
    const invalid = ascii ? { count: 0, first: -1 } : invalidUtf8(batch, batch.filled);
    if (cut + nul + invalid.count === 0) return null;
    const quality = new ParseQuality(this.#options.redact), of = { format: this.#format!.name, batch };
    quality.addReason("cut", { ...of, count: cut, row: firstCut });
    quality.addReason("NUL byte", { ...of, count: nul, row: firstNul });
    quality.addReason("invalid UTF-8", { ...of, count: invalid.count, row: invalid.first });
    return quality;
  }

  #join(batch: LogBatch): Joined {
    const { format = "auto" } = this.#options, change = this.#change, { start, recordEnd } = batch;
    batch.prefixed = this.#format!.prefixed ?? false;
    this.#parser!.parse(batch, 0, batch.length);
    return joinLines(batch, {
      ...{ begun: this.#begun, loose: this.#loose, multiline: this.#format!.multiline },
      onLoose: format === "auto"
        ? (line, loose) => change.see(batch, [start[line], recordEnd[line]], loose)
        : undefined,
    });
  }

  /** From the next batch on. */
  #changeFormat(batch: LogBatch, format: Format): void {
    const lastTime = lastTimeOf(batch, batch.length) ?? this.#before.lastTime;
    this.quality.addReason("format changed", {
      ...{ format: this.#format!.name, count: 1, batch, row: batch.length - 1 },
    });
    this.#open(format, lastTime === null ? undefined : { lastTime });
    this.#change = new FormatChange();
    this.#loose = 0;
  }

  /** Interns a name only when a row has it, so that the dictionary counts services that there are. */
  #fillServices({ service, length }: LogBatch): void {
    const { services, service: fixed, fallbackService } = this.#options;
    if (fixed !== undefined) {
      if (length > 0 && this.#service < 0) this.#service = services.internText(fixed);
      service.fill(this.#service, 0, length);
      return;
    }
    for (let i = 0; i < length; i++) {
      if (service[i] >= 0) continue;
      if (this.#service < 0) this.#service = services.internText(fallbackService);
      service[i] = this.#service;
    }
  }
}
