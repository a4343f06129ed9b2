/**
 * What Log4j, Logback and java.util.logging write with their usual layouts: a time, a level, a logger, a message.
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
import { timeOfDay, twoDigits } from "../timestamp.ts";
import { TimestampReader } from "../timestamp_reader.ts";

/** A thread's name in brackets, or a logger's, has this many bytes at the most. */
const NAME_BYTES = 256;

class Log4jParser implements HeaderParser {
  readonly #times: TimestampReader;

  constructor(options?: FormatOptions) {
    this.#times = new TimestampReader(options);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    const { bytes, start, recordEnd } = batch;
    for (let i = from; i < to; i++) {
      const first = start[i];
      let parsed = false;
      if (recordEnd[i] - first >= 18) {
        if (bytes[first + 6] === 32 && bytes[first + 13] === 32) parsed = this.#compact(batch, i);
        else if (bytes[first + 2] === 47) parsed = this.#slashed(batch, i);
        else parsed = this.#dated(batch, i);
      }
      if (!parsed) markUnparsed(batch, i);
    }
  }

  state(): ParserState {
    return {};
  }

  /** HDFS: `yyMMdd HHmmss thread LEVEL logger: message`. */
  #compact(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, start = batch.start[i], end = batch.recordEnd[i];
    const year = twoDigits(bytes, start),
      month = twoDigits(bytes, start + 2),
      day = twoDigits(bytes, start + 4);
    if (year > 99 || month > 12 || day > 31) return false;
    batch.timestamp[i] = this.#times.local(2000 + year, month, day) + timeOfDay(bytes, start + 7, 2);
    let p = start + 14;
    while (p < end && bytes[p] !== 32) p++;
    return levelAndLogger(batch, i, p + 1);
  }

  /** Spark: `yy/MM/dd HH:mm:ss LEVEL logger: message`. */
  #slashed(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, p = batch.start[i];
    if (bytes[p + 5] !== 47 || bytes[p + 8] !== 32 || bytes[p + 11] !== 58 || bytes[p + 14] !== 58) {
      return false;
    }
    const year = twoDigits(bytes, p), month = twoDigits(bytes, p + 3), day = twoDigits(bytes, p + 6);
    if (year > 99 || month > 12 || day > 31) return false;
    batch.timestamp[i] = this.#times.local(2000 + year, month, day) + timeOfDay(bytes, p + 9, 3);
    return levelAndLogger(batch, i, p + 18);
  }

  /** `yyyy-MM-dd HH:mm:ss,SSS`, in brackets (Kafka), before a dash (ZooKeeper) or plain (Hadoop, Logback, Spring). */
  #dated(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, start = batch.start[i], end = batch.recordEnd[i];
    const bracket = bytes[start] === 91 ? 1 : 0;
    batch.timestamp[i] = this.#times.iso(bytes, start + bracket, end);
    let p = this.#times.end + bracket;
    if (batch.timestamp[i] !== batch.timestamp[i] || p + 5 > end || bytes[p] !== 32) return false;
    if (bracket === 1) return bytes[p - 1] === 93 && trailingLogger(batch, i, p + 1);
    if (bytes[p + 1] === 45 && bytes[p + 2] === 32) return location(batch, i, p + 3);
    while (p < end && bytes[p] === 32) p++;
    if (bytes[p] === 91) return threadFirst(batch, i, p);
    const level = levelAt(bytes, p, end);
    p += level >> 8;
    if (level === 0 || p >= end || bytes[p] !== 32) return false;
    begin(batch, i, level);
    while (p < end && bytes[p] === 32) p++;
    afterLevel(batch, i, p);
    return true;
  }
}

/** What every layout's row has; the content is set by the caller. */
function begin(batch: LogBatch, i: number, level: number): void {
  batch.parsed[i] = 1;
  batch.severity[i] = level & 255;
  batch.service[i] = -1;
  batch.contentEnd[i] = batch.recordEnd[i];
}

