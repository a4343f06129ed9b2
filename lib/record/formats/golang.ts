/**
 * What Go programs write: glog and klog, and the standard library's `log`.
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
import { behindBlanks, behindDigits } from "../header_bytes.ts";
import type { LogBatch } from "../log_batch.ts";
import { levelAt } from "../severity.ts";
import { timeOfDay, twoDigits } from "../timestamp.ts";
import { TimestampReader } from "../timestamp_reader.ts";

/** A file's name before a line's number has this many bytes at the most. */
const NAME_BYTES = 128;
/** Length of `I0302 10:00:00.` and of `2026/03/02 10:00:00`. */
const KLOG_TIME = 15, STANDARD_TIME = 19;

class GolangParser implements HeaderParser {
  readonly #times: TimestampReader;

  constructor(options?: FormatOptions, state?: ParserState) {
    const lastTime = state?.lastTime;
    this.#times = new TimestampReader(options, typeof lastTime === "number" ? lastTime : NaN);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    const { bytes, start, recordEnd } = batch;
    for (let i = from; i < to; i++) {
      const long = recordEnd[i] - start[i] >= STANDARD_TIME;
      const dated = long && bytes[start[i] + 4] === 47;
      if (!long || !(dated ? this.#standard(batch, i) : this.#klog(batch, i))) markUnparsed(batch, i);
    }
  }

  state(): ParserState {
    const { lastTime } = this.#times;
    return { lastTime: Number.isNaN(lastTime) ? null : lastTime };
  }

  /** glog: `I0302 10:00:00.123456    1 file.go:12] message`. */
  #klog(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, start = batch.start[i], end = batch.recordEnd[i];
    const severity = severityOfLetter(bytes[start]);
    const month = twoDigits(bytes, start + 1), day = twoDigits(bytes, start + 3);
    if (severity === 0 || month > 12 || day > 31 || bytes[start + 5] !== 32) return false;
    if (bytes[start + 8] !== 58 || bytes[start + 11] !== 58 || bytes[start + 14] !== 46) return false;
    const fraction = behindDigits(bytes, start + KLOG_TIME, end);
    if (fraction === start + KLOG_TIME) return false;
    const thread = behindBlanks(bytes, fraction, end), behind = behindDigits(bytes, thread, end);
    if (thread === fraction || behind === thread || behind >= end || bytes[behind] !== 32) return false;
    const colon = colonOfPlace(bytes, behind + 1, end), bracket = behindDigits(bytes, colon + 1, end);
    if (colon < 0 || bracket === colon + 1 || bracket >= end || bytes[bracket] !== 93) return false;
    const ofDay = timeOfDay(bytes, start + 6, 3) + milliseconds(bytes, start + KLOG_TIME, fraction);
    const time = ofDay === ofDay ? this.#times.withoutYear(month, day, ofDay) : NaN;
    if (time !== time) return false;
    begin(batch, i, time);
    batch.severity[i] = severity;
    batch.service[i] = batch.nameAt(behind + 1, colon);
    batch.contentStart[i] = behindBlanks(bytes, bracket + 1, end);
    return true;
  }

  /** The standard library: `2026/03/02 10:00:00[.123456] [file.go:12: ]message`, with a level where the message begins with one. */
  #standard(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, start = batch.start[i], end = batch.recordEnd[i];
    if (bytes[start + 7] !== 47 || bytes[start + 10] !== 32) return false;
    if (bytes[start + 13] !== 58 || bytes[start + 16] !== 58) return false;
    const century = twoDigits(bytes, start), year = twoDigits(bytes, start + 2);
    const month = twoDigits(bytes, start + 5), day = twoDigits(bytes, start + 8);
    if (century > 99 || year > 99 || month > 12 || day > 31) return false;
    let p = start + STANDARD_TIME, ofDay = timeOfDay(bytes, start + 11, 3);
    if (p + 1 < end && bytes[p] === 46) {
      const behind = behindDigits(bytes, p + 1, end);
      ofDay += milliseconds(bytes, p + 1, behind);
      p = behind;
    }
    if (p < end && bytes[p] !== 32) return false;
    const time = this.#times.local(century * 100 + year, month, day) + ofDay;
    if (time !== time) return false;
    begin(batch, i, time);
    this.#times.lastTime = time;
    p = behindBlanks(bytes, p, end);
    const colon = colonOfPlace(bytes, p, end), behind = behindDigits(bytes, colon + 1, end);
    const placed = colon >= 0 && behind > colon + 1 && behind < end && bytes[behind] === 58;
    batch.service[i] = placed ? batch.nameAt(p, colon) : -1;
    readLevel(batch, i, placed ? behindBlanks(bytes, behind + 1, end) : p);
    return true;
  }
}

