/**
 * PostgreSQL's log as CSV.
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
import { TimestampReader } from "../timestamp_reader.ts";
import { zoneBehindBlank } from "../zone_names.ts";

const MINUTE = 60_000;
/** Numbers of the columns, from 0: the level, the message. */
const LEVEL = 11, MESSAGE = 13;

class PostgresqlCsvParser implements HeaderParser {
  readonly #times: TimestampReader;
  readonly #east: number;

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
    const { bytes } = batch, end = batch.recordEnd[i];
    let time = this.#times.iso(bytes, batch.start[i], end), p = this.#times.end;
    if (time !== time) return false;
    const zone = zoneBehindBlank(bytes, p, end);
    if (zone !== 0) {
      p += zone >> 16;
      time += this.#east - ((zone & 0xffff) - 1440) * MINUTE;
    }
    if (p >= end || bytes[p] !== 44) return false;
    p++;
    for (let column = 1; column < LEVEL; column++) if ((p = behindField(bytes, p, end)) < 0) return false;
    const level = levelAt(bytes, p, end), word = pgLevel(bytes, p, end, level);
    if (word === 0) return false;
    for (let column = LEVEL; column < MESSAGE; column++) {
      if ((p = behindField(bytes, p, end)) < 0) return false;
    }
    const quoted = p < end && bytes[p] === 34 ? 1 : 0;
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.severity[i] = word;
    batch.service[i] = -1;
    batch.contentStart[i] = p + quoted;
    batch.contentEnd[i] = endOfField(bytes, p, end);
    return true;
  }
}

/** The severity of the level at `p`, whose field must end there; `LOG` and `DEBUG1` have no colon here. 0 where there is none. */
function pgLevel(bytes: Uint8Array, p: number, end: number, level: number): number {
  if (level !== 0) return p + (level >> 8) < end && bytes[p + (level >> 8)] === 44 ? level & 255 : 0;
  if (p + 4 <= end && bytes[p] === 76 && bytes[p + 1] === 79 && bytes[p + 2] === 71) {
    return bytes[p + 3] === 44 ? 9 : 0;
  }
  const debug = p + 7 <= end && bytes[p + 5] >= 49 && bytes[p + 5] <= 53 && bytes[p + 6] === 44;
  return debug && levelAt(bytes, p, p + 5) >> 8 === 5 ? levelAt(bytes, p, p + 5) & 255 : 0;
}

/** Offset behind the field at `p` and its comma, -1 where the line ends before. */
function behindField(bytes: Uint8Array, p: number, end: number): number {
  for (let quoted = false; p < end; p++) {
    if (bytes[p] === 34) quoted = !quoted;
    else if (bytes[p] === 44 && !quoted) return p + 1;
  }
  return -1;
}

/** Offset behind the text of the field at `p`, without its quotes; the text may go on in the next line. */
function endOfField(bytes: Uint8Array, p: number, end: number): number {
  if (p >= end || bytes[p] !== 34) {
    while (p < end && bytes[p] !== 44) p++;
    return p;
  }
  for (p++; p < end; p++) {
    if (bytes[p] !== 34) continue;
    if (p + 1 >= end || bytes[p + 1] !== 34) return p;
    p++;
  }
  return end;
}

/**
 * PostgreSQL's `csvlog`. The content is the message as it stands between its quotes, with doubled quotes in it; detail, hint and
 * statement belong to the record's text.
 *
 * @see PostgreSQL's documentation, Using CSV-Format Log Output.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { postgresqlCsv } from "./postgresql_csv.ts";
 *
 * assert(postgresqlCsv.examples.length > 0);
 * ```
 */
export const postgresqlCsv: Format = {
  name: "postgresql_csv",
  title: "PostgreSQL log (csvlog)",
  examples: [
    '2026-03-02 10:00:00.123 UTC,"shop","orders",4242,"192.0.2.7:50022",69a56d00.1092,3,"SELECT",2026-03-02 09:00:00 UTC,3/12,0,ERROR,42P01,"relation ""basket"" does not exist",,,,,,"select 1 from basket",15,,"till","client backend",,0',
    '2026-03-02 10:00:01.200 UTC,,,77,,69a56d00.4d,1,,2026-03-02 09:00:00 UTC,,0,LOG,00000,"database system is ready",,,,,,,,,"","postmaster",,0',
    '2026-03-02 11:00:02.300 CET,"shop","orders",4243,"[local]",69a56d00.1093,2,"idle",2026-03-02 09:00:00 UTC,,0,DEBUG1,00000,"forked a backend, slot 7",,,,,,,,,"","not initialized",,0',
  ],
  covers: ["iso8601"],
  multiline: true,
  open: (options) => new PostgresqlCsvParser(options),
};
