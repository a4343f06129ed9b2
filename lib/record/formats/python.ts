/**
 * What Python's `logging`, and what people use in its place, writes with the usual layouts.
 *
 * @module
 */
import { DateOrder } from "../date_order.ts";
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
import { TimestampReader } from "../timestamp_reader.ts";

/** A logger's name has this many bytes at the most. */
const NAME_BYTES = 128;

class PythonParser implements HeaderParser {
  readonly #times: TimestampReader;
  readonly #clocks: DateOrder;

  constructor(options?: FormatOptions, state?: ParserState) {
    const lastTime = state?.lastTime;
    this.#times = new TimestampReader(options);
    this.#clocks = new DateOrder(options, typeof lastTime === "number" ? lastTime : NaN);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    const { bytes, start, recordEnd } = batch;
    for (let i = from; i < to; i++) {
      const first = start[i] < recordEnd[i] ? bytes[start[i]] : 0;
      const parsed = first === 91
        ? this.#bracketed(batch, i)
        : first >= 65 && first <= 90
        ? levelFirst(batch, i)
        : this.#dated(batch, i);
      if (!parsed) markUnparsed(batch, i);
      else if (batch.timestamp[i] === batch.timestamp[i]) this.#clocks.lastTime = batch.timestamp[i];
    }
  }

  state(): ParserState {
    const { lastTime } = this.#clocks;
    return { lastTime: Number.isNaN(lastTime) ? null : lastTime };
  }

  /** `2026-03-02 10:00:00,123 - name - LEVEL - message`, and Loguru's `… | LEVEL | name:function:12 - message`. */
  #dated(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, end = batch.recordEnd[i], time = this.#times.iso(bytes, batch.start[i], end);
    if (time !== time) return false;
    const p = this.#times.end;
    batch.timestamp[i] = time;
    if (separated(bytes, p, end, 124)) return loguru(batch, i, p + 3);
    return separated(bytes, p, end, 45) && dashed(batch, i, p + 3);
  }

  /**
   * Flask's `[2026-03-02 10:00:00,123] LEVEL in module: message`, also with the time of day alone, and Celery's
   * `[2026-03-02 10:00:00,123: LEVEL/process] message`.
   */
  #bracketed(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, end = batch.recordEnd[i], first = batch.start[i] + 1;
    let time = this.#times.iso(bytes, first, end), p = this.#times.end;
    if (time !== time) {
      time = this.#clocks.readClock(bytes, first, end);
      p = this.#clocks.end;
    }
    if (time !== time || p + 2 >= end) return false;
    batch.timestamp[i] = time;
    if (bytes[p] === 58 && bytes[p + 1] === 32) return celery(batch, i, p + 2);
    return bytes[p] === 93 && bytes[p + 1] === 32 && inModule(batch, i, p + 2);
  }
}

/** ` - ` or ` | ` at `p`. */
function separated(bytes: Uint8Array, p: number, end: number, byte: number): boolean {
  return p + 3 <= end && bytes[p] === 32 && bytes[p + 1] === byte && bytes[p + 2] === 32;
}

/** The level in capitals at `p`, as {@linkcode levelAt} gives it; 0 where none is. */
function capitalLevel(bytes: Uint8Array, p: number, end: number): number {
  const level = levelAt(bytes, p, end);
  return level !== 0 && bytes[p] < 97 && bytes[p + 1] < 97 ? level : 0;
}

/** Offset behind the name at `p` that `stop` ends, at `p` or before; letters, digits and `$ - . / _`. */
function behindName(bytes: Uint8Array, p: number, end: number): number {
  for (const stop = Math.min(end, p + NAME_BYTES); p < stop; p++) {
    const byte = bytes[p], lower = byte | 32;
    if (!(lower >= 97 && lower <= 122 || byte >= 45 && byte <= 57 || byte === 95 || byte === 36)) break;
  }
  return p;
}

/** A row whose content begins at `content`, with the name `[name, nameEnd)`; `name` -1 = none. */
function fill(
  batch: LogBatch,
  i: number,
  level: number,
  at: [content: number, name: number, nameEnd: number],
) {
  const [content, name, nameEnd] = at;
  batch.parsed[i] = 1;
  batch.severity[i] = level & 255;
  batch.service[i] = name < 0 ? -1 : batch.nameAt(name, nameEnd);
  batch.contentStart[i] = content;
  batch.contentEnd[i] = batch.recordEnd[i];
  return true;
}

/** `name - LEVEL - message`, or `LEVEL - message`, at `p`. */
function dashed(batch: LogBatch, i: number, p: number): boolean {
  const { bytes } = batch, end = batch.recordEnd[i];
  const name = p, nameEnd = behindName(bytes, p, end);
  let level = capitalLevel(bytes, p, end), named = false;
  if (level === 0 || !separated(bytes, p + (level >> 8), end, 45)) {
    if (nameEnd === name || !separated(bytes, nameEnd, end, 45)) return false;
    named = true;
    p = nameEnd + 3;
    level = capitalLevel(bytes, p, end);
  }
  p += level >> 8;
  if (level === 0) return false;
  const dash = behindBlanks(bytes, p, end); // %(levelname)-8s
  if (dash + 1 >= end || dash === p || bytes[dash] !== 45 || bytes[dash + 1] !== 32) return false;
  return fill(batch, i, level, [dash + 2, named ? name : -1, nameEnd]);
}

