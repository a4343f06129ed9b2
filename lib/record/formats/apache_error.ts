/**
 * Error logs of Apache's HTTP server.
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
import { monthAt, timeOfDay, twoDigits } from "../timestamp.ts";
import { TimestampReader } from "../timestamp_reader.ts";

/** Length of `[Mon Mar 02 10:00:00 2026]`, the shortest time. */
const TIME_BYTES = 26;
/** A `[…]` behind the time has this many bytes at the most. */
const ITEM_BYTES = 64;
/** `info`, Apache's `trace1` to `trace8`. */
const TRACE = 1;

class ApacheErrorParser implements HeaderParser {
  readonly #times: TimestampReader;
  #end = 0; // offset behind the time read last

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
    if (end - start < TIME_BYTES + 3 || bytes[start] !== 91) return false;
    const time = this.#time(bytes, start + 1, end);
    let p = this.#end;
    if (time !== time || p + 2 >= end || bytes[p] !== 32 || bytes[p + 1] !== 91) return false;
    const close = closing(bytes, p + 1, end), severity = close < 0 ? 0 : levelIn(bytes, p + 2, close);
    if (severity === 0) return false;
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.severity[i] = severity;
    batch.service[i] = -1;
    p = close + 1;
    if (isProcess(bytes, p, end)) p = closing(bytes, p + 1, end) + 1;
    batch.contentStart[i] = p < end && bytes[p] === 32 ? p + 1 : p;
    batch.contentEnd[i] = end;
    return true;
  }

  /** The time of `Mon Mar 02 10:00:00[.123456] 2026]` at `p`, NaN where it is none. */
  #time(bytes: Uint8Array, p: number, end: number): number {
    if (bytes[p + 3] !== 32 || bytes[p + 7] !== 32 || bytes[p + 10] !== 32 || bytes[p + 13] !== 58) {
      return NaN;
    }
    const month = monthAt(bytes, p + 4), tens = bytes[p + 8] === 32 ? 0 : bytes[p + 8] - 48 >>> 0;
    const day = tens * 10 + (bytes[p + 9] - 48 >>> 0), ofDay = timeOfDay(bytes, p + 11, 3);
    if (bytes[p + 16] !== 58 || month === 0 || day > 31) return NaN;
    let fraction = 0;
    p += 19;
    if (bytes[p] === 46) {
      let weight = 100;
      for (p++; p < end && bytes[p] - 48 >>> 0 < 10; p++, weight /= 10) {
        if (weight >= 1) fraction += (bytes[p] - 48) * weight;
      }
    }
    if (p + 6 > end || bytes[p] !== 32 || bytes[p + 5] !== 93) return NaN;
    const century = twoDigits(bytes, p + 1), year = twoDigits(bytes, p + 3);
    if (century > 99 || year > 99) return NaN;
    this.#end = p + 6;
    return this.#times.local(century * 100 + year, month, day) + ofDay + fraction;
  }
}

/** Offset of the `]` that closes the `[` at `open`, -1 where it is missing or far. */
function closing(bytes: Uint8Array, open: number, end: number): number {
  const stop = Math.min(end, open + ITEM_BYTES);
  for (let p = open + 1; p < stop; p++) if (bytes[p] === 93) return p;
  return -1;
}

/** The severity of `level` or `module:level` in `bytes[start, end)`; 0 where no level stands there. */
function levelIn(bytes: Uint8Array, start: number, end: number): number {
  let first = start;
  for (let p = start; p < end; p++) {
    const byte = bytes[p], lower = byte | 32;
    if (byte === 58) first = p + 1;
    else if (!(lower >= 97 && lower <= 122 || byte >= 48 && byte <= 57 || byte === 95 || byte === 45)) {
      return 0;
    }
  }
  const level = levelAt(bytes, first, end);
  if (level !== 0) return first + (level >> 8) === end ? level & 255 : 0;
  const digit = end - first === 6 ? bytes[end - 1] - 48 >>> 0 : 0; // trace1 … trace8
  return digit >= 1 && digit <= 8 && levelAt(bytes, first, end - 1) === (5 << 8 | TRACE) ? TRACE : 0;
}

/** Whether ` [pid 4242…]` stands at `p`. */
function isProcess(bytes: Uint8Array, p: number, end: number): boolean {
  return p + 7 < end && bytes[p] === 32 && bytes[p + 1] === 91 && bytes[p + 2] === 112 &&
    bytes[p + 3] === 105 &&
    bytes[p + 4] === 100 && bytes[p + 5] === 32 && closing(bytes, p + 1, end) > 0;
}

/**
 * `[Mon Mar 02 10:00:00 2026] [error] [client 192.0.2.7] message` and, since Apache 2.4,
 * `[Mon Mar 02 10:00:00.123456 2026] [module:level] [pid 4242:tid 77] [client 192.0.2.7:50022] message`.
 *
 * The content begins behind the level and the process, so that the client belongs to the message. Times name no zone. Levels are
 * syslog's; `trace1` to `trace8` are trace.
 *
 * @see Apache HTTP Server, module core, directive ErrorLogFormat.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { apacheError } from "./apache_error.ts";
 *
 * assert(apacheError.examples.length > 0);
 * ```
 */
export const apacheError: Format = {
  name: "apache_error",
  title: "Apache error log: time, level, message",
  examples: [
    "[Mon Mar 02 10:00:00 2026] [notice] shop workers ready, 4 of 4",
    "[Mon Mar  2 10:00:00 2026] [error] [client 192.0.2.7] no such basket: /srv/shop/basket/17",
    "[Mon Mar 02 10:00:00.123456 2026] [core:warn] [pid 4242] AH00098: pid file overwritten",
    "[Mon Mar 02 10:00:00.123456 2026] [proxy:error] [pid 4242:tid 77] [client 192.0.2.7:50022] AH00898: cannot reach shop1",
    "[Mon Mar 02 10:00:00.123456 2026] [ssl:trace3] [pid 4242:tid 77] handshake begins",
  ],
  multiline: true,
  open: (options) => new ApacheErrorParser(options),
};
