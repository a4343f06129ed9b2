/**
 * A time in ISO 8601, a level, a message: Logstash's `%{TIMESTAMP_ISO8601} %{LOGLEVEL} %{GREEDYDATA}`, and what people write
 * around it.
 *
 * @module
 */
import {
  type Format,
  type FormatOptions,
  type HeaderParser,
  markUnparsed,
  type ParserState,
} from "../format.ts";
import type { LogBatch } from "../log_batch.ts";
import { levelAt } from "../severity.ts";
import { TimestampReader } from "../timestamp_reader.ts";

/** What may stand between the time and the level: this many `[…]`, numbers and names. */
const ITEMS = 5;
/** A `[…]` or a name before the level has this many bytes at the most. */
const ITEM_BYTES = 128;

class Iso8601Parser implements HeaderParser {
  readonly #times: TimestampReader;
  #level = 0; // SeverityNumber of the level found last
  #at = 0; // offset behind it
  #nameStart = -1; // logger before it, -1 = none
  #nameEnd = -1;

  constructor(options?: FormatOptions) {
    this.#times = new TimestampReader(options);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) if (!this.#header(batch, i)) markUnparsed(batch, i);
  }

  state(): ParserState {
    return {};
  }

  #header(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, start = batch.start[i], end = batch.recordEnd[i];
    const bracket = start < end && bytes[start] === 91 ? 1 : 0;
    const time = this.#times.iso(bytes, start + bracket, end);
    if (time !== time) return false;
    let p = this.#times.end;
    if (bracket === 1 && (p >= end || bytes[p++] !== 93)) return false;
    if (p < end && !isSeparator(bytes[p])) return false;
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.contentEnd[i] = end;
    batch.service[i] = -1;
    const level = p + 1 < end && bytes[p] === 32 ? levelAt(bytes, p + 1, end) : 0; // nine lines in ten
    if (level !== 0) {
      batch.severity[i] = level & 255;
      p += 1 + (level >> 8);
    } else if (this.#findLevel(bytes, p, end)) {
      batch.severity[i] = this.#level;
      p = this.#at;
      if (this.#nameStart >= 0) batch.service[i] = this.#name(batch);
    } else {
      batch.severity[i] = 0;
      if (p < end && bytes[p] === 58) p++;
      batch.contentStart[i] = skipBlanks(bytes, p, end);
      return true;
    }
    batch.contentStart[i] = behindLevel(bytes, p, end);
    return true;
  }

  #name(batch: LogBatch): number {
    return batch.nameAt(this.#nameStart, this.#nameEnd);
  }

  /** Looks for a level behind `[pid]`, `[thread]`, `- logger -`, `user@database`: whether there is one. */
  #findLevel(bytes: Uint8Array, p: number, end: number): boolean {
    this.#nameStart = -1;
    let bareNames = 0;
    for (let item = 0; item < ITEMS; item++) {
      while (p < end && isSeparator(bytes[p]) && bytes[p] !== 91) p++;
      if (p < end && bytes[p] === 45 && p + 1 < end && bytes[p + 1] === 32) p += 2;
      while (p < end && bytes[p] === 32) p++;
      if (p >= end) return false;
      if (bytes[p] === 91) {
        const close = closing(bytes, p, end);
        if (close < 0) return false;
        if (this.#bracketedLevel(bytes, p, close)) return true;
        p = close + 1;
        continue;
      }
      const level = levelAt(bytes, p, end);
      if (level !== 0 && (bareNames === 0 || isUpper(bytes[p]) && isUpper(bytes[p + 1]))) {
        this.#level = level & 255;
        this.#at = p + (level >> 8);
        return true;
      }
      const stop = this.#nameBefore(bytes, p, end);
      if (stop < 0) return false;
      const dashed = stop + 2 < end && bytes[stop + 1] === 45 && bytes[stop + 2] === 32;
      if (!dashed && ++bareNames > 2) return false;
      p = stop;
    }
    return false;
  }

