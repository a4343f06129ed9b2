/**
 * A record of an access log: who asked for what, and what was answered.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import { textStart } from "../../record/prefix.ts";
import {
  AGENT,
  JsonRequestFields,
  LINE,
  METHOD,
  QUERY,
  SIZE,
  SOURCE,
  STATUS,
  TARGET,
  USER,
} from "./json_request_fields.ts";
import { isObject, unescaped } from "./json_text.ts";

const QUOTE = 34,
  BLANK = 32,
  BACKSLASH = 92,
  QUESTION = 63,
  COLON = 58,
  POINT = 46,
  OPEN = 91,
  CLOSE = 93,
  SLASH = 47,
  OBJECT = 123;

/** A source's name has this many bytes at the most. */
const SOURCE_BYTES = 64;

/** Bytes of ` HTTP/1.1` and of ` HTTP/2`. */
const PROTOCOL_BYTES = [9, 7];

/** What a byte can be part of: 1 = a numeric address, 2 = a host name. */
const PART_OF = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  const letter = String.fromCharCode(byte);
  if (/[0-9a-fA-F:.]/.test(letter)) PART_OF[byte] |= 1;
  if (/[0-9a-zA-Z.-]/.test(letter)) PART_OF[byte] |= 2;
}

/**
 * Reads requests, one at a time, in one pass over the bytes of a record; allocates nothing. A record is a request where a quoted
 * one is followed by a status: `192.0.2.7 - - [02/Mar/2026:10:00:00 +0000] "GET /a?b HTTP/1.1" 404 19 "referrer" "agent"`, or where
 * it is a JSON object with a method, a target and a status under one of their usual names, see {@linkcode JsonRequestFields}.
 *
 * @see Apache HTTP Server, module mod_log_config; nginx, module ngx_http_log_module.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../../record/log_batch.ts";
 * import { RequestReader } from "./request_reader.ts";
 *
 * const batch = new LogBatch(), line = new TextEncoder().encode('192.0.2.7 - - [now] "GET /a?b=1 HTTP/1.1" 404 19');
 * batch.bytes.set(line);
 * batch.contentEnd[0] = batch.recordEnd[0] = line.length;
 * const request = new RequestReader();
 * assert(request.read(batch, 0));
 * assert.equal(batch.text(request.sourceStart, request.sourceEnd), "192.0.2.7");
 * assert.equal(batch.text(request.targetStart, request.pathEnd), "/a");
 * assert.deepEqual([request.status, request.size], [404, 19]);
 * ```
 */
export class RequestReader {
  /** Who asked: an address or a host name, `[start, end)`; empty where the record begins with none. */
  sourceStart = 0;
  sourceEnd = 0;
  /** What was asked for: path and query; the path ends at `pathEnd`. */
  targetStart = 0;
  pathEnd = 0;
  targetEnd = 0;
  /** 0 where it is `-`. */
  status = 0;
  /** Whether something is sent: any method but GET, HEAD and OPTIONS. */
  sends = false;
  /** Bytes answered; 0 where the record has none. */
  size = 0;
  /** The program that asked, without quotes; empty where the record has none. */
  agentStart = 0;
  agentEnd = 0;
  /** The query where it stands apart from the target; else empty. */
  queryStart = 0;
  queryEnd = 0;
  /** Whether texts have the escapes of JSON, see `unescaped` in `json_text.ts`. */
  isJson = false;
  readonly #fields = new JsonRequestFields();