/** `LEVEL logger: message` at `p`; both must be there. */
function levelAndLogger(batch: LogBatch, i: number, p: number): boolean {
  const { bytes } = batch, end = batch.recordEnd[i], level = levelAt(bytes, p, end);
  if (level === 0 || batch.timestamp[i] !== batch.timestamp[i]) return false;
  p += level >> 8;
  while (p < end && bytes[p] === 32) p++;
  const first = p;
  while (p < end && bytes[p] !== 58 && bytes[p] !== 32) p++;
  if (p === first || p >= end || bytes[p] !== 58) return false;
  begin(batch, i, level);
  batch.service[i] = batch.nameAt(first, p);
  p++;
  batch.contentStart[i] = p < end && bytes[p] === 32 ? p + 1 : p;
  return true;
}

/** Kafka: `LEVEL message (logger)` at `p`. */
function trailingLogger(batch: LogBatch, i: number, p: number): boolean {
  const { bytes } = batch, end = batch.recordEnd[i], level = levelAt(bytes, p, end);
  p += level >> 8;
  if (level === 0 || p < end && bytes[p] !== 32) return false;
  begin(batch, i, level);
  while (p < end && bytes[p] === 32) p++;
  batch.contentStart[i] = p;
  if (end - p < 4 || bytes[end - 1] !== 41) return true;
  let open = end - 2, dots = 0;
  for (const stop = Math.max(p, end - NAME_BYTES); open > stop && isLoggerByte(bytes[open]); open--) {
    if (bytes[open] === 46) dots++;
  }
  if (dots === 0 || bytes[open] !== 40 || bytes[open - 1] !== 32 || open - 1 < p) return true;
  batch.service[i] = batch.nameAt(open + 1, end - 1);
  batch.contentEnd[i] = open - 1;
  return true;
}

/** ZooKeeper: `LEVEL  [thread:Class@line] - message` at `p`; a thread's name may hold brackets. */
function location(batch: LogBatch, i: number, p: number): boolean {
  const { bytes } = batch, end = batch.recordEnd[i], level = levelAt(bytes, p, end);
  p += level >> 8;
  if (level === 0 || p >= end || bytes[p] !== 32) return false;
  while (p < end && bytes[p] === 32) p++;
  if (p >= end || bytes[p] !== 91) return false;
  let colon = p, at = -1, closed = false;
  for (const stop = Math.min(end, p + NAME_BYTES) - 3; p < stop && !closed; p++) {
    const byte = bytes[p];
    if (byte === 58) colon = p;
    else if (byte === 64) at = p;
    else closed = byte === 93 && bytes[p + 1] === 32 && bytes[p + 2] === 45 && bytes[p + 3] === 32;
  }
  if (at < colon || !closed) return false;
  begin(batch, i, level);
  batch.service[i] = batch.nameAt(colon + 1, at);
  batch.contentStart[i] = p + 3;
  return true;
}

/** Logback: `[thread] LEVEL logger - message` at `p`. */
function threadFirst(batch: LogBatch, i: number, p: number): boolean {
  const { bytes } = batch, end = batch.recordEnd[i];
  p = behindThread(bytes, p, end);
  const level = levelAt(bytes, p, end);
  p += level >> 8;
  if (level === 0 || p >= end || bytes[p] !== 32) return false;
  begin(batch, i, level);
  while (p < end && bytes[p] === 32) p++;
  batch.contentStart[i] = p;
  nameAt(batch, i, p, true);
  return true;
}

/** What follows a level: `logger: `, `[thread] logger: `, Spring's `pid --- [thread] logger : `, or the message at once. */
function afterLevel(batch: LogBatch, i: number, p: number): void {
  const { bytes } = batch, end = batch.recordEnd[i];
  batch.contentStart[i] = p;
  let digits = p;
  while (digits < end && bytes[digits] - 48 >>> 0 < 10) digits++;
  const spring = digits > p && digits + 5 < end && bytes[digits + 1] === 45 && bytes[digits + 2] === 45 &&
    bytes[digits + 3] === 45;
  if (spring) p = digits + 5;
  let thread = false;
  while (p < end && bytes[p] === 91) {
    const behind = behindThread(bytes, p, end);
    if (behind === p) return;
    thread = true;
    p = behind;
  }
  nameAt(batch, i, p, thread);
}

