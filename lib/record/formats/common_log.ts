/**
 * Access logs in the common log format alone.
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
import { combined } from "./combined.ts";

class CommonLogParser implements HeaderParser {
  readonly #combined: HeaderParser;

  constructor(options?: FormatOptions) {
    this.#combined = combined.open(options);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    const { bytes, parsed, contentStart, contentEnd } = batch;
    this.#combined.parse(batch, from, to);
    for (let i = from; i < to; i++) {
      if (parsed[i] === 1 && !endsInSize(bytes, contentStart[i], contentEnd[i])) markUnparsed(batch, i);
    }
  }

  state(): ParserState {
    return this.#combined.state();
  }
}

/** Whether `bytes[start, end)` ends in `" 200 512`, read from behind; either may be `-`. */
function endsInSize(bytes: Uint8Array, start: number, end: number): boolean {
  const size = numberBefore(bytes, start, end), status = numberBefore(bytes, start, size - 1);
  return size < end && status < size - 1 && status - 2 > start && bytes[size - 1] === 32 &&
    bytes[status - 1] === 32 &&
    bytes[status - 2] === 34;
}

/** Offset of the number, or of the `-`, that ends before `end`; `end` where none does. */
function numberBefore(bytes: Uint8Array, start: number, end: number): number {
  let p = end;
  while (p > start && bytes[p - 1] - 48 >>> 0 < 10) p--;
  return p === end && p > start && bytes[p - 1] === 45 ? p - 1 : p;
}

/**
 * `192.0.2.7 - alice [02/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 512`, with nothing behind the size; else as
 * {@linkcode combined}, which reads these lines too.
 *
 * @see Apache HTTP Server, module mod_log_config, "Common Log Format".
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { commonLog } from "./common_log.ts";
 *
 * assert(commonLog.examples.length > 0);
 * ```
 */
export const commonLog: Format = {
  name: "common",
  title: "Access log in the common log format: client, user, time, request, status, size",
  examples: [
    '192.0.2.7 - - [02/Mar/2026:10:00:00 +0000] "GET /basket HTTP/1.1" 200 512',
    '192.0.2.7 - alice [02/Mar/2026:11:00:00 +0100] "POST /order HTTP/1.1" 503 -',
    'shop.example:80 2001:db8::1 - - [02/Mar/2026:10:00:00 +0000] "GET /a\\"b HTTP/1.0" 404 19',
  ],
  multiline: false,
  open: (options) => new CommonLogParser(options),
};
