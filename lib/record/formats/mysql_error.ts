/**
 * Error logs of MySQL and MariaDB.
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
import { behindBlanks, nextByte, standsAt } from "../header_bytes.ts";
import type { LogBatch } from "../log_batch.ts";
import { levelAt } from "../severity.ts";
import { timeOfDay, twoDigits } from "../timestamp.ts";
import { TimestampReader } from "../timestamp_reader.ts";

/** Length of `260302 10:00:00`. */
const OLD_TIME = 15;
/** A thread's number, a code or a subsystem has this many bytes at the most. */
const WORD_BYTES = 32;

class MysqlErrorParser implements HeaderParser {
  readonly #times: TimestampReader;

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
    const old = end - start > OLD_TIME && bytes[start + 6] === 32;
    const time = old ? this.#old(bytes, start) : this.#dated(bytes, start, end);
    if (time !== time) return false;
    let p = old ? start + OLD_TIME : this.#times.end;
    if (p >= end || bytes[p] !== 32) return false;
    p = behindBlanks(bytes, p, end);
    const thread = behindThread(bytes, p, end);
    if (!old && thread === p) return false; // a time and a level in brackets are anybody's
    p = thread;
    const severity = severityAt(bytes, p, end);
    if (severity === 0 && !(old && isProgram(bytes, p, end))) return false;
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.severity[i] = severity;
    batch.service[i] = -1;
    batch.contentEnd[i] = end;
    batch.contentStart[i] = severity === 0 ? p : codeAndSubsystem(batch, i, nextByte(bytes, 93, p, end) + 1);
    return true;
  }

  /** `260302 10:00:00`, with a blank in the place of an hour's zero. */
  #old(bytes: Uint8Array, p: number): number {
    if (bytes[p + 9] !== 58 || bytes[p + 12] !== 58) return NaN;
    const year = twoDigits(bytes, p), month = twoDigits(bytes, p + 2), day = twoDigits(bytes, p + 4);
    if (year > 99 || month > 12 || day > 31) return NaN;
    const midnight = this.#times.local(2000 + year, month, day);
    if (bytes[p + 7] !== 32) return midnight + timeOfDay(bytes, p + 7, 3);
    const hour = bytes[p + 8] - 48 >>> 0,
      minute = twoDigits(bytes, p + 10),
      second = twoDigits(bytes, p + 13);
    return hour > 9 || minute > 59 || second > 60
      ? NaN
      : midnight + ((hour * 60 + minute) * 60 + second) * 1000;
  }

  /** `2026-03-02T10:00:00.123456Z`, or local time with a blank, where MariaDB leaves the hour's zero away. */
  #dated(bytes: Uint8Array, p: number, end: number): number {
    const time = this.#times.iso(bytes, p, end);
    if (time === time || p + 20 > end || bytes[p + 10] !== 32 || bytes[p + 11] !== 32) return time;
    if (bytes[p + 4] !== 45 || bytes[p + 7] !== 45 || bytes[p + 13] !== 58 || bytes[p + 16] !== 58) {
      return NaN;
    }
    const century = twoDigits(bytes, p), year = twoDigits(bytes, p + 2);
    const month = twoDigits(bytes, p + 5), day = twoDigits(bytes, p + 8), hour = bytes[p + 12] - 48 >>> 0;
    const minute = twoDigits(bytes, p + 14), second = twoDigits(bytes, p + 17);
    if (century > 99 || year > 99 || month > 12 || hour > 9 || minute > 59 || second > 60) return NaN;
    this.#times.end = p + 19;
    return this.#times.local(century * 100 + year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000;
  }
}

function isHexadecimal(byte: number): boolean {
  return byte >= 48 && byte <= 57 || byte >= 97 && byte <= 102;
}

/** Offset behind the number of a thread, decimal or hexadecimal, and its blanks at `p`; `p` where there is none. */
function behindThread(bytes: Uint8Array, p: number, end: number): number {
  let behind = p;
  for (const stop = Math.min(end, p + WORD_BYTES); behind < stop && isHexadecimal(bytes[behind]); behind++);
  return behind === p || behind >= end || bytes[behind] !== 32 ? p : behindBlanks(bytes, behind, end);
}

/** The severity of `[Note]`, `[System]`, `[Warning]`, `[ERROR]` at `p`, 0 where nothing of the kind stands there. */
function severityAt(bytes: Uint8Array, p: number, end: number): number {
  if (p >= end || bytes[p] !== 91) return 0;
  if (standsAt(bytes, "[Note]", p, end) || standsAt(bytes, "[System]", p, end)) return 9;
  const level = levelAt(bytes, p + 1, end), close = p + 1 + (level >> 8);
  return level !== 0 && close < end && bytes[close] === 93 ? level & 255 : 0;
}

/** `InnoDB: ` or `mysqld_safe `, which write no level. */
function isProgram(bytes: Uint8Array, p: number, end: number): boolean {
  return standsAt(bytes, "InnoDB:", p, end) || standsAt(bytes, "mysqld_safe ", p, end);
}

/** Offset of the message behind ` [MY-010055] [Server] ` at `p`, of which the last is the subsystem, which stands for a logger. */
function codeAndSubsystem(batch: LogBatch, i: number, p: number): number {
  const { bytes } = batch, end = batch.recordEnd[i];
  p = behindBlanks(bytes, p, end);
  if (!standsAt(bytes, "[MY-", p, end)) return p;
  const close = nextByte(bytes, 93, p, Math.min(end, p + WORD_BYTES));
  if (close >= end || bytes[close] !== 93) return p;
  p = behindBlanks(bytes, close + 1, end);
  const subsystemEnd = p < end && bytes[p] === 91
    ? nextByte(bytes, 93, p, Math.min(end, p + WORD_BYTES))
    : end;
  if (subsystemEnd >= end || bytes[subsystemEnd] !== 93) return p;
  batch.service[i] = batch.nameAt(p + 1, subsystemEnd);
  return behindBlanks(bytes, subsystemEnd + 1, end);
}

/**
 * The error log of MySQL (`2026-03-02T10:00:00.123456Z 7 [Warning] [MY-010055] [Server] message`; up to 5.7 without code and subsystem)
 * and MariaDB (`2026-03-02 10:00:00 7 [Note] message`), and what both wrote before (`260302 10:00:00 [Note] message`).
 *
 * A note is info (9), a message about the system too. The subsystem stands for a logger.
 *
 * @see MySQL Reference Manual, Error Log Output Format.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mysqlError } from "./mysql_error.ts";
 *
 * assert(mysqlError.examples.length > 0);
 * ```
 */
export const mysqlError: Format = {
  name: "mysql_error",
  names: "loggers",
  title: "MySQL and MariaDB error log",
  examples: [
    "2026-03-02T10:00:00.123456Z 0 [System] [MY-010931] [Server] ready for connections on port 3306",
    "2026-03-02T10:00:01.200000Z 7 [Warning] [MY-010055] [Server] address 192.0.2.7 has no name",
    "2026-03-02T10:00:02.300000Z 0 [ERROR] InnoDB: cannot open the table shop/orders",
    "2026-03-02 10:00:03 4242 [Note] connection 17 of user 'shop' was lost",
    "260302 10:00:04 [Warning] table './shop/orders' is marked as crashed",
    "260302  9:00:05 mysqld_safe Starting the server with databases from /srv/mysql",
    "260302 10:00:06  InnoDB: 5.5 is up; log sequence number 4711",
  ],
  covers: ["iso8601"],
  multiline: true,
  open: (options) => new MysqlErrorParser(options),
};