/** Offset behind `[…]` and its blanks, `p` itself where no bracket closes or no blank follows. */
function behindThread(bytes: Uint8Array, p: number, end: number): number {
  let close = p + 1;
  for (const stop = Math.min(end, p + NAME_BYTES); close < stop && bytes[close] !== 93; close++);
  if (close + 1 >= end || bytes[close] !== 93 || bytes[close + 1] !== 32) return p;
  for (close++; close < end && bytes[close] === 32; close++);
  return close;
}

/**
 * Takes the logger at `p` off the content where there is one: a name, then `: `, ` : ` or ` - `. Where no thread stands before it,
 * only a name with a dot whose last part begins like a class (`a.b.Class`) is one: `timeout: 30` is a message.
 */
function nameAt(batch: LogBatch, i: number, p: number, thread: boolean): void {
  const { bytes } = batch, end = batch.recordEnd[i], first = p;
  let lastDot = -1;
  for (const stop = Math.min(end, p + NAME_BYTES); p < stop && isLoggerByte(bytes[p]); p++) {
    if (bytes[p] === 46) lastDot = p;
  }
  if (p === first || p >= end) return;
  const initial = bytes[lastDot + 1];
  if (!thread && (lastDot < 0 || initial < 65 || initial > 90)) return;
  const behind = p;
  while (p < end && bytes[p] === 32) p++;
  const separator = p < end ? bytes[p] : 0;
  if (separator !== 58 && (separator !== 45 || p === behind)) return;
  if (p + 1 < end && bytes[p + 1] !== 32) return;
  batch.service[i] = batch.nameAt(first, behind);
  batch.contentStart[i] = Math.min(end, p + 2);
}

/** Letters, digits and `$ - . / _`. */
function isLoggerByte(byte: number): boolean {
  const lower = byte | 32;
  return lower >= 97 && lower <= 122 || byte >= 45 && byte <= 57 || byte === 95 || byte === 36;
}

/**
 * Log4j and its kin, five layouts: HDFS (`081109 203615 148 INFO dfs.DataNode$X: message`), Spark (`17/06/09 20:10:40 INFO
 * spark.X: message`), ZooKeeper (`… - INFO  [thread:Class@12] - message`), Kafka (`[…] INFO message (logger)`), and Hadoop's,
 * Logback's and Spring's orders of level, thread and logger. The service is the logger, for ZooKeeper the class.
 *
 * Dated layouts are also {@linkcode iso8601}; detection takes the format that finds loggers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { log4j } from "./log4j.ts";
 *
 * assert(log4j.examples.length > 0);
 * ```
 */
export const log4j: Format = {
  name: "log4j",
  names: "loggers",
  title: "Log4j, Logback and alike: time, level, logger, message",
  examples: [
    "260302 100000 148 INFO shop.Basket$Writer: basket 17 written",
    "26/03/02 10:00:00 WARN shop.Stock: article 4711 is short",
    "2026-03-02 10:00:00,123 - ERROR  [worker[id=1]/0:0:0:0:2181:Ledger@774] - cannot book order 4711",
    "[2026-03-02 10:00:00,123] INFO [Ledger 0]: order 4711 booked (shop.ledger.Ledger)",
    "2026-03-02 10:00:00,123 INFO [main] shop.ledger.Ledger: started",
    "2026-03-02 10:00:00.123 [worker-3] DEBUG s.l.Ledger - order 4711 queued",
    "2026-03-02 10:00:00.123  INFO 4242 --- [           main] shop.ledger.Application  : started in 2.1 seconds",
  ],
  multiline: true,
  open: (options) => new Log4jParser(options),
};
