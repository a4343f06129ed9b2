/**
 * Logs of containers as Docker's `json-file` driver writes them.
 *
 * @module
 */
import type { Format } from "../format.ts";
import type { LogBatch } from "../log_batch.ts";
import { ContainerParser } from "./container_parser.ts";

const LOG = new TextEncoder().encode('{"log":"'), STREAM = new TextEncoder().encode('","stream":"std');
const TIME = new TextEncoder().encode('"time":"');
/** Docker cuts lines after so many bytes. A shorter one without a newline is a prompt, or the last. */
const PIECE_BYTES = 16_384;
/** A time has this many bytes at the most. */
const TIME_BYTES = 40;

class DockerParser extends ContainerParser {
  protected override header(batch: LogBatch, i: number): 0 | 1 | 2 {
    const { bytes } = batch, first = batch.start[i], end = batch.recordEnd[i];
    if (!stands(bytes, LOG, first, end)) return 0;
    const start = first + LOG.length, quote = closingQuote(bytes, start, end);
    if (!stands(bytes, STREAM, quote, end)) return 0;
    const time = this.#time(bytes, quote, end);
    if (time !== time) return 0;
    const stream = bytes[quote + STREAM.length], goesOn = this.pieces.goesOn(batch, i, stream); // stdout, stderr
    const message = withoutNewline(bytes, start, quote);
    if (message === quote && quote - start >= PIECE_BYTES) this.pieces.note(batch, i, stream);
    if (goesOn || !this.inner.read(batch, i, { start, end: message, escaped: true })) return 2;
    batch.timestamp[i] = time;
    return 1;
  }

  /** The time of `"time":"2026-03-02T10:00:00Z"}` at the line's end, NaN where none stands there. */
  #time(bytes: Uint8Array, quote: number, end: number): number {
    if (bytes[end - 1] !== 125 || bytes[end - 2] !== 34) return NaN;
    let start = end - 2;
    const least = Math.max(quote + STREAM.length + TIME.length, end - TIME_BYTES);
    while (start > least && bytes[start - 1] !== 34) start--;
    if (start - TIME.length < quote || !stands(bytes, TIME, start - TIME.length, end)) return NaN;
    const time = this.times.iso(bytes, start, end - 2);
    return this.times.end === end - 2 ? time : NaN;
  }
}

/** Whether the text stands at `p`, before `end`. */
function stands(bytes: Uint8Array, text: Uint8Array, p: number, end: number): boolean {
  if (p + text.length >= end) return false;
  let i = 0;
  while (i < text.length && bytes[p + i] === text[i]) i++;
  return i === text.length;
}

/** Offset of the quote that closes the string whose inside begins at `p`, `end` where none does. */
function closingQuote(bytes: Uint8Array, p: number, end: number): number {
  for (; p < end && bytes[p] !== 34; p++) if (bytes[p] === 92) p++;
  return Math.min(p, end);
}

/** Offset behind a message without its newline and carriage return (`\n`, `\r\n`); `end` where it has none. */
function withoutNewline(bytes: Uint8Array, start: number, end: number): number {
  let stop = endsInEscape(bytes, start, end, 110) ? end - 2 : end;
  if (stop < end && endsInEscape(bytes, start, stop, 114)) stop -= 2;
  return stop;
}

/** Whether a backslash and this letter end `bytes[start, end)`, and the backslash isn't an escaped one. */
function endsInEscape(bytes: Uint8Array, start: number, end: number, letter: number): boolean {
  if (end - start < 2 || bytes[end - 1] !== letter) return false;
  let p = end - 1;
  while (p > start && bytes[p - 1] === 92) p--;
  return (end - 1 - p) % 2 === 1;
}

/**
 * `{"log":"message\n","stream":"stderr","time":"2026-03-02T10:00:00.123456789Z"}`. A line that Docker cut into pieces is one record
 * with the first piece as its content; frames of a stack trace join their record.
 *
 * The header that the program itself wrote is read too, see {@linkcode InnerMessage}; the time is Docker's. The content is the
 * message's raw bytes, with JSON's escapes.
 *
 * @see Docker, "JSON File logging driver".
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { docker } from "./docker.ts";
 *
 * assert(docker.examples.length > 0);
 * ```
 */
export const docker: Format = {
  name: "docker",
  title: "Docker containers (json-file): message, stream, time as JSON",
  covers: ["json"],
  examples: [
    String.raw`{"log":"order 4711 paid\n","stream":"stdout","time":"2026-03-02T10:00:00.123456789Z"}`,
    String
      .raw`{"log":"{\"level\":\"error\",\"service\":\"checkout\",\"msg\":\"order 4711 failed\"}\n","stream":"stderr","time":"2026-03-02T10:00:00.123456789Z"}`,
    String
      .raw`{"log":"2026-03-02 10:00:00,123 WARN shop.stock.Stock: article 4711 is short\r\n","stream":"stdout","attrs":{"tag":"stock"},"time":"2026-03-02T10:00:00.123Z"}`,
    String.raw`{"log":"password: ","stream":"stdout","time":"2026-03-02T10:00:00Z"}`,
  ],
  multiline: true,
  open: (options, state) => new DockerParser(options, state),
};
