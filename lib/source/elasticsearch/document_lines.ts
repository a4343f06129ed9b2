/**
 * Documents as lines of text.
 *
 * @module
 */
import { decodeString } from "../json_string.ts";
import type { ByteRange, Page } from "./page.ts";
import { BEFORE_HEADER, BEFORE_MESSAGE, pictured } from "./separators.ts";
import { INFERRED, LEVEL, MESSAGE, ORIGINAL, PARSED, SERVICE, TIME } from "./wanted_fields.ts";

const DASH = 45,
  BLANK = 32,
  UNDERSCORE = 95,
  QUESTION = 63,
  NEWLINE = 10,
  BACKSLASH = 92,
  LETTER_N = 110,
  OPEN_OBJECT = 123;
/** Bytes that a header can have beside its fields, and a time. */
const HEADER_ROOM = 40;

const encoder = new TextEncoder(), decoder = new TextDecoder();

/**
 * Writes documents as `TIME LEVEL SERVICE`, a unit separator, the message and a newline: the format `document`. Where
 * `event.original` is the message behind a header, that stands before the message, behind a record separator: addresses and
 * processes are named there.
 *
 * A time is copied where it is ISO 8601, else it is what the search sorted by; `-` stands for what a document doesn't have,
 * `?` for a level that its log line had none of. A message keeps its line breaks. Where a document has no message its
 * `event.original` is the message, and where it has none either it is its own, as JSON. In messages and headers pictures of the
 * separators stand for them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DocumentLines } from "./document_lines.ts";
 * import { Page } from "./page.ts";
 * import { USUAL_FIELDS, wantedFields } from "./wanted_fields.ts";
 *
 * const source = { "@timestamp": "2026-03-02T10:00:00.123Z", log: { level: "ERROR" }, service: { name: "shop" }, message: "no stock" };
 * const page = new Page(wantedFields(USUAL_FIELDS));
 * page.read(new TextEncoder().encode(JSON.stringify({ hits: { hits: [{ _id: "a", _source: source, sort: [1772445600123] }] } })));
 * const lines = new DocumentLines();
 * lines.write(page, 0, 1);
 * assert.equal(new TextDecoder().decode(lines.text()), "2026-03-02T10:00:00.123Z ERROR shop\x1fno stock\n");
 * ```
 */
export class DocumentLines {
  bytes = new Uint8Array(1 << 16);
  /** Offset behind the last byte written. */
  length = 0;

  /** Writes documents `[from, to)` of a page; what was written before is gone. */
  write(page: Page, from: number, to: number): void {
    this.length = 0;
    for (let i = from; i < to; i++) this.add(page, i);
  }

  /** Writes one more document. */
  add(page: Page, i: number): void {
    const original = page.field(i, ORIGINAL), service = page.field(i, SERVICE);
    const message = page.field(i, MESSAGE) ?? original ?? page.source(i);
    const header = original === null ? null : headerOf(page.bytes, original, message);
    this.#room(
      HEADER_ROOM + message.end - message.start + fieldLength(page, i) +
        (header === null ? 0 : header.end - header.start),
    );
    this.#time(page, i);
    this.#put(BLANK);
    this.#level(page, i);
    this.#put(BLANK);
    if (service === null) this.#put(DASH);
    else this.#word(page, service);
    if (header !== null) {
      this.#put(BEFORE_HEADER);
      this.#text(page, header);
    }
    this.#put(BEFORE_MESSAGE);
    this.#message(page, message);
    this.#put(NEWLINE);
  }

  /** What was written. */
  text(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  #put(byte: number): void {
    this.bytes[this.length++] = byte;
  }

  #time(page: Page, i: number): void {
    const inferred = page.field(i, INFERRED), time = page.field(i, TIME);
    if (inferred !== null && page.bytes[inferred.start] === 116) return this.#put(DASH); // true
    if (time !== null && isIsoTime(page.bytes, time)) return this.#copy(page.bytes, time);
    const sorted = page.time(i);
    if (sorted === null) return this.#put(DASH);
    this.length +=
      encoder.encodeInto(new Date(sorted).toISOString(), this.bytes.subarray(this.length)).written;
  }

  #level(page: Page, i: number): void {
    const level = page.field(i, LEVEL);
    if (level !== null) this.#word(page, level);
    else this.#put(page.field(i, PARSED) === null ? DASH : QUESTION);
  }

  /** A value without blanks in it; `-` where it is empty. */
  #word(page: Page, range: ByteRange): void {
    const { bytes } = this, from = this.length;
    this.length = decodeString(page.bytes, range, bytes, from);
    for (let p = from; p < this.length; p++) if (bytes[p] <= BLANK) bytes[p] = UNDERSCORE;
    if (this.length === from) this.#put(DASH);
  }

  #message(page: Page, range: ByteRange): void {
    const { bytes } = this, from = this.length;
    this.#text(page, range);
    let end = this.length;
    while (end > from && (bytes[end - 1] === NEWLINE || bytes[end - 1] === 13)) end--;
    this.length = end;
  }

  /** A value as it is, but for separators. */
  #text(page: Page, range: ByteRange): void {
    const { bytes } = this, from = this.length;
    this.length = decodeString(page.bytes, range, bytes, from);
    const text = bytes.subarray(from, this.length);
    if (!text.includes(BEFORE_MESSAGE) && !text.includes(BEFORE_HEADER)) return;
    const harmless = encoder.encode(pictured(decoder.decode(text)));
    bytes.set(harmless, from);
    this.length = from + harmless.length;
  }

  #copy(bytes: Uint8Array, { start, end }: ByteRange): void {
    for (let p = start; p < end; p++) this.bytes[this.length++] = bytes[p] === BLANK ? 84 : bytes[p];
  }

  #room(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    larger.set(this.text());
    this.bytes = larger;
  }
}

/**
 * What the first line of an original has before that of its message, which it ends with: `null` = nothing, or the original is no
 * line behind a header, such as a JSON object. Both are compared as they were sent.
 */
function headerOf(bytes: Uint8Array, original: ByteRange, message: ByteRange): ByteRange | null {
  const length = firstLineEnd(bytes, message) - message.start, { start } = original;
  const last = firstLineEnd(bytes, original) - length;
  if (length === 0 || last <= start) return null;
  if (bytes[start] === OPEN_OBJECT) return null;
  for (let i = 0; i < length; i++) if (bytes[last + i] !== bytes[message.start + i]) return null;
  return { start, end: last };
}

/** Offset behind the first line of a string's inside, whose line breaks are escaped. */
function firstLineEnd(bytes: Uint8Array, { start, end }: ByteRange): number {
  for (let p = start; p < end; p++) {
    if (bytes[p] !== BACKSLASH) continue;
    if (bytes[p + 1] === LETTER_N) return p;
    p++;
  }
  return end;
}

function fieldLength(page: Page, i: number): number {
  let sum = 0;
  for (const column of [TIME, LEVEL, SERVICE]) {
    const range = page.field(i, column);
    if (range !== null) sum += range.end - range.start;
  }
  return sum;
}

/** `yyyy-mm-dd` and a time of day with a zone behind it. */
function isIsoTime(bytes: Uint8Array, { start, end }: ByteRange): boolean {
  const between = bytes[start + 10], last = bytes[end - 1];
  if (end - start < 20 || bytes[start + 4] !== DASH || bytes[start + 7] !== DASH) return false;
  if (between !== 84 && between !== BLANK || bytes[start + 13] !== 58) return false;
  return last === 90 || [3, 5, 6].some((back) => bytes[end - back] === 43 || bytes[end - back] === DASH); // Z, +hh, +hhmm, +hh:mm
}
