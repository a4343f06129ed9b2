/**
 * An input's bytes as batches of records.
 *
 * @module
 */
import type { Input } from "../source/input.ts";
import { detectFormat, DETECTION_BYTES } from "./detect.ts";
import type { Dictionary } from "./dictionary.ts";
import type { Format, FormatOptions, HeaderParser, ParserState } from "./format.ts";
import { formatByName, FORMATS } from "./formats/mod.ts";
import { joinLines } from "./join.ts";
import { LineReader } from "./line_reader.ts";
import { invalidUtf8, LINE_LIMIT, type LinesFound } from "./lines.ts";
import { BATCH_BYTES, LogBatch } from "./log_batch.ts";
import { ParseQuality } from "./parse_quality.ts";

const VERSION = 1;
/** Bytes of a record that are kept together as its text at the most; its lines are counted beyond. */
export const RECORD_LIMIT = 65_536;

/** How a {@linkcode RecordReader} reads. */
export interface RecordReaderOptions {
  /** Names behind the service column; shared by readers whose batches are compared. */
  services: Dictionary;
  /** The format or its name; `"auto"` (the default): told from the first bytes. */
  format?: Format | string;
  /** Formats that `"auto"` chooses from; default {@linkcode FORMATS}. */
  candidates?: readonly Format[];
  /** A fixed service for every record, instead of what the lines say. */
  service?: string;
  /** The service of records that name none. */
  fallbackService: string;
  /** Whether a logger's name stands for the service, as for a table of events; default false. */
  loggers?: boolean;
  /** What the format needs to know beyond the lines. */
  formatOptions?: FormatOptions;
  /** Bytes of a line at the most; default {@linkcode LINE_LIMIT}. */
  lineLimit?: number;
  /** Bytes of a record's text at the most; default {@linkcode RECORD_LIMIT}. */
  recordLimit?: number;
  /** Takes secrets out of the examples in {@linkcode RecordReader.quality}; default: the built-in patterns. */
  redact?: (text: string) => string;
  /** Where an earlier reader of the same input stopped, see {@linkcode RecordReader.state}. */
  state?: ReaderState;
}

/** What carries a reader from one run to the next: plain data, kept with the input's position. */
export interface ReaderState {
  version: 1;
  /** The format's name; `null` while no line was seen. */
  format: string | null;
  /** What the format's parser carries on. */
  parser: ParserState;
  /** The last record's time in milliseconds since the epoch, `null` where none had one. */
  lastTime: number | null;
  /** Whether a record was begun, so that a line without a header continues it. */
  begun: boolean;
}