  #bracketedLevel(bytes: Uint8Array, open: number, close: number): boolean {
    const first = skipBlanks(bytes, open + 1, close), level = levelAt(bytes, first, close);
    if (level === 0 || skipBlanks(bytes, first + (level >> 8), close) !== close) return false;
    this.#level = level & 255;
    this.#at = close + 1;
    return true;
  }

  /** Walks over a name and notes it as the logger; the offset behind it, -1 where there is none. Numbers, zones, `user@database` are no loggers. */
  #nameBefore(bytes: Uint8Array, p: number, end: number): number {
    const start = p;
    let lower = false, at = false;
    for (; p < end && bytes[p] !== 32; p++) {
      const byte = bytes[p];
      if (!isNameByte(byte) || p - start > ITEM_BYTES) return -1;
      lower ||= byte >= 97 && byte <= 122;
      at ||= byte === 64;
    }
    if (p >= end) return -1;
    if (lower && !at) {
      this.#nameStart = start;
      this.#nameEnd = p;
    }
    return p;
  }
}

/** What may follow a time: blank, tab, `:`, `|`, `[`. */
function isSeparator(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 58 || byte === 124 || byte === 91;
}

function isUpper(byte: number): boolean {
  return byte >= 65 && byte <= 90;
}

/** Letters, digits and `$ - . / @ _`. */
function isNameByte(byte: number): boolean {
  const lower = byte | 32;
  return lower >= 97 && lower <= 122 || byte >= 45 && byte <= 57 || byte === 95 || byte === 36 || byte === 64;
}

function skipBlanks(bytes: Uint8Array, p: number, end: number): number {
  while (p < end && (bytes[p] === 32 || bytes[p] === 9)) p++;
  return p;
}

/** Offset of the `]` that closes the `[` at `open`, -1 where it is missing or far. */
function closing(bytes: Uint8Array, open: number, end: number): number {
  const stop = Math.min(end, open + ITEM_BYTES);
  for (let p = open + 1; p < stop; p++) if (bytes[p] === 93) return p;
  return -1;
}

/** Where the message begins behind a level that ends at `p`: past its colon, a `[pid]`, a dash or a bar, and blanks. */
function behindLevel(bytes: Uint8Array, p: number, end: number): number {
  if (p < end && bytes[p] === 58) p++;
  const content = p = skipBlanks(bytes, p, end);
  if (p + 1 < end && (bytes[p] === 45 || bytes[p] === 124) && bytes[p + 1] === 32) {
    return skipBlanks(bytes, p + 2, end);
  }
  if (p >= end || bytes[p] !== 91) return content;
  for (p++; p < end && (bytes[p] >= 48 && bytes[p] <= 57 || bytes[p] === 45); p++);
  if (p >= end || bytes[p] !== 93 || p === content + 1) return content;
  if (++p < end && bytes[p] === 58) p++;
  return p === end || bytes[p] === 32 || bytes[p] === 9 ? skipBlanks(bytes, p, end) : content;
}

/**
 * `2026-03-02T10:00:00.123Z ERROR message`: `T` or a blank, comma or point, any zone that {@linkcode TimestampReader} reads, the
 * time and the level in brackets or not, `[pid]`, `[thread]` or a logger between them, a level with a colon as PostgreSQL has it.
 *
 * The content is what stands behind the level; a line without a level has severity 0.
 *
 * @see Logstash's core patterns `TIMESTAMP_ISO8601`, `LOGLEVEL`, `GREEDYDATA`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { iso8601 } from "./iso8601.ts";
 *
 * assert(iso8601.examples.length > 0);
 * ```
 */
export const iso8601: Format = {
  name: "iso8601",
  names: "loggers",
  title: "ISO 8601 time, level, message",
  examples: [
    "2026-03-02T10:00:00.123Z ERROR payment of order 4711 failed",
    "2026-03-02 10:00:00,123 WARN queue is 80 % full",
    "2026-03-02T11:00:00.123+01:00 [INFO] [worker-3] order 4711 paid",
    "[2026-03-02T10:00:00Z] [error] cannot reach the shop",
    "2026-03-02 10:00:00.123 UTC [4242] LOG:  checkpoint starting: time",
    "2026-03-02 10:00:00.123 GMT [4242] shop@orders ERROR:  deadlock detected",
    "2026-03-02 10:00:00,123 - shop.checkout - INFO - basket 17 opened",
    "2026-03-02 10:00:00.123 [DEBUG][4242] sync.go 356: pong sent",
  ],
  multiline: true,
  open: (options) => new Iso8601Parser(options),
};
