/**
 * Lines of `key=value` pairs.
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
import { epochMilliseconds } from "../timestamp.ts";
import { TimestampReader } from "../timestamp_reader.ts";
import { LogfmtLine } from "./logfmt_line.ts";

const TIME = 0, LEVEL = 1, MESSAGE = 2, SERVICE = 3; // LogfmtLine's columns
/** An epoch time lies behind this: 1973. A smaller number is no time. */
const LEAST_TIME = 1e11;

const DBUG = new TextEncoder().encode("dbug"), EROR = new TextEncoder().encode("eror");

class LogfmtParser implements HeaderParser {
  readonly #times: TimestampReader;
  readonly #line = new LogfmtLine();

  constructor(options?: FormatOptions) {
    this.#times = new TimestampReader(options);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      if (!this.#line.scan(batch.bytes, batch.start[i], batch.recordEnd[i]) || !this.#fill(batch, i)) {
        markUnparsed(batch, i);
      }
    }
  }

  state(): ParserState {
    return {};
  }

  #fill(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, { start, end, body } = this.#line;
    const time = start[TIME] < 0 ? NaN : this.#time(bytes, start[TIME], end[TIME]);
    const severity = start[LEVEL] < 0 ? 0 : severityOf(bytes, start[LEVEL], end[LEVEL]);
    const message = start[MESSAGE] >= 0;
    if (!message && severity === 0 && time !== time) return false;
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.severity[i] = severity;
    batch.service[i] = start[SERVICE] >= 0 && start[SERVICE] < end[SERVICE]
      ? batch.nameAt(start[SERVICE], end[SERVICE])
      : -1;
    batch.contentStart[i] = message ? start[MESSAGE] : body;
    batch.contentEnd[i] = message ? end[MESSAGE] : batch.recordEnd[i];
    return true;
  }

  #time(bytes: Uint8Array, start: number, end: number): number {
    const time = this.#times.iso(bytes, start, end);
    if (time === time) return time;
    const epoch = epochMilliseconds(bytes, start, end);
    return epoch >= LEAST_TIME ? epoch : NaN;
  }
}

/** The severity of a level's name; log15 abbreviates `dbug` and `eror`. */
function severityOf(bytes: Uint8Array, start: number, end: number): number {
  const level = levelAt(bytes, start, end);
  if (level !== 0) return start + (level >> 8) === end ? level & 255 : 0;
  if (end - start !== 4) return 0;
  return equals(bytes, start, DBUG) ? 5 : equals(bytes, start, EROR) ? 17 : 0;
}

function equals(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  return name.every((byte, i) => bytes[at + i] === byte);
}

/**
 * `time=2026-03-02T10:00:00Z level=info msg="order 4711 paid" user=17`: pairs with blanks between them, values quoted or not, as Go
 * services, Heroku and the kernel's audit log write them. A line needs two pairs, and among them a message, a level or a time.
 *
 * The content is the message's raw bytes, with its escapes, and with the words behind it that are no pairs; without a message it is
 * the line behind its leading time and level. The service is `service`, `app`, `container` or `unit`; a component or a caller is
 * a part of one.
 *
 * @see https://brandur.org/logfmt
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { logfmt } from "./logfmt.ts";
 *
 * assert(logfmt.examples.length > 0);
 * ```
 */
export const logfmt: Format = {
  name: "logfmt",
  title: "logfmt: key=value pairs",
  examples: [
    'time=2026-03-02T10:00:00.123Z level=info msg="order 4711 paid" user=17',
    'ts=2026-03-02T10:00:00.123456789Z caller=pay.go:12 level=error service=checkout msg="cannot \\"pay\\"" err="no money"',
    't=2026-03-02T10:00:00+0000 lvl=eror msg="lost basket" logger=shop.basket',
    "level=warn ts=1772445600.123 component=stock article=4711 left=2",
    'time="2026-03-02T10:00:00Z" level=debug msg=waiting for orders queue=main',
    'type=AVC msg=audit(1772445600.123:42): apparmor="DENIED" operation="ptrace" pid=4242',
  ],
  multiline: true,
  open: (options) => new LogfmtParser(options),
};
