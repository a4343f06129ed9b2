/**
 * What a program inside a container wrote, behind what the container runtime put in front of it.
 *
 * @module
 */
import { kindOfLine } from "../continuation.ts";
import type { FormatOptions, HeaderParser } from "../format.ts";
import { LINE_LIMIT } from "../lines.ts";
import { LogBatch } from "../log_batch.ts";
import { levelAt } from "../severity.ts";
import { apacheError } from "./apache_error.ts";
import { combined } from "./combined.ts";
import { golang } from "./golang.ts";
import { iso8601 } from "./iso8601.ts";
import { json } from "./json.ts";
import { log4j } from "./log4j.ts";
import { logfmt } from "./logfmt.ts";
import { nginxError } from "./nginx_error.ts";
import { UnescapedText } from "./unescaped_text.ts";

/** First bytes of lines that are looked at as parts of a record: blanks, `)]}`, and those of `at`, `...`, `Caused by` and the like. */
const PART_STARTS = new Set([..." \t)]}a.CSTD"].map((letter) => letter.charCodeAt(0)));

/** An upper bound to the levels' names in brackets. */
const LEVEL_BYTES = 16;

/**
 * Reads the header inside a message, where it has one: severity, service, and where the program's own message lies. The time is the
 * container runtime's. Which format a line has, it says itself, by its first bytes; nothing is carried from line to line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../log_batch.ts";
 * import { InnerMessage } from "./inner_message.ts";
 *
 * const batch = new LogBatch(), { written } = new TextEncoder().encodeInto("level=warn msg=slow", batch.bytes);
 * assert(new InnerMessage().read(batch, 0, { start: 0, end: written }));
 * assert(batch.severity[0] === 13 && batch.text(batch.contentStart[0], batch.contentEnd[0]) === "slow");
 * ```
 */
export class InnerMessage {
  readonly #json: HeaderParser;
  readonly #logfmt: HeaderParser;
  readonly #log4j: HeaderParser;
  readonly #iso8601: HeaderParser;
  readonly #golang: HeaderParser;
  readonly #servers: HeaderParser[]; // of web servers
  readonly #text = new UnescapedText();
  #scratch: LogBatch | null = null;

  /** @param options What formats need to know beyond the lines. */
  constructor(options?: FormatOptions) {
    this.#json = json.open(options);
    this.#logfmt = logfmt.open(options);
    this.#log4j = log4j.open(options);
    this.#iso8601 = iso8601.open(options);
    this.#golang = golang.open(options);
    this.#servers = [nginxError, apacheError, combined].map((format) => format.open(options));
  }

  /**
   * Fills severity, service and content of row `i` from the message.
   *
   * @param message Where it lies in the batch's bytes, and whether it is the inside of a JSON string.
   * @returns Whether it can begin a record: false for a frame of a stack trace and the like, for which nothing is filled.
   */
  read(batch: LogBatch, i: number, message: { start: number; end: number; escaped?: boolean }): boolean {
    const { start, end, escaped = false } = message;
    if (!escaped || !hasEscape(batch.bytes, start, end)) return this.#read(batch, i, start, end);
    if (this.#scratch === null || this.#scratch.services !== batch.services) {
      this.#scratch = new LogBatch(batch.services, LINE_LIMIT + 16, 1);
    }
    const scratch = this.#scratch, text = this.#text;
    scratch.named = batch.named;
    if (!this.#read(scratch, 0, 0, text.decode(batch.bytes, { start, end }, scratch.bytes))) return false;
    batch.severity[i] = scratch.severity[0];
    batch.service[i] = scratch.service[0];
    batch.contentStart[i] = text.offsets[scratch.contentStart[0]];
    batch.contentEnd[i] = text.offsets[scratch.contentEnd[0]];
    return true;
  }

  #read(batch: LogBatch, i: number, start: number, end: number): boolean {
    if (start >= end) return false;
    if (PART_STARTS.has(batch.bytes[start]) && kindOfLine(batch, start, end) === "part") return false;
    const outerStart = batch.start[i], outerEnd = batch.recordEnd[i];
    batch.start[i] = start;
    batch.recordEnd[i] = end;
    if (!this.#header(batch, i)) {
      batch.service[i] = -1;
      batch.severity[i] = leadingLevel(batch.bytes, start, end);
      batch.contentStart[i] = start;
      batch.contentEnd[i] = end;
    }
    batch.start[i] = outerStart;
    batch.recordEnd[i] = outerEnd;
    return true;
  }

  #header(batch: LogBatch, i: number): boolean {
    const first = batch.bytes[batch.start[i]];
    if (first === 123) return parses(this.#json, batch, i);
    const letter = (first | 32) >= 97 && (first | 32) <= 122;
    if (letter && parses(this.#logfmt, batch, i)) return true;
    for (const parser of this.#servers) if (parses(parser, batch, i)) return true;
    const { named } = batch;
    batch.named = false; // what follows names loggers, which are no services
    const parsed = (first === 91 || first - 48 >>> 0 < 10) && this.#dated(batch, i) ||
      parses(this.#golang, batch, i);
    batch.named = named;
    return parsed;
  }

  /** A time, a level, maybe a logger: the parser that takes more off the message is right. */
  #dated(batch: LogBatch, i: number): boolean {
    const logger = parses(this.#log4j, batch, i);
    const { severity, contentStart, contentEnd } = batch;
    const level = severity[i], start = contentStart[i], end = contentEnd[i];
    const parsed = parses(this.#iso8601, batch, i) || logger;
    if (logger && (batch.parsed[i] === 0 || start > contentStart[i] || end < contentEnd[i])) {
      severity[i] = level;
      contentStart[i] = start;
      contentEnd[i] = end;
    }
    return parsed;
  }
}

function parses(parser: HeaderParser, batch: LogBatch, i: number): boolean {
  parser.parse(batch, i, i + 1);
  return batch.parsed[i] === 1;
}

function hasEscape(bytes: Uint8Array, start: number, end: number): boolean {
  while (start < end && bytes[start] !== 92) start++;
  return start < end;
}

/** The level that a message without a header begins with: `ERROR: …`, `[warn] …`, `INFO …`; lower case needs colon or bracket. */
function leadingLevel(bytes: Uint8Array, start: number, end: number): number {
  const bracket = bytes[start] === 91 ? 1 : 0, level = levelAt(bytes, start + bracket, end);
  const behind = start + bracket + (level >> 8);
  if (level === 0 || level >> 8 > LEVEL_BYTES || behind >= end) return 0;
  if (bracket === 1) return bytes[behind] === 93 ? level & 255 : 0;
  const upper = bytes[start + 1] >= 65 && bytes[start + 1] <= 90;
  return bytes[behind] === 58 || upper && bytes[behind] === 32 ? level & 255 : 0;
}