/** `LEVEL    | name:function:12 - message` at `p`. */
function loguru(batch: LogBatch, i: number, p: number): boolean {
  const { bytes } = batch, end = batch.recordEnd[i], level = capitalLevel(bytes, p, end);
  const success = level === 0 && p + 7 <= end && bytes[p] === 83 && bytes[p + 6] === 83; // SUCCESS
  if (level === 0 && !success) return false;
  const bar = behindBlanks(bytes, p + (success ? 7 : level >> 8), end);
  if (!separated(bytes, bar - 1, end, 124)) return false;
  const name = bar + 2, nameEnd = behindName(bytes, name, end);
  let place = nameEnd;
  if (nameEnd === name || place >= end || bytes[place] !== 58) return false;
  for (; place < end && bytes[place] !== 32; place++);
  if (!separated(bytes, place, end, 45)) return false;
  return fill(batch, i, success ? 9 : level, [place + 3, name, nameEnd]);
}

/** `LEVEL/process] message` at `p`. */
function celery(batch: LogBatch, i: number, p: number): boolean {
  const { bytes } = batch, end = batch.recordEnd[i], level = capitalLevel(bytes, p, end);
  const name = p + (level >> 8) + 1, nameEnd = behindName(bytes, name, end);
  if (level === 0 || name > end || bytes[name - 1] !== 47 || nameEnd === name) return false;
  if (nameEnd >= end || bytes[nameEnd] !== 93) return false;
  return fill(batch, i, level, [behindBlanks(bytes, nameEnd + 1, end), name, nameEnd]);
}

/** `LEVEL in module: message` at `p`. */
function inModule(batch: LogBatch, i: number, p: number): boolean {
  const { bytes } = batch, end = batch.recordEnd[i], level = capitalLevel(bytes, p, end);
  p += level >> 8;
  if (level === 0 || p + 4 > end || bytes[p] !== 32 || bytes[p + 1] !== 105 || bytes[p + 2] !== 110) {
    return false;
  }
  const name = p + 4, nameEnd = behindName(bytes, name, end);
  if (bytes[p + 3] !== 32 || nameEnd === name || nameEnd >= end || bytes[nameEnd] !== 58) return false;
  return fill(batch, i, level, [behindBlanks(bytes, nameEnd + 1, end), name, nameEnd]);
}

/** The layout of `logging.basicConfig()`: `LEVEL:name:message`, which has no time. */
function levelFirst(batch: LogBatch, i: number): boolean {
  const { bytes } = batch, end = batch.recordEnd[i], level = capitalLevel(bytes, batch.start[i], end);
  const colon = batch.start[i] + (level >> 8), name = colon + 1;
  if (level === 0 || colon >= end || bytes[colon] !== 58) return false;
  const nameEnd = behindName(bytes, name, end), digits = behindDigits(bytes, name, end);
  if (nameEnd === name || nameEnd === digits || nameEnd >= end || bytes[nameEnd] !== 58) return false;
  batch.timestamp[i] = NaN;
  return fill(batch, i, level, [nameEnd + 1, name, nameEnd]);
}

/**
 * Python's logging in the layouts of its documentation (`2026-03-02 10:00:00,123 - name - LEVEL - message`, `LEVEL:name:message`), of
 * Flask (`[2026-03-02 10:00:00,123] LEVEL in module: message`, also with the time of day alone), Celery and Loguru.
 *
 * Names are loggers. Of a time of day the day is that of {@linkcode DateOrder.readClock}; `LEVEL:name:message` has no time.
 *
 * @see Python's documentation, Logging HOWTO and Logging Cookbook.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { python } from "./python.ts";
 *
 * assert(python.examples.length > 0);
 * ```
 */
export const python: Format = {
  name: "python",
  names: "loggers",
  title: "Python: logging, Flask, Celery, Loguru",
  examples: [
    "2026-03-02 10:00:00,123 - shop.checkout - INFO - basket 17 opened",
    "2026-03-02 10:00:00,200 - shop.stock - WARNING  - article 4711 is short",
    "[2026-03-02 10:00:00,123] ERROR in pay: cannot charge order 4711",
    "[10:00:00] INFO in pay: order 4711 paid",
    "[2026-03-02 10:00:00,123: INFO/MainProcess] Task shop.mail[4711] received",
    "2026-03-02 10:00:00.123 | DEBUG    | shop.pay:charge:88 - asking the bank",
  ],
  covers: ["iso8601"],
  multiline: true,
  open: (options, state) => new PythonParser(options, state),
};
