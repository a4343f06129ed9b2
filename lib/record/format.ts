/**
 * What every log format looks like to the rest.
 *
 * @module
 */
import type { BlockStep } from "./blocks.ts";
import type { LogBatch } from "./log_batch.ts";

/** What a format needs to know beyond the line. */
export interface FormatOptions {
  /** Minutes east of UTC for times that name no zone; default 0. */
  utcOffset?: number;
  /** Milliseconds since the epoch that a time without a year (syslog) can't lie far behind, e.g. the file's last change. */
  referenceTime?: number;
}

/** Plain data that carries a parser from one run to the next: inferred year, last time seen. */
export interface ParserState {
  [name: string]: string | number | boolean | null;
}

/**
 * Reads the headers of one input's lines; keeps small caches (the last day) and what a run must carry on.
 *
 * Each format has a loop over its rows of its own: in one that they shared, what reads a row would be another function for
 * each format, and could not be compiled into the loop.
 */
export interface HeaderParser {
  /**
   * For the physical lines `[from, to)` of `batch` fills `parsed`, `timestamp`, `severity`, `service`,
   * `contentStart` and `contentEnd` from `start` and `recordEnd`. A line whose header doesn't parse gets `parsed` 0, time NaN,
   * severity 0, service -1 and its whole text as content. A line that by the format's own word goes on with the one before
   * gets the same, but `parsed` 2, which joining makes 0 or takes away. Allocates nothing per line.
   */
  parse(batch: LogBatch, from: number, to: number): void;
  /**
   * What must be carried to the next run; handed to {@linkcode Format.open} there. The last time seen is called `lastTime`, so that
   * a reader that continues in the middle of a batch can set it.
   */
  state(): ParserState;
}

/** A log format: one file, one of these. */
export interface Format {
  /** As `--format` takes it: `iso8601`, `log4j`, `syslog`, `combined`, `json`, `plain`. */
  readonly name: string;
  /** What it is, for people: one line. */
  readonly title: string;
  /** Lines that it parses, made up for documentation, tests and detection's own check. */
  readonly examples: readonly string[];
  /** What its service column names: services (the default), or loggers, which are parts of one. */
  readonly names?: "services" | "loggers";
  /** Formats that read its lines too, and less of them; where this one reads half of the lines, detection forgets those. */
  readonly covers?: readonly string[];
  /** Whether a source put something in front of what the program wrote, see `prefix.ts`. */
  readonly prefixed?: true;
  /** Whether a line whose header doesn't parse continues the record before it. */
  readonly multiline: boolean;
  /**
   * Where headers have several lines: which of them belong together. The parser's rows are such blocks then, at
   * least up to the first line of the message, and lines that belong to none. A block whose end is not there yet is not read yet.
   */
  readonly block?: BlockStep;
  /**
   * What a parser must know of an input before it reads, from the first lines, the rows of `batch`; handed to
   * {@linkcode Format.open}. Missing: there is nothing to learn.
   */
  learn?(batch: LogBatch): ParserState;
  /** A parser for one input, new or continued from what an earlier one left. */
  open(options?: FormatOptions, state?: ParserState): HeaderParser;
}

/**
 * Fills row `i` as a line whose header doesn't parse: no time, no level, no service, its whole text as content.
 *
 * @param batch The batch; `start` and `recordEnd` of the row are filled in.
 * @param i The row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { markUnparsed } from "./format.ts";
 * import { LogBatch } from "./log_batch.ts";
 *
 * const batch = new LogBatch();
 * batch.recordEnd[0] = 7;
 * markUnparsed(batch, 0);
 * assert(batch.parsed[0] === 0 && batch.contentEnd[0] === 7 && Number.isNaN(batch.timestamp[0]));
 * ```
 */
export function markUnparsed(batch: LogBatch, i: number): void {
  batch.parsed[i] = 0;
  batch.timestamp[i] = NaN;
  batch.severity[i] = 0;
  batch.service[i] = -1;
  batch.contentStart[i] = batch.start[i];
  batch.contentEnd[i] = batch.recordEnd[i];
}