/**
 * Reads an input as batches of records: lines, headers, joined lines, services, in bounded memory.
 *
 * Which records there are depends on the bytes alone, not on where reads were cut: an unfinished last line of an input that may
 * still grow is not consumed, and a line that continues a record already handed out is counted in {@linkcode LogBatch.continued}.
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
  readonly #batch: LogBatch;
  readonly #lines: LineReader;
  readonly #service: number; // fixed service, -1 = what the lines say
  readonly #fallback: number;
  #format: Format | null = null;
  #parser: HeaderParser | null = null;
  #begun = false;
  #before: ReaderState = { version: VERSION, format: null, parser: {}, lastTime: null, begun: false }; // as the last batch began

  /** @throws {RangeError} when the limit is not a positive integer, a format unknown, or `state` of another version. */
  constructor(input: Input, options: RecordReaderOptions) {
    const { lineLimit = LINE_LIMIT, services, state } = options;
    if (!Number.isInteger(lineLimit) || lineLimit < 1) {
      throw new RangeError(
        `Cannot read records: lineLimit must be a positive integer, current value is ${lineLimit}`,
      );
    }
    if (state !== undefined && state.version !== VERSION) {
      throw new RangeError(
        `Cannot continue reading records: the state's version must be ${VERSION}, current value is ${state.version}`,
      );
    }
    this.#input = input;
    this.quality = new ParseQuality(options.redact);
    this.#options = options;
    this.#batch = new LogBatch(services, Math.max(BATCH_BYTES, 2 * lineLimit + 16));
    this.#lines = new LineReader(input, { batch: this.#batch, limit: lineLimit });
    this.#service = options.service === undefined ? -1 : services.internText(options.service);
    this.#fallback = services.internText(options.fallbackService);
    this.#restore(state);
    this.#before.lastTime = state?.lastTime ?? null;
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
   * The next batch, always the same reused one, or `null` where there is nothing (more) now. A batch may have no rows: then its
   * lines continue a record of an earlier one.
   *
   * @throws {InputError} when the input can't be read; all lines before were handed out then.
   */
  async next(): Promise<LogBatch | null> {
    this.#before = this.state();
    if (!await this.#lines.fill(this.#format === null ? DETECTION_BYTES : 0)) return null;
    if (this.#format === null) {
      const { candidates = FORMATS } = this.#options,
        end = Math.min(this.#lines.contiguous, DETECTION_BYTES);
      this.#open(detectFormat(this.#batch.bytes, end, candidates, this.#formatOptions).format);
    }
    return this.#finish(this.#lines.take());
  }

  /**
   * What a later reader needs to continue where this one stopped, or behind row `row - 1` of the batch handed out last
   * (at the offset {@linkcode LogBatch.offsetAfter} gives for it).
   *
   * @param row The first row of the last batch that was not taken; default: all were.
   */
  state(row = Infinity): ReaderState {
    const { parsed, timestamp, length } = this.#batch, taken = Math.min(row, length), before = this.#before;
    let i = taken - 1;
    while (i >= 0 && Number.isNaN(timestamp[i])) i--;
    const lastTime = i >= 0 ? timestamp[i] : before.lastTime;
    const begun = taken === length ? this.#begun : before.begun || parsed.subarray(0, taken).includes(1);
    const parser = taken === length && this.#parser !== null ? this.#parser.state() : { ...before.parser };
    if ("lastTime" in parser) parser.lastTime = lastTime;
    return { version: VERSION, format: this.#format?.name ?? null, parser, lastTime, begun };
  }

  /** Closes the input. */
  close(): void {
    this.#input.close();
  }

  /** A year that lines don't name is that of the file's last change, where nothing else is said. */
  get #formatOptions(): FormatOptions {
    return { referenceTime: this.#input.modified, ...this.#options.formatOptions };
  }

  #restore(state?: ReaderState): void {
    const { format = "auto" } = this.#options, name = format === "auto" ? state?.format ?? null : format;
    if (name !== null) {
      const known = typeof name === "string" ? formatByName(name) : name;
      this.#open(known, state?.format === known.name ? state.parser : undefined);
    }
    this.#begun = state?.begun ?? false;
  }

  #open(format: Format, state?: ParserState): void {
    const { service, loggers = false } = this.#options;
    this.#batch.named = service === undefined && (loggers || format.names !== "loggers");
    this.#format = format;
    this.#parser = format.open(this.#formatOptions, state);
    this.#before.parser = this.#parser.state();
  }

  /** Headers, joining, services, counts of the batch's lines. */
  #finish(found: LinesFound): LogBatch {
    const batch = this.#batch, format = this.#format!, { name } = format;
    const count = { format: name, batch };
    const damaged = found.ascii ? { count: 0, first: -1 } : invalidUtf8(batch, batch.filled);
    this.quality.addReason("cut", { ...count, count: found.cut, row: found.firstCut });
    this.quality.addReason("NUL byte", { ...count, count: found.nul, row: found.firstNul });
    this.quality.addReason("invalid UTF-8", { ...count, count: damaged.count, row: damaged.first });
    this.#parser!.parse(batch, 0, batch.length);
    const { recordLimit = RECORD_LIMIT } = this.#options;
    if (format.multiline) this.#begun = joinLines(batch, { begun: this.#begun, recordLimit });
    else this.#begun = true;
    this.#fillServices();
    batch.template.fill(-1, 0, batch.length);
    batch.sessionStart.fill(0, 0, batch.length + 1);
    this.quality.addRecords(batch, name);
    return batch;
  }

  #fillServices(): void {
    const { service, length } = this.#batch, fallback = this.#fallback;
    if (this.#service >= 0) service.fill(this.#service, 0, length);
    else for (let i = 0; i < length; i++) if (service[i] < 0) service[i] = fallback;
  }
}
