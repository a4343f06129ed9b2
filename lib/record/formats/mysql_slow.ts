/**
 * Slow query logs of MySQL and MariaDB.
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
import { DateOrder } from "../date_order.ts";
import { behindDigits, nextByte, standsAt } from "../header_bytes.ts";
import type { LogBatch } from "../log_batch.ts";
import { epochMilliseconds, timeOfDay, twoDigits } from "../timestamp.ts";
import { TimestampReader } from "../timestamp_reader.ts";

/** Where a block stands: behind `# Time:`, behind other lines of its header, in the query. */
const TIMED = 1, HEADED = 2, QUERY = 3;
const ADMINISTRATOR = "# administrator command: ";

class MysqlSlowParser implements HeaderParser {
  readonly #times: TimestampReader;
  readonly #dates: DateOrder;

  constructor(options?: FormatOptions) {
    this.#times = new TimestampReader(options);
    this.#dates = new DateOrder(options);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) if (!this.#block(batch, i)) markUnparsed(batch, i);
  }

  state(): ParserState {
    return {};
  }

  /** Row `i` is a block: lines of the header, then the first one of the query. */
  #block(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, end = batch.recordEnd[i];
    let time = NaN, headed = false, state = 0, service = -1, line = batch.start[i], lineEnd = line;
    for (; line < end; line = lineEnd + 1) {
      lineEnd = nextByte(bytes, 10, line, end);
      const next = stepSlow(bytes, line, lineEnd, state);
      if (next <= 0 || next === QUERY) break;
      state = next;
      if (standsAt(bytes, "# Time: ", line, lineEnd)) time = this.#time(bytes, line + 8, lineEnd);
      else if (standsAt(bytes, "SET timestamp=", line, lineEnd)) {
        time = setTime(bytes, line + 14, lineEnd, time);
      } else if (standsAt(bytes, "# User@Host:", line, lineEnd)) headed = true;
      else if (standsAt(bytes, "use ", line, lineEnd)) service = database(batch, line + 4, lineEnd);
    }
    if (!headed) return false;
    const query = line < end ? line : batch.start[i];
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.severity[i] = 13;
    batch.service[i] = service;
    batch.contentStart[i] = standsAt(bytes, ADMINISTRATOR, query, end) ? query + 2 : query;
    batch.contentEnd[i] = trimmed(bytes, batch.contentStart[i], nextByte(bytes, 10, query, end));
    return true;
  }

  /** `2026-03-02T10:00:00.123456Z`, or up to MySQL 5.6 and in MariaDB `260302 10:00:00`. */
  #time(bytes: Uint8Array, p: number, end: number): number {
    const time = this.#dates.read(bytes, p, end);
    if (time === time || p + 15 > end || bytes[p + 6] !== 32 || bytes[p + 9] !== 58) return time;
    const year = twoDigits(bytes, p), month = twoDigits(bytes, p + 2), day = twoDigits(bytes, p + 4);
    if (year > 99 || month > 12 || day > 31 || bytes[p + 12] !== 58) return NaN;
    const hour = bytes[p + 7] === 32 ? 0 : NaN, midnight = this.#times.local(2000 + year, month, day);
    if (hour !== hour) return midnight + timeOfDay(bytes, p + 7, 3);
    const ones = bytes[p + 8] - 48 >>> 0,
      minute = twoDigits(bytes, p + 10),
      second = twoDigits(bytes, p + 13);
    return ones > 9 || minute > 59 || second > 60
      ? NaN
      : midnight + ((ones * 60 + minute) * 60 + second) * 1000;
  }
}

/** The time of `SET timestamp=1772445600;`, which is when the query began or ended; finer is `# Time:` of the same second. */
function setTime(bytes: Uint8Array, p: number, end: number, written: number): number {
  let stop = behindDigits(bytes, p, end);
  if (stop < end && bytes[stop] === 46) stop = behindDigits(bytes, stop + 1, end);
  const time = epochMilliseconds(bytes, p, stop);
  return time !== time || Math.floor(written / 1000) * 1000 === time ? written : time;
}

/** The name in `use shop;` as the service. */
function database(batch: LogBatch, p: number, end: number): number {
  const stop = nextByte(batch.bytes, 59, p, end);
  return stop > p ? batch.nameAt(p, stop) : -1;
}

function trimmed(bytes: Uint8Array, start: number, end: number): number {
  return end > start && bytes[end - 1] === 13 ? end - 1 : end;
}

/** Where a block stands behind a line: its header is `#` lines, `use …` and `SET …`; the query's last line ends in `;`. */
function stepSlow(bytes: Uint8Array, start: number, end: number, state: number): number {
  end = trimmed(bytes, start, end);
  if (standsAt(bytes, "# Time: ", start, end)) return state === 0 ? TIMED : 0;
  if (standsAt(bytes, "# User@Host:", start, end)) return state === 0 || state === TIMED ? HEADED : 0;
  if (state !== HEADED && state !== QUERY) return 0;
  const last = end > start && bytes[end - 1] === 59; // ;
  if (state === HEADED && isHeader(bytes, start, end, last)) return HEADED;
  return last ? -1 : QUERY;
}

function isHeader(bytes: Uint8Array, start: number, end: number, last: boolean): boolean {
  if (standsAt(bytes, "#", start, end)) return !standsAt(bytes, ADMINISTRATOR, start, end);
  return last && (standsAt(bytes, "SET timestamp=", start, end) ||
    standsAt(bytes, "SET last_insert_id=", start, end) || standsAt(bytes, "use ", start, end));
}

/**
 * The slow query log: blocks of `# Time:` (left out where the second didn't change), `# User@Host:`, `# Query_time: …`, `use …;`,
 * `SET timestamp=…;` and the query, whose first line is the content.
 *
 * Every record is a warning (13). The service is the database where the block names it. The time is that of `SET timestamp`, finer
 * where `# Time:` has the same second.
 *
 * @see MySQL Reference Manual, The Slow Query Log.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mysqlSlow } from "./mysql_slow.ts";
 *
 * assert(mysqlSlow.examples.length > 0);
 * ```
 */
export const mysqlSlow: Format = {
  name: "mysql_slow",
  title: "MySQL and MariaDB slow query log",
  examples: [
    `# Time: 2026-03-02T10:00:00.123456Z
# User@Host: shop[shop] @ till1 [192.0.2.7]  Id:    17
# Query_time: 2.104711  Lock_time: 0.000012 Rows_sent: 1  Rows_examined: 471100
use orders;
SET timestamp=1772445600;
select count(*) from basket where paid = 0;`,
    `# User@Host: shop[shop] @ till2 [192.0.2.8]
# Thread_id: 18  Schema: orders  QC_hit: No
# Query_time: 1.000200  Lock_time: 0.000100  Rows_sent: 0  Rows_examined: 12
SET timestamp=1772445601;
update stock set pieces = pieces - 1 where article = 4711;`,
    `# Time: 260302 10:00:02
# User@Host: root[root] @ localhost []
# Query_time: 5.000000  Lock_time: 0.000000 Rows_sent: 0  Rows_examined: 0
SET timestamp=1772445602;
# administrator command: Ping;`,
  ],
  multiline: true,
  block: stepSlow,
  open: (options) => new MysqlSlowParser(options),
};
