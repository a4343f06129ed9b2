/**
 * Error logs of nginx.
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

/** Length of `2026/03/02 10:00:00 [`. */
const TIME_BYTES = 21;

class NginxErrorParser implements HeaderParser {
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
    if (end - start < TIME_BYTES + 5 || bytes[start + 4] !== 47 || bytes[start + 20] !== 91) return false;
    const time = this.#time(bytes, start);
    if (time !== time) return false;
    let p = start + TIME_BYTES;
    const level = levelAt(bytes, p, end);
    p += level >> 8;
    if (level === 0 || p + 1 >= end || bytes[p] !== 93 || bytes[p + 1] !== 32) return false;
    const message = behindProcess(bytes, p + 2, end);
    if (message < 0) return false;
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.severity[i] = level & 255;
    batch.service[i] = -1;
    batch.contentStart[i] = behindConnection(bytes, message, end);
    batch.contentEnd[i] = end;
    return true;
  }

  /** The time of `2026/03/02 10:00:00 ` at `p`, NaN where it is none. */
  #time(bytes: Uint8Array, p: number): number {
    if (
      bytes[p + 7] !== 47 || bytes[p + 10] !== 32 || bytes[p + 13] !== 58 || bytes[p + 16] !== 58 ||
      bytes[p + 19] !== 32
    ) return NaN;
    const century = twoDigits(bytes, p), year = twoDigits(bytes, p + 2);
    const month = twoDigits(bytes, p + 5), day = twoDigits(bytes, p + 8);
    if (century > 99 || year > 99 || month > 12 || day > 31) return NaN;
    return this.#times.local(century * 100 + year, month, day) + timeOfDay(bytes, p + 11, 3);
  }
}

/** Offset behind `4242#77: ` at `p`, -1 where it doesn't stand there. */
function behindProcess(bytes: Uint8Array, p: number, end: number): number {
  const hash = behindDigits(bytes, p, end);
  if (hash === p || hash >= end || bytes[hash] !== 35) return -1;
  const colon = behindDigits(bytes, hash + 1, end);
  if (colon === hash + 1 || colon >= end || bytes[colon] !== 58) return -1;
  return colon + 1 < end && bytes[colon + 1] === 32 ? colon + 2 : colon + 1;
}

/** Offset behind the number of the connection, `*17 `, at `p`, `p` itself where it doesn't stand there. */
function behindConnection(bytes: Uint8Array, p: number, end: number): number {
  if (p >= end || bytes[p] !== 42) return p;
  const blank = behindDigits(bytes, p + 1, end);
  return blank > p + 1 && blank < end && bytes[blank] === 32 ? blank + 1 : p;
}

function behindDigits(bytes: Uint8Array, p: number, end: number): number {
  while (p < end && bytes[p] - 48 >>> 0 < 10) p++;
  return p;
}

/**
 * `2026/03/02 10:00:00 [error] 4242#77: *17 message, client: 192.0.2.7, server: …`.
 *
 * The content begins behind process, thread and connection. Times name no zone.
 *
 * @see nginx, core module, directive error_log.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nginxError } from "./nginx_error.ts";
 *
 * assert(nginxError.examples.length > 0);
 * ```
 */
export const nginxError: Format = {
  name: "nginx_error",
  title: "nginx error log: time, level, process, message",
  covers: ["golang"],
  examples: [
    '2026/03/02 10:00:00 [error] 4242#77: *17 no such basket, client: 192.0.2.7, server: shop.example, request: "GET /basket/17 HTTP/1.1"',
    "2026/03/02 10:00:00 [warn] 4242#4242: two servers have the name shop.example, the second is ignored",
    "2026/03/02 10:00:01 [notice] 4242#4242: worker 4243 began",
    "2026/03/02 10:00:01 [emerg] 4242#4242: port 443 is taken",
  ],
  multiline: true,
  open: (options) => new NginxErrorParser(options),
};
