/**
 * PostgreSQL's log on standard error.
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
import { epochMilliseconds } from "../timestamp.ts";
import { TimestampReader } from "../timestamp_reader.ts";
import { zoneBehindBlank } from "../zone_names.ts";

/** The level begins before this many bytes of the line. */
const PREFIX_BYTES = 300;
const MINUTE = 60_000;

/** What goes on with the message before it, by its name. */
const CONTINUING = ["DETAIL:", "HINT:", "STATEMENT:", "CONTEXT:", "QUERY:", "LOCATION:", "BACKTRACE:"];
const LONGEST = Math.max(...CONTINUING.map((name) => name.length)) - 1;

class PostgresqlParser implements HeaderParser {
  readonly #times: TimestampReader;
  readonly #east: number;
  #end = 0; // offset behind the time read last

  constructor(options: FormatOptions = {}) {
    this.#times = new TimestampReader(options);
    this.#east = (options.utcOffset ?? 0) * MINUTE;
  }

  parse(batch: LogBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) if (!this.#header(batch, i)) markUnparsed(batch, i);
  }

  state(): ParserState {
    return {};
  }

  #header(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, end = batch.recordEnd[i], time = this.#time(bytes, batch.start[i], end);
    if (time !== time) return false;
    const colon = colonOfLevel(bytes, this.#end, Math.min(end, batch.start[i] + PREFIX_BYTES));
    if (colon < 0) return false;
    const first = wordStart(bytes, this.#end, colon);
    if (first < 0) return false;
    if (continues(bytes, first, colon + 1)) {
      markUnparsed(batch, i);
      batch.parsed[i] = 2;
      return true;
    }
    const level = levelAt(bytes, first, Math.min(end, colon + 1));
    if (first + (level >> 8) !== colon) return false;
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.severity[i] = level & 255;
    batch.service[i] = -1;
    batch.contentStart[i] = behindBlanks(bytes, colon + 1, end);
    batch.contentEnd[i] = end;
    return true;
  }

  /** `2026-03-02 10:00:00.123 CET`, in `<>` or `[]` or not, or seconds since the epoch; NaN where there is none. */
  #time(bytes: Uint8Array, start: number, end: number): number {
    const bracket = start < end && (bytes[start] === 60 || bytes[start] === 91) ? 1 : 0;
    const first = start + bracket, time = this.#times.iso(bytes, first, end);
    if (time === time) {
      const p = this.#times.end;
      const zone = zoneBehindBlank(bytes, p, end);
      this.#end = p + (zone >> 16);
      return zone === 0 ? time : time + this.#east - ((zone & 0xffff) - 1440) * MINUTE;
    }
    if (first + 14 > end || bytes[first + 10] !== 46) return NaN;
    let p = first + 11;
    while (p < end && bytes[p] - 48 >>> 0 < 10) p++;
    this.#end = p;
    return p < end && bytes[p] === 32 ? epochMilliseconds(bytes, first, p) : NaN;
  }
}

/** Offset of the colon with two blanks behind it that PostgreSQL writes behind a level, -1 where there is none. */
function colonOfLevel(bytes: Uint8Array, p: number, end: number): number {
  for (p = nextByte(bytes, 58, p, end); p + 2 < end; p = nextByte(bytes, 58, p + 1, end)) {
    if (bytes[p + 1] === 32 && bytes[p + 2] === 32) return p;
  }
  return -1;
}

/** Offset of the first of the capitals and digits before `end`, -1 where a name goes on before them. */
function wordStart(bytes: Uint8Array, from: number, end: number): number {
  let p = end;
  while (p > from && end - p <= LONGEST && isCapital(bytes[p - 1])) p--;
  if (p === end || p <= from) return -1;
  const before = bytes[p - 1];
  return before === 32 || before === 58 || before === 93 || before === 62 || before === 44 ? p : -1;
}

/** Capitals, and the digits of `DEBUG1`. */
function isCapital(byte: number): boolean {
  return byte >= 65 && byte <= 90 || byte >= 48 && byte <= 57;
}

/** Whether one of {@linkcode CONTINUING} stands at `first`. */
function continues(bytes: Uint8Array, first: number, end: number): boolean {
  for (const name of CONTINUING) if (standsAt(bytes, name, first, end)) return true;
  return false;
}

/**
 * PostgreSQL's log on standard error, with any `log_line_prefix` that begins with the time: `2026-03-02 10:00:00.123 UTC [77] user@db
 * ERROR:  message`, RDS's `2026-03-02 10:00:00 UTC:192.0.2.7(5000):user@db:[77]:ERROR:  message`, `%n`'s seconds since the epoch.
 *
 * Lines of `DETAIL`, `HINT`, `STATEMENT`, `CONTEXT`, `QUERY` and `LOCATION` join the record that they are about. A zone's name is
 * read as {@linkcode zoneBehindBlank} knows it.
 *
 * @see PostgreSQL's documentation, Error Reporting and Logging.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { postgresql } from "./postgresql.ts";
 *
 * assert(postgresql.examples.length > 0);
 * ```
 */
export const postgresql: Format = {
  name: "postgresql",
  title: "PostgreSQL log (standard error)",
  examples: [
    "2026-03-02 10:00:00.123 UTC [77] LOG:  checkpoint starting: time",
    "2026-03-02 10:00:01.200 UTC [4242] shop@orders ERROR:  deadlock detected",
    '2026-03-02 11:00:02.300 CET [4243] shop@orders FATAL:  too many connections for role "shop"',
    "2026-03-02 10:00:03 UTC [4244]: [3-1] user=shop,db=orders,app=till,client=192.0.2.7 WARNING:  there is no transaction in progress",
    "2026-03-02 10:00:04 UTC:192.0.2.7(50022):shop@orders:[4245]:LOG:  duration: 1204.118 ms  statement: select 1",
    '1772445605.123 [4246] shop@orders NOTICE:  table "basket" does not exist, skipping',
  ],
  covers: ["iso8601"],
  multiline: true,
  open: (options) => new PostgresqlParser(options),
};
