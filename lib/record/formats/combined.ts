/**
 * Access logs of Apache and nginx.
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
import { severityOfStatus } from "../severity.ts";
import { monthAt, timeOfDay, twoDigits, zoneOffset } from "../timestamp.ts";
import { TimestampReader } from "../timestamp_reader.ts";

/** Length of `[02/Mar/2026:10:00:00 +0000]`. */
const TIME_BYTES = 28;

class CombinedParser implements HeaderParser {
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
    let p = start, blanks = 0;
    for (; p < end && bytes[p] !== 91; p++) if (bytes[p] === 32) blanks++;
    if (blanks < 3 || p + TIME_BYTES + 2 > end) return false;
    const request = p + TIME_BYTES + 1;
    if (bytes[request - 1] !== 32 || bytes[request] !== 34) return false;
    const time = this.#time(bytes, p + 1), status = time === time ? statusOf(bytes, request, end) : -1;
    if (status < 0) return false;
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.severity[i] = status === 0 ? 0 : severityOfStatus(status);
    batch.service[i] = blanks > 3 ? virtualHost(batch, start, p) : -1;
    batch.contentStart[i] = request;
    batch.contentEnd[i] = end;
    return true;
  }

  /** The time of `02/Mar/2026:10:00:00 +0000]` at `p`, NaN where it is none. */
  #time(bytes: Uint8Array, p: number): number {
    if (
      bytes[p + 2] !== 47 || bytes[p + 6] !== 47 || bytes[p + 11] !== 58 || bytes[p + 14] !== 58 ||
      bytes[p + 26] !== 93
    ) return NaN;
    const day = twoDigits(bytes, p), century = twoDigits(bytes, p + 7), year = twoDigits(bytes, p + 9);
    const zone = zoneOffset(bytes, p + 21, p + 26);
    if (day > 31 || century > 99 || year > 99 || zone >> 16 !== 5) return NaN;
    const midnight = this.#times.midnight(century * 100 + year, monthAt(bytes, p + 3), day);
    return midnight + timeOfDay(bytes, p + 12, 3) - ((zone & 0xffff) - 1440) * 60_000;
  }
}

/** The first digit of the status behind the request that opens at `p`; 0 where the status is `-`, -1 where the line is cut before it. */
function statusOf(bytes: Uint8Array, p: number, end: number): number {
  for (p++; p < end && bytes[p] !== 34; p++) if (bytes[p] === 92) p++;
  if (p + 4 >= end || bytes[p + 1] !== 32) {
    return p + 2 < end && bytes[p + 1] === 32 && bytes[p + 2] === 45 ? 0 : -1;
  }
  if (bytes[p + 2] === 45) return 0;
  const digit = bytes[p + 2] - 48 >>> 0;
  return digit < 10 && twoDigits(bytes, p + 3) < 100 ? digit : -1;
}

/** The virtual host before the client (`shop.example:443 192.0.2.7 - - […`) as a service; -1 where the first word is none. */
function virtualHost(batch: LogBatch, start: number, end: number): number {
  const { bytes } = batch;
  let p = start;
  while (p < end && bytes[p] !== 58 && bytes[p] !== 32) p++;
  const last = p;
  if (p === start || bytes[p] !== 58) return -1;
  for (p++; p < end && bytes[p] - 48 >>> 0 < 10; p++);
  return p > last + 1 && bytes[p] === 32 ? batch.services.intern(bytes, start, last) : -1;
}

/**
 * `192.0.2.7 - - [02/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 512 "referrer" "agent"`: common and combined, also with the
 * virtual host and its port in front, which is the service then.
 *
 * The content goes from the request to the line's end; the severity comes from the status: 5xx error, 4xx warn, else info.
 *
 * @see Apache HTTP Server, module mod_log_config; nginx, module ngx_http_log_module.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { combined } from "./combined.ts";
 *
 * assert(combined.examples.length > 0);
 * ```
 */
export const combined: Format = {
  name: "combined",
  title: "Apache and nginx access logs (common, combined, with virtual host)",
  examples: [
    '192.0.2.7 - - [02/Mar/2026:10:00:00 +0000] "GET /basket HTTP/1.1" 200 512 "https://shop.example/" "Mozilla/5.0"',
    '192.0.2.7 - alice [02/Mar/2026:11:00:00 +0100] "POST /order HTTP/2.0" 503 0 "-" "curl/8.5.0"',
    '2001:db8::1 - - [02/Mar/2026:09:00:00 -0100] "GET /a\\"b HTTP/1.1" 404 19',
    'shop.example:443 192.0.2.7 - - [02/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 301 0 "-" "-"',
  ],
  multiline: false,
  open: (options) => new CombinedParser(options),
};
