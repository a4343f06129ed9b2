/**
 * What a Java virtual machine logs about itself: garbage collections, safepoints.
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
import { behindBlanks, behindDigits, nextByte } from "../header_bytes.ts";
import type { LogBatch } from "../log_batch.ts";
import { levelAt } from "../severity.ts";
import { TimestampReader } from "../timestamp_reader.ts";

/** A `[…]` before the message has this many bytes at the most. */
const DECORATION_BYTES = 100;

class GcParser implements HeaderParser {
  readonly #times: TimestampReader;

  constructor(options?: FormatOptions) {
    this.#times = new TimestampReader(options);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    const { bytes, start, recordEnd } = batch;
    for (let i = from; i < to; i++) {
      const bracket = start[i] < recordEnd[i] && bytes[start[i]] === 91;
      if (!(bracket ? this.#unified(batch, i) : this.#older(batch, i))) markUnparsed(batch, i);
    }
  }

  state(): ParserState {
    return {};
  }

  /** `[time][level][tags] message` with any decorations between them, a level and tags last. */
  #unified(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, end = batch.recordEnd[i];
    let p = batch.start[i], time = NaN, timed = false, severity = 0, tags = -1, tagsEnd = -1;
    while (p < end && bytes[p] === 91) {
      const close = nextByte(bytes, 93, p, Math.min(end, p + DECORATION_BYTES));
      if (close >= end || bytes[close] !== 93) return false;
      const first = p + 1, last = trimmedEnd(bytes, first, close);
      if (severity !== 0) [tags, tagsEnd] = [first, last];
      else if (!timed && isUptime(bytes, first, last)) timed = true;
      else if (isLevel(bytes, first, last)) severity = levelAt(bytes, first, last) & 255;
      else if (time !== time) {
        time = this.#times.iso(bytes, first, last);
        if (time === time && this.#times.end !== last) return false;
      }
      p = close + 1;
      if (tags >= 0) break;
    }
    if (tags < 0 || time !== time && !timed || !isTags(bytes, tags, tagsEnd)) return false;
    if (p < end && bytes[p] !== 32) return false;
    begin(batch, i, time);
    batch.severity[i] = severity;
    batch.service[i] = batch.nameAt(tags, tagsEnd);
    batch.contentStart[i] = behindBlanks(bytes, p, end);
    return true;
  }

  /** `2026-03-02T10:00:00.123+0000: 1.234: [GC …` up to Java 8, where either of the two times may be missing. */
  #older(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, start = batch.start[i], end = batch.recordEnd[i];
    const time = this.#times.iso(bytes, start, end);
    let p = start;
    if (time === time) {
      p = this.#times.end;
      if (p + 2 > end || bytes[p] !== 58 || bytes[p + 1] !== 32) return false;
      p += 2;
    }
    const behind = behindUptime(bytes, p, end);
    if (behind === p || behind + 2 > end || bytes[behind] !== 58 || bytes[behind + 1] !== 32) {
      if (p === start || p >= end || bytes[p] !== 91) return false;
    } else p = behind + 2;
    begin(batch, i, time);
    batch.severity[i] = 0;
    batch.service[i] = -1;
    batch.contentStart[i] = p;
    return true;
  }
}

function begin(batch: LogBatch, i: number, time: number): void {
  batch.parsed[i] = 1;
  batch.timestamp[i] = time;
  batch.contentEnd[i] = batch.recordEnd[i];
}

/** Decorations are filled up with blanks. */
function trimmedEnd(bytes: Uint8Array, first: number, last: number): number {
  while (last > first && bytes[last - 1] === 32) last--;
  return last;
}

/** Offset behind `1.234` at `p`, `p` itself where no such number stands there. */
function behindUptime(bytes: Uint8Array, p: number, end: number): number {
  const point = behindDigits(bytes, p, end);
  if (point === p || point >= end || bytes[point] !== 46) return p;
  const behind = behindDigits(bytes, point + 1, end);
  return behind === point + 1 ? p : behind;
}

/** Since the start: `0.123s`, `123ms`, `123456ns`. */
function isUptime(bytes: Uint8Array, first: number, last: number): boolean {
  if (last - first < 2 || bytes[last - 1] !== 115) return false;
  const seconds = behindUptime(bytes, first, last);
  if (seconds > first) return seconds === last - 1;
  const unit = behindDigits(bytes, first, last);
  return unit > first && unit === last - 2 && (bytes[unit] === 109 || bytes[unit] === 110);
}

/** A level in small letters and nothing else. */
function isLevel(bytes: Uint8Array, first: number, last: number): boolean {
  return first < last && bytes[first] >= 97 && levelAt(bytes, first, last) >> 8 === last - first;
}

/** Small letters and digits between commas: `gc`, `gc,phases`. */
function isTags(bytes: Uint8Array, first: number, last: number): boolean {
  for (let p = first; p < last; p++) {
    const byte = bytes[p];
    if (!(byte >= 97 && byte <= 122 || byte >= 48 && byte <= 57 || byte === 44)) return false;
  }
  return last > first;
}

/**
 * Garbage collection and other logs of a Java virtual machine: unified logging (`[2026-03-02T10:00:00.123+0000][info][gc] GC(7) Pause
 * Young`, with or without uptime, process and thread), and what came before it (`2026-03-02T10:00:00.123+0000: 1.234: [GC …`).
 *
 * The tags stand for a logger. Lines with the uptime alone have no time; those of before Java 9 have no level.
 *
 * @see JEP 158, Unified JVM Logging.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gc } from "./gc.ts";
 *
 * assert(gc.examples.length > 0);
 * ```
 */
export const gc: Format = {
  name: "gc",
  names: "loggers",
  title: "Java virtual machine: garbage collection and unified logging",
  examples: [
    "[2026-03-02T10:00:00.123+0000][info][gc] GC(7) Pause Young (Normal) (G1 Evacuation Pause) 24M->3M(256M) 5.123ms",
    "[2026-03-02T10:00:00.128+0000][0.834s][info ][gc,heap        ] GC(7) Eden regions: 21->0(20)",
    "[2026-03-02T10:00:01.004+0000][4242][4250][warning][safepoint] Safepoint took longer than usual",
    "2026-03-02T10:00:00.123+0000: 1.234: [GC (Allocation Failure) [PSYoungGen: 65536K->1074K(76288K)] 65536K->1082K(251392K), 0.0123 secs]",
    "2026-03-02T10:00:02.500+0000: 3.611: Total time for which application threads were stopped: 0.0001 seconds",
    "2026-03-02T10:00:03.700+0000: [Full GC (System.gc()) 12M->3M(64M), 0.0210 secs]",
  ],
  covers: ["iso8601"],
  multiline: true,
  open: (options) => new GcParser(options),
};