  /** Reads row `row`; `false` where it is no request, and then nothing that was read before holds any more. */
  read(batch: LogBatch, row: number): boolean {
    if (isObject(batch, row)) return this.#object(batch, row);
    this.isJson = false;
    this.queryStart = this.queryEnd = 0;
    const { bytes } = batch, end = batch.contentEnd[row], start = textStart(batch, row);
    let open = batch.contentStart[row];
    if (open === start && bytes[open] === QUOTE) open++; // a record that stands in quotes as a whole
    while (open < end && bytes[open] !== QUOTE) open++;
    const close = closing(bytes, open, end),
      own = open === batch.contentStart[row] || bytes[open - 2] === CLOSE;
    if (!own && protocolAt(bytes, open, close) < 0) return false; // something else in quotes
    if (close + 4 >= end || bytes[close + 1] !== BLANK || !this.#answer(bytes, close + 2, end)) return false;
    this.#target(bytes, open + 1, close);
    this.#source(bytes, start, open);
    return true;
  }

  /** Who a JSON record is about, where it is no request: source and user as they stand there; empty where it names none. */
  who(batch: LogBatch, row: number): { source: string; user: string } {
    const { start, end } = this.#fields;
    if (!this.#readObject(batch, row)) return { source: "", user: "" };
    this.#sourceField(batch.bytes);
    const user = start[USER] < 0
      ? ""
      : batch.text(start[USER], Math.min(end[USER], start[USER] + SOURCE_BYTES));
    return { source: batch.text(this.sourceStart, this.sourceEnd), user: unescaped(user) };
  }

  #readObject(batch: LogBatch, row: number): boolean {
    const { bytes } = batch, start = textStart(batch, row);
    return this.#fields.read(
      bytes,
      bytes[start] === OBJECT ? start : batch.contentStart[row],
      batch.recordEnd[row],
    );
  }

  #object(batch: LogBatch, row: number): boolean {
    const { bytes } = batch, { start, end } = this.#fields;
    if (!this.#readObject(batch, row) || end[STATUS] - start[STATUS] !== 3) return false;
    if (start[LINE] < 0 && (start[METHOD] < 0 || start[TARGET] < 0)) return false;
    this.status = numberAt(bytes, start[STATUS], end[STATUS]);
    if (this.status < 100) return false;
    if (start[TARGET] < 0 || start[METHOD] < 0) this.#target(bytes, start[LINE], end[LINE]);
    else {
      this.sends = isSending(bytes[start[METHOD]]);
      this.#path(bytes, start[TARGET], end[TARGET]);
    }
    const has = (field: number) => start[field] >= 0;
    this.isJson = true;
    [this.queryStart, this.queryEnd] = has(QUERY) && this.pathEnd === this.targetEnd
      ? [start[QUERY], end[QUERY]]
      : [0, 0];
    this.size = has(SIZE) ? numberAt(bytes, start[SIZE], end[SIZE]) : 0;
    [this.agentStart, this.agentEnd] = has(AGENT) ? [start[AGENT], end[AGENT]] : [0, 0];
    this.#sourceField(bytes);
    return true;
  }

