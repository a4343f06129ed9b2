/**
 * JSON lines: one object a line.
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
import { levelAt, severityOfNumber } from "../severity.ts";
import { epochMilliseconds } from "../timestamp.ts";
import { TimestampReader } from "../timestamp_reader.ts";
import { LEVEL, MESSAGE, SERVICE, TIME } from "./json_keys.ts";
import { JsonLine } from "./json_line.ts";

/** Of lines whose logger leaves the usual level out. */
const INFORMATION = 9;

class JsonParser implements HeaderParser {
  readonly #times: TimestampReader;
  readonly #line = new JsonLine();

  constructor(options?: FormatOptions) {
    this.#times = new TimestampReader(options);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    const { bytes, start, recordEnd } = batch;
    for (let i = from; i < to; i++) {
      if (this.#line.scan(bytes, start[i], recordEnd[i])) this.#fill(batch, i);
      else markUnparsed(batch, i);
    }
  }

  state(): ParserState {
    return {};
  }

  #fill(batch: LogBatch, i: number): void {
    const { bytes } = batch, { start, end } = this.#line;
    batch.parsed[i] = 1;
    batch.timestamp[i] = start[TIME] < 0 ? NaN : this.#time(bytes);
    batch.severity[i] = start[LEVEL] >= 0 ? this.#severity(bytes) : this.#line.information ? INFORMATION : 0;
    batch.service[i] = start[SERVICE] < end[SERVICE] && start[SERVICE] >= 0
      ? batch.nameAt(start[SERVICE], end[SERVICE])
      : -1;
    batch.contentStart[i] = start[MESSAGE] < 0 ? batch.start[i] : start[MESSAGE];
    batch.contentEnd[i] = start[MESSAGE] < 0
      ? batch.recordEnd[i]
      : trimNewlines(bytes, start[MESSAGE], end[MESSAGE]);
  }

  #time(bytes: Uint8Array): number {
    const start = this.#line.start[TIME], end = this.#line.end[TIME];
    const time = this.#line.text[TIME] === 1 ? this.#times.iso(bytes, start, end) : NaN;
    return time === time ? time : epochMilliseconds(bytes, start, end);
  }

  #severity(bytes: Uint8Array): number {
    const start = this.#line.start[LEVEL], end = this.#line.end[LEVEL];
    const level = levelAt(bytes, start, end);
    if (level !== 0) return start + (level >> 8) === end ? level & 255 : 0;
    let number = 0;
    for (let p = start; p < end; p++) {
      const digit = bytes[p] - 48 >>> 0;
      if (digit > 9 || p - start > 4) return 0;
      number = number * 10 + digit;
    }
    return start < end ? severityOfNumber(number) : 0;
  }
}

/** Offset behind a message without the escaped line ends (`\n`, `\r`) that Docker leaves on it. */
function trimNewlines(bytes: Uint8Array, start: number, end: number): number {
  while (end - start >= 2 && bytes[end - 2] === 92 && (bytes[end - 1] === 110 || bytes[end - 1] === 114)) {
    if (end - start >= 3 && bytes[end - 3] === 92) break; // an escaped backslash before an n
    end -= 2;
  }
  return end;
}

/**
 * `{"@timestamp":"…","log.level":"ERROR","message":"…"}` and other loggers' names for the same, see {@linkcode JsonLine}.
 * Times are ISO 8601 or seconds, milliseconds, … since the epoch; levels are names, pino's or syslog's numbers. A logger is a
 * part of a service and is not read.
 *
 * The content is the message's raw bytes, with its escapes; the whole line where there is no message. A line that is not one
 * well-formed object doesn't parse.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { json } from "./json.ts";
 *
 * assert(json.examples.length > 0);
 * ```
 */
export const json: Format = {
  name: "json",
  title: "JSON lines (ECS, pino, bunyan, structlog, Logback, zap, Serilog, GCP, journald)",
  examples: [
    '{"@timestamp":"2026-03-02T10:00:00.123Z","log.level":"ERROR","message":"order 4711 failed","service.name":"checkout"}',
    '{"@timestamp":"2026-03-02T10:00:00.123Z","log":{"level":"warn","logger":"stock"},"message":"short","service":{"name":"stock"}}',
    '{"level":30,"time":1772445600123,"pid":4242,"hostname":"shop1","msg":"order 4711 paid"}',
    '{"name":"shop","hostname":"shop1","pid":4242,"level":50,"msg":"cannot pay","time":"2026-03-02T10:00:00.123Z","v":0}',
    '{"event": "order paid", "level": "info", "timestamp": "2026-03-02T10:00:00.123Z", "logger": "checkout"}',
    '{"level":"info","ts":1772445600.123,"caller":"shop/pay.go:12","msg":"order paid"}',
    '{"@timestamp":"2026-03-02T10:00:00.123Z","@version":"1","message":"order 4711 paid","logger_name":"shop.Pay","level":"INFO","level_value":20000}',
    '{"severity":"WARNING","timestamp":"2026-03-02T10:00:00.123456Z","jsonPayload":{"message":"stock is short"},"resource":{"labels":{"container_name":"stock"}}}',
    '{"@t":"2026-03-02T10:00:00.1234567Z","@m":"order 4711 paid","@l":"Error","user":17}',
    '{"__REALTIME_TIMESTAMP":"1772445600123456","PRIORITY":"3","SYSLOG_IDENTIFIER":"sshd","_SYSTEMD_UNIT":"ssh.service","MESSAGE":"no more keys"}',
  ],
  multiline: false,
  open: (options) => new JsonParser(options),
};
