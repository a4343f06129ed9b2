/**
 * BSD syslog as it lies in files and comes over the wire.
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
import { levelAt, severityOfSyslog } from "../severity.ts";
import { monthAt, timeOfDay } from "../timestamp.ts";
import { TimestampReader } from "../timestamp_reader.ts";

/** Length of `Mar  2 10:00:00`. */
const TIME_BYTES = 15;

class SyslogParser implements HeaderParser {
  readonly #times: TimestampReader;

  constructor(options?: FormatOptions, state?: ParserState) {
    const lastTime = state?.lastTime;
    this.#times = new TimestampReader(options, typeof lastTime === "number" ? lastTime : NaN);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) if (!this.#header(batch, i)) markUnparsed(batch, i);
  }

  state(): ParserState {
    const { lastTime } = this.#times;
    return { lastTime: Number.isNaN(lastTime) ? null : lastTime };
  }

  #header(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, end = batch.recordEnd[i], priority = priorityAt(bytes, batch.start[i], end);
    const start = batch.start[i] + (priority >> 8);
    if (end - start < TIME_BYTES || bytes[start + 9] !== 58 || bytes[start + 12] !== 58) return false;
    if (bytes[start + 3] !== 32 || bytes[start + 6] !== 32) return false;
    const month = monthAt(bytes, start), tens = bytes[start + 4] === 32 ? 0 : bytes[start + 4] - 48 >>> 0;
    const ones = bytes[start + 5] - 48 >>> 0, ofDay = timeOfDay(bytes, start + 7, 3);
    if (month === 0 || tens > 3 || ones > 9 || ofDay !== ofDay) return false;
    let p = start + TIME_BYTES;
    if (p < end && bytes[p] !== 32) return false;
    const time = this.#times.withoutYear(month, tens * 10 + ones, ofDay);
    if (time !== time) return false;
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.contentEnd[i] = end;
    batch.service[i] = -1;
    p = program(batch, i, host(bytes, p, end));
    batch.contentStart[i] = p;
    batch.severity[i] = priority > 0 ? severityOfSyslog(priority & 255) : leadingLevel(bytes, p, end);
    return true;
  }
}

/** `<PRI>` at `start` as `length << 8 | priority`, 0 where there is none. */
function priorityAt(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || bytes[start] !== 60) return 0;
  let p = start + 1, priority = 0;
  for (; p < end && p < start + 4 && bytes[p] - 48 >>> 0 < 10; p++) priority = priority * 10 + bytes[p] - 48;
  if (p === start + 1 || p >= end || bytes[p] !== 62 || priority > 191) return 0;
  return p + 1 - start << 8 | priority;
}

/** Offset behind the host and its blank; a word that ends in a colon is no host but the program. */
function host(bytes: Uint8Array, p: number, end: number): number {
  while (p < end && bytes[p] === 32) p++;
  const first = p;
  while (p < end && bytes[p] !== 32) p++;
  if (p > first && bytes[p - 1] === 58) return first;
  while (p < end && bytes[p] === 32) p++;
  return p;
}

/** Reads `program[pid]: ` or `program: ` (also `program 1.2: `) at `p`; the offset of the message, `p` where no program stands. */
function program(batch: LogBatch, i: number, p: number): number {
  const { bytes } = batch, end = batch.recordEnd[i], first = p;
  while (p < end && bytes[p] !== 58 && bytes[p] !== 91 && bytes[p] !== 32) p++;
  const last = p;
  if (p === first || p >= end) return first;
  if (bytes[p] === 91) {
    while (p < end && bytes[p] !== 93 && bytes[p] !== 32) p++;
    if (p + 1 >= end || bytes[p] !== 93) return first;
    p++;
  } else if (bytes[p] === 32) { // a version: sendmail 8.12: …
    for (p++; p < end && (bytes[p] >= 48 && bytes[p] <= 57 || bytes[p] === 46); p++);
    if (p === last + 1) return first;
  }
  if (p >= end || bytes[p] !== 58 && bytes[p] !== 32) return first;
  if (bytes[p] === 32 && bytes[last] !== 91) return first;
  if (bytes[p] === 58) p++;
  batch.service[i] = batch.services.intern(bytes, first, last);
  while (p < end && bytes[p] === 32) p++;
  return p;
}

/** The level of a message that begins with its name and a colon, as sshd, Postfix and others write them (`error: …`). */
function leadingLevel(bytes: Uint8Array, p: number, end: number): number {
  const level = levelAt(bytes, p, end), behind = p + (level >> 8);
  return level !== 0 && behind < end && bytes[behind] === 58 ? level & 255 : 0;
}

/**
 * `Mar  2 10:00:00 host program[4242]: message`, with or without `<priority>` in front, which gives the severity.
 * The service is the program. Times name no year: see {@linkcode TimestampReader.withoutYear}; the last time seen is carried on.
 *
 * @see RFC 3164 § 4.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { syslog } from "./syslog.ts";
 *
 * assert(syslog.examples.length > 0);
 * ```
 */
export const syslog: Format = {
  name: "syslog",
  title: "syslog (RFC 3164): time, host, program, message",
  examples: [
    "<34>Mar  2 10:00:00 shop1 su: authentication failure for root on pts/0",
    "Mar  2 10:00:00 shop1 sshd[4242]: Accepted publickey for deploy from 192.0.2.7 port 50022",
    "Mar 12 10:00:00 shop1 kernel: device eth0 entered promiscuous mode",
    "Mar  2 10:00:01 shop1 sshd[4243]: error: maximum authentication attempts exceeded",
    "Mar  2 10:00:01 shop1 syslogd 1.5.0: restart.",
    "Mar  2 10:00:02 shop1 last message repeated 3 times",
  ],
  multiline: true,
  open: (options, state) => new SyslogParser(options, state),
};
