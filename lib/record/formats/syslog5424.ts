/**
 * Syslog as RFC 5424 defines it.
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
import { severityOfSyslog } from "../severity.ts";
import { TimestampReader } from "../timestamp_reader.ts";

class Syslog5424Parser implements HeaderParser {
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
    const { bytes } = batch,
      start = batch.start[i],
      end = batch.recordEnd[i],
      priority = priorityAt(bytes, start, end);
    if (priority < 0) return false;
    const time = start + (priority >> 8), host = behindWord(bytes, time, end);
    const timeless = host === time + 2 && bytes[time] === 45;
    const timestamp = timeless ? NaN : this.#times.iso(bytes, time, end);
    if (!timeless && (timestamp !== timestamp || this.#times.end !== host - 1)) return false;
    const app = behindWord(bytes, host, end), process = behindWord(bytes, app, end);
    const data = behindWord(bytes, behindWord(bytes, process, end), end),
      behind = behindData(bytes, data, end);
    if (data < 0 || behind < 0) return false;
    batch.parsed[i] = 1;
    batch.timestamp[i] = timestamp;
    batch.severity[i] = severityOfSyslog(priority & 255);
    batch.service[i] = process === app + 2 && bytes[app] === 45 ? -1 : batch.nameAt(app, process - 1);
    batch.contentStart[i] = behind < end ? message(bytes, behind + 1, end) : bytes[data] === 45 ? end : data;
    batch.contentEnd[i] = end;
    return true;
  }
}

/** `<PRI>1 ` at `start` as `length << 8 | priority`, -1 where it doesn't stand there. */
function priorityAt(bytes: Uint8Array, start: number, end: number): number {
  let p = start + 1, priority = 0;
  if (start >= end || bytes[start] !== 60) return -1;
  for (; p < end && p < start + 4 && bytes[p] - 48 >>> 0 < 10; p++) priority = priority * 10 + bytes[p] - 48;
  if (p === start + 1 || p + 2 >= end || priority > 191) return -1;
  if (bytes[p] !== 62 || bytes[p + 1] !== 49 || bytes[p + 2] !== 32) return -1;
  return p + 3 - start << 8 | priority;
}

/** Offset behind the word at `p` and its blank; -1 where either is missing, or `p` is -1. */
function behindWord(bytes: Uint8Array, p: number, end: number): number {
  const first = p;
  while (p >= 0 && p < end && bytes[p] > 32) p++;
  return p > first && p < end && bytes[p] === 32 ? p + 1 : -1;
}

/** Offset behind `-` or `[id name="value"][…]` at `p`: of a blank, or the line's end; -1 where it is malformed. */
function behindData(bytes: Uint8Array, p: number, end: number): number {
  if (p < 0 || p >= end) return -1;
  if (bytes[p] === 45) p++;
  else if (bytes[p] !== 91) return -1;
  let quoted = false;
  while (p < end && bytes[p] === 91) {
    for (p++; p < end && (quoted || bytes[p] !== 93); p++) {
      if (bytes[p] === 34) quoted = !quoted;
      else if (bytes[p] === 92 && quoted) p++;
    }
    if (p++ >= end) return -1;
  }
  return p === end || bytes[p] === 32 ? p : -1;
}

/** Offset of the message at `p`, behind the mark that it is UTF-8. */
function message(bytes: Uint8Array, p: number, end: number): number {
  return p + 2 < end && bytes[p] === 0xef && bytes[p + 1] === 0xbb && bytes[p + 2] === 0xbf ? p + 3 : p;
}

/**
 * `<PRIORITY>1 TIME HOST PROGRAM PROCESS MESSAGE-ID DATA MESSAGE`, where `-` stands for what is not known and the data is structured:
 * `[id name="value"]`. The service is the program, the content the message; the data where there is no message.
 *
 * @see RFC 5424 § 6.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { syslog5424 } from "./syslog5424.ts";
 *
 * assert(syslog5424.examples.length > 0);
 * ```
 */
export const syslog5424: Format = {
  name: "syslog5424",
  title: "syslog (RFC 5424): priority, time, host, program, structured data, message",
  examples: [
    "<34>1 2026-03-02T10:00:00.003Z shop1.example su - ID47 - cannot become root on pts/8",
    '<165>1 2026-03-02T11:00:00.000003+01:00 192.0.2.7 checkout 4242 paid [order@32473 id="4711" note="a \\"b\\" \\]"] order paid',
    "<14>1 2026-03-02T10:00:00Z shop1 stock 77 - - article 4711 is short",
    '<13>1 2026-03-02T10:00:00Z shop1 meter - - [load@32473 cpu="0.7"][load@32473 cpu="0.8"]',
  ],
  multiline: true,
  open: (options) => new Syslog5424Parser(options),
};