function begin(batch: LogBatch, i: number, time: number): void {
  batch.parsed[i] = 1;
  batch.timestamp[i] = time;
  batch.contentEnd[i] = batch.recordEnd[i];
}

/** `I`, `W`, `E`, `F`; 0 for any other letter. */
function severityOfLetter(letter: number): number {
  return letter === 73 ? 9 : letter === 87 ? 13 : letter === 69 ? 17 : letter === 70 ? 21 : 0;
}

/** The first three digits of a fraction as milliseconds. */
function milliseconds(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0, weight = 100;
  for (let p = start; p < end && p < start + 3; p++) {
    sum += (bytes[p] - 48) * weight;
    weight /= 10;
  }
  return sum;
}

/** Offset of the colon of `file.go:12` at `p`, -1 where no name of a file stands there. */
function colonOfPlace(bytes: Uint8Array, p: number, end: number): number {
  const first = p;
  let dot = false;
  for (const stop = Math.min(end, p + NAME_BYTES); p < stop; p++) {
    const byte = bytes[p];
    if (byte === 58) return dot && p > first ? p : -1;
    if (byte <= 32 || byte === 93) return -1;
    dot ||= byte === 46;
  }
  return -1;
}

/** Takes `[ERROR] ` or `ERROR: ` off the message at `p`. */
function readLevel(batch: LogBatch, i: number, p: number): void {
  const { bytes } = batch, end = batch.recordEnd[i];
  const bracket = p < end && bytes[p] === 91 ? 1 : 0, level = levelAt(bytes, p + bracket, end);
  const behind = p + bracket + (level >> 8), closed = behind < end && bytes[behind] === (bracket ? 93 : 58);
  const taken = level !== 0 && closed && (behind + 1 === end || bytes[behind + 1] === 32);
  batch.severity[i] = taken ? level & 255 : 0;
  batch.contentStart[i] = taken ? behindBlanks(bytes, behind + 1, end) : p;
}

/**
 * Go's two: glog and klog as Kubernetes' components write it (`I0302 10:00:00.123456    1 file.go:12] message`), and the standard
 * library's log (`2026/03/02 10:00:00 message`, with fraction and place where asked for). The place stands for a logger.
 *
 * glog's times name no year: see {@linkcode TimestampReader.withoutYear}.
 *
 * @see The documentation of klog, and of Go's package log.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { golang } from "./golang.ts";
 *
 * assert(golang.examples.length > 0);
 * ```
 */
export const golang: Format = {
  name: "golang",
  names: "loggers",
  title: "Go: klog, glog and the standard library's log",
  examples: [
    "I0302 10:00:00.123456       1 basket.go:12] basket 17 opened",
    'E0302 10:00:00.200000    4242 pay.go:88] "Payment failed" err="card declined" order="shop/4711"',
    "W0302 10:00:01.000001       1 stock/watch.go:301] watch of stock ended early",
    "2026/03/02 10:00:00 listening on :8080",
    "2026/03/02 10:00:00.123456 pay.go:88: order 4711 paid",
    "2026/03/02 10:00:01 [ERROR] cannot reach the shop",
  ],
  multiline: true,
  open: (options, state) => new GolangParser(options, state),
};
