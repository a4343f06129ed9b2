/**
 * Documents of Elasticsearch as a source hands them out.
 *
 * @module
 */
import { BEFORE_HEADER, BEFORE_MESSAGE } from "../../source/elasticsearch/separators.ts";
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
import { InnerMessage } from "./inner_message.ts";

const BLANK = 32, DASH = 45, QUESTION = 63;

class DocumentParser implements HeaderParser {
  readonly #times: TimestampReader;
  readonly #inner: InnerMessage;

  constructor(options?: FormatOptions) {
    this.#times = new TimestampReader(options);
    this.#inner = new InnerMessage(options);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      if (!this.#header(batch, i)) markUnparsed(batch, i);
    }
  }

  state(): ParserState {
    return {};
  }

  /** Whether row `i` begins a document; a line of its message that goes on doesn't. */
  #header(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, start = batch.start[i], end = batch.recordEnd[i];
    const time = this.#times.iso(bytes, start, end), isTimed = time === time;
    if (!isTimed && bytes[start] !== DASH) return false;
    const level = (isTimed ? this.#times.end : start + 1) + 1, service = behind(bytes, level, end, BLANK) + 1;
    let header = service;
    while (header < end && bytes[header] !== BEFORE_HEADER && bytes[header] !== BEFORE_MESSAGE) header++;
    const message = behind(bytes, header, end, BEFORE_MESSAGE) + 1;
    if (bytes[level - 1] !== BLANK || message > end) return false;
    this.#fill(batch, i, { level, service, header, message });
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    return true;
  }

  /** Level, service and content; where the document has no level, the message may say it itself. */
  #fill(
    batch: LogBatch,
    i: number,
    at: { level: number; service: number; header: number; message: number },
  ): void {
    const { bytes } = batch,
      end = batch.recordEnd[i],
      first = bytes[at.level],
      isAlone = at.service - at.level === 2;
    const named = at.header - at.service === 1 && bytes[at.service] === DASH
      ? -1
      : batch.nameAt(at.service, at.header);
    batch.severity[i] = batch.service[i] = -1;
    const isRead = isAlone && first === DASH && this.#inner.read(batch, i, { start: at.message, end });
    if (!isRead) {
      batch.severity[i] = isAlone && (first === DASH || first === QUESTION)
        ? 0
        : severityAt(bytes, at.level, at.service - 1);
      batch.contentStart[i] = at.message;
      batch.contentEnd[i] = end;
    }
    if (named >= 0) batch.service[i] = named;
  }
}

/** A level's name, also with OpenTelemetry's digit behind it (`ERROR2`); 0 = it is none. */
function severityAt(bytes: Uint8Array, start: number, end: number): number {
  const digit = bytes[end - 1] - 48, isGraded = digit >= 2 && digit <= 4;
  const level = levelAt(bytes, start, isGraded ? end - 1 : end);
  if (level === 0 || start + (level >> 8) !== (isGraded ? end - 1 : end)) return 0;
  return (level & 255) + (isGraded ? digit - 1 : 0);
}

/** Offset of the next `byte`; `end` = there is none. */
function behind(bytes: Uint8Array, at: number, end: number, byte: number): number {
  while (at < end && bytes[at] !== byte) at++;
  return at;
}

/**
 * `TIME LEVEL SERVICE`, a unit separator and the message, as documents of Elasticsearch are handed out; the header that a log line
 * had stands before that, behind a record separator. `-` stands for what a document doesn't have, `?` for a level that its log line
 * had none of. Lines without such a header go on with the message.
 * The header that the program itself wrote is read where the document has no level, see {@linkcode InnerMessage}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { document } from "./document.ts";
 *
 * assert(document.examples.length > 0);
 * ```
 */
export const document: Format = {
  name: "document",
  prefixed: true,
  title: "documents of Elasticsearch",
  covers: ["iso8601", "log4j"],
  examples: [
    "2026-03-02T10:00:00.123Z ERROR shop\x1forder 4711 failed",
    "2026-03-02T10:00:00.123Z - shop\x1f2026-03-02 10:00:00,122 WARN stock is short",
    "2026-03-02T10:00:00.123+01:00 ? -\x1fno more space",
    "2026-03-02T10:00:00.000Z ? sshd\x1eMar  2 10:00:00 shop sshd[4711]: \x1fsession opened",
  ],
  multiline: true,
  open: (options) => new DocumentParser(options),
};