  /** A target of its own: without scheme and host, as some write them. */
  #path(bytes: Uint8Array, start: number, end: number): void {
    let first = start;
    for (let p = start; p + 2 < end && p < start + 8; p++) { // https://
      if (bytes[p] !== COLON || bytes[p + 1] !== SLASH || bytes[p + 2] !== SLASH) continue;
      for (first = p + 3; first < end && bytes[first] !== SLASH && bytes[first] !== QUESTION;) first++;
      break;
    }
    this.#split(bytes, first, end);
  }

  /** The source of a JSON record, without a port. */
  #sourceField(bytes: Uint8Array): void {
    let start = this.#fields.start[SOURCE], end = this.#fields.end[SOURCE];
    if (start < 0 || end - start > SOURCE_BYTES) start = end = 0;
    if (bytes[start] === OPEN) { // [2001:db8::7]:4711
      let close = ++start;
      while (close < end && bytes[close] !== CLOSE) close++;
      end = close;
    } else {
      let colons = 0, last = end;
      for (let p = start; p < end; p++) {
        if (bytes[p] !== COLON) continue;
        colons++;
        last = p;
      }
      if (colons === 1) end = last;
    }
    this.sourceStart = start;
    this.sourceEnd = end;
  }

  /** Status, size and agent behind the request. */
  #answer(bytes: Uint8Array, p: number, end: number): boolean {
    this.status = 0;
    const first = p;
    for (; p < end && p < first + 4 && (bytes[p] ^ 48) < 10; p++) {
      this.status = this.status * 10 + bytes[p] - 48;
    }
    if (p - first !== 3 && bytes[p] !== 45) return false;
    if (bytes[p] === 45) p++;
    if (p < end && bytes[p] !== BLANK) return false;
    this.size = 0;
    for (p++; p < end && (bytes[p] ^ 48) < 10; p++) this.size = this.size * 10 + bytes[p] - 48;
    this.agentStart = this.agentEnd = end;
    while (p < end && bytes[p] !== QUOTE) p++;
    p = closing(bytes, p, end) + 1; // the referrer
    while (p < end && bytes[p] === BLANK) p++;
    if (p >= end || bytes[p] !== QUOTE) return true;
    this.agentStart = p + 1;
    this.agentEnd = closing(bytes, p, end);
    return true;
  }

  /** The target between the method and the protocol; the whole where there are no such. */
  #target(bytes: Uint8Array, start: number, end: number): void {
    let first = start;
    while (first < end && first < start + 20 && bytes[first] !== BLANK) first++;
    first = bytes[first] === BLANK && first < end ? first + 1 : start;
    const protocol = protocolAt(bytes, first, end), last = protocol < 0 ? end : protocol;
    this.sends = first > start && isSending(bytes[start]);
    this.#split(bytes, first, last);
  }

  #split(bytes: Uint8Array, start: number, end: number): void {
    this.targetStart = start;
    this.targetEnd = end;
    let query = start;
    while (query < end && bytes[query] !== QUESTION) query++;
    this.pathEnd = query;
  }

  /** The first word of a record, or the second where the first is a virtual host with its port. */
  #source(bytes: Uint8Array, start: number, end: number): void {
    for (let words = 0, p = start; words < 2 && p < end; words++) {
      while (p < end && (bytes[p] === QUOTE || bytes[p] === OPEN || bytes[p] === BLANK)) p++;
      const first = p;
      let kinds = 3, points = 0, colons = 0;
      for (; p < end && bytes[p] !== BLANK && bytes[p] !== CLOSE; p++) {
        kinds &= PART_OF[bytes[p]];
        if (bytes[p] === POINT) points++;
        else if (bytes[p] === COLON) colons++;
      }
      const address = (kinds & 1) !== 0 && (colons > 1 || colons === 0 && points === 3);
      const isSource = address || (kinds & 2) !== 0 && p - first > 1;
      if (!isSource || p - first > SOURCE_BYTES) continue;
      this.sourceStart = first;
      this.sourceEnd = p;
      return;
    }
    this.sourceStart = this.sourceEnd = start;
  }
}

/** Offset of the blank before the protocol that `bytes[start, end)` ends with, ` HTTP/1.1` or ` HTTP/2`; -1 where there is none. */
function protocolAt(bytes: Uint8Array, start: number, end: number): number {
  for (const length of PROTOCOL_BYTES) {
    const at = end - length;
    if (at > start && bytes[at] === BLANK && bytes[at + 1] === 72 && bytes[at + 5] === 47) return at;
  }
  return -1;
}

/** Offset of the quote that closes the one at `open`; `end` where it is missing. */
function closing(bytes: Uint8Array, open: number, end: number): number {
  let p = open + 1;
  for (; p < end && bytes[p] !== QUOTE; p++) if (bytes[p] === BACKSLASH) p++;
  return Math.min(p, end);
}

/** Whether a method sends something, by its first letter: any but GET, HEAD and OPTIONS. */
function isSending(byte: number): boolean {
  const letter = byte | 32;
  return letter !== 103 && letter !== 104 && letter !== 111;
}

/** The number that digits at `start` come to; 0 where there are none. */
function numberAt(bytes: Uint8Array, start: number, end: number): number {
  let number = 0;
  for (let p = start; p < end && (bytes[p] ^ 48) < 10; p++) number = number * 10 + bytes[p] - 48;
  return number;
}
