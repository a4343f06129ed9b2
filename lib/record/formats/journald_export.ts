/**
 * systemd's journal in its export format.
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
import { severityOfSyslog } from "../severity.ts";
import { epochMilliseconds } from "../timestamp.ts";

/** What a field is wanted for. */
const TIME = 0, PRIORITY = 1, MESSAGE = 2, SERVICE = 3;
/** The fields, and which wins where a block has several for the same. */
const FIELDS: [name: string, wanted: number, rank: number][] = [
  ["__REALTIME_TIMESTAMP", TIME, 0],
  ["PRIORITY", PRIORITY, 0],
  ["MESSAGE", MESSAGE, 0],
  ["SYSLOG_IDENTIFIER", SERVICE, 0],
  ["_SYSTEMD_UNIT", SERVICE, 1],
  ["_COMM", SERVICE, 2],
];
const NAMES = FIELDS.map(([name, wanted, rank]) => ({ bytes: new TextEncoder().encode(name), wanted, rank }));
/** Bytes of a binary field's length, which stand before its data. */
const LENGTH_BYTES = 8;

/**
 * Where a block stands: outside, between two fields, before a binary field's length, behind the length's first byte where that is a
 * newline, so many bytes before the data's end.
 */
const OUTSIDE = 0, BETWEEN = 1, BEFORE_LENGTH = 2, IN_LENGTH = 3, IN_DATA = 4;

class JournaldExportParser implements HeaderParser {
  readonly #start = new Int32Array(4); // offsets of what is wanted, -1 = none
  readonly #end = new Int32Array(4);
  readonly #rank = new Uint8Array(4);

  constructor(_options?: FormatOptions) {}

  parse(batch: LogBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) if (!this.#block(batch, i)) markUnparsed(batch, i);
  }

  state(): ParserState {
    return {};
  }

  #block(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, first = batch.start[i], end = batch.recordEnd[i], start = this.#start;
    if (stepJournal(bytes, first, lineEnd(bytes, first, end), OUTSIDE) !== BETWEEN) return false;
    this.#scan(bytes, first, end);
    if (start[TIME] < 0) return false;
    const time = epochMilliseconds(bytes, start[TIME], this.#end[TIME]);
    if (time !== time) return false;
    const message = start[MESSAGE] >= 0;
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.severity[i] = this.#severity(bytes);
    batch.service[i] = start[SERVICE] < 0 ? -1 : batch.nameAt(start[SERVICE], this.#end[SERVICE]);
    batch.contentStart[i] = message ? start[MESSAGE] : first;
    batch.contentEnd[i] = message ? this.#end[MESSAGE] : end;
    return true;
  }

  #severity(bytes: Uint8Array): number {
    const start = this.#start[PRIORITY], digit = start < 0 ? 9 : bytes[start] - 48 >>> 0;
    return digit < 8 && this.#end[PRIORITY] === start + 1 ? severityOfSyslog(digit) : 0;
  }

  /** Walks over the fields of the block `bytes[first, end)`. */
  #scan(bytes: Uint8Array, first: number, end: number): void {
    this.#start.fill(-1);
    this.#rank.fill(255);
    for (let p = first, state = OUTSIDE; p < end;) {
      const stop = lineEnd(bytes, p, end), next = stepJournal(bytes, p, stop, state);
      if (next < OUTSIDE || next === OUTSIDE && state !== OUTSIDE) return;
      if (next === BEFORE_LENGTH) {
        this.#note(bytes, p, { nameEnd: stop, value: stop + 1 + LENGTH_BYTES, end });
      } else if (state === OUTSIDE || state === BETWEEN) {
        let equals = p;
        while (equals < stop && bytes[equals] !== 61) equals++;
        if (equals < stop) this.#note(bytes, p, { nameEnd: equals, value: equals + 1, end });
      }
      state = next;
      p = stop + 1;
      if (p < end && bytes[stop] === 13) p++;
    }
  }

  #note(bytes: Uint8Array, p: number, field: { nameEnd: number; value: number; end: number }): void {
    const { nameEnd, value, end } = field, length = nameEnd - p;
    for (const { bytes: name, wanted, rank } of NAMES) {
      if (name.length !== length || rank >= this.#rank[wanted] || value >= end) continue;
      let i = 0;
      while (i < length && bytes[p + i] === name[i]) i++;
      if (i < length) continue;
      this.#rank[wanted] = rank;
      this.#start[wanted] = value;
      this.#end[wanted] = lineEnd(bytes, value, end);
    }
  }
}

/** Offset of the newline behind `p`, or of the carriage return before it; `end` where there is none. */
function lineEnd(bytes: Uint8Array, p: number, end: number): number {
  const first = p;
  while (p < end && bytes[p] !== 10) p++;
  return p < end && p > first && bytes[p - 1] === 13 ? p - 1 : p;
}

/**
 * Where an entry of the journal stands behind the line `bytes[start, end)`, see {@linkcode BlockStep}: it begins with a field whose
 * name begins with two underscores and ends with a blank line. A field's value is text behind `=`, or, where a name stands alone,
 * binary: eight bytes of length, lowest first, and the data, which may hold newlines.
 */
function stepJournal(bytes: Uint8Array, start: number, end: number, state: number): number {
  if (state === BEFORE_LENGTH || state === IN_LENGTH) {
    if (state === BEFORE_LENGTH && start === end) return IN_LENGTH;
    const read = state === IN_LENGTH ? 1 : 0, data = start + LENGTH_BYTES - read;
    if (data > end) return BETWEEN;
    let length = 0;
    for (let i = 3 - read; i >= 0; i--) length = length * 256 + bytes[start + i];
    return inData((read === 1 ? length * 256 + 10 : length) - (end - data));
  }
  if (state >= IN_DATA) return inData(state - IN_DATA - (end - start));
  if (start === end) return state === BETWEEN ? -1 : OUTSIDE;
  const equals = behindFieldName(bytes, start, end);
  if (state === OUTSIDE) {
    const address = end - start > 3 && bytes[start] === 95 && bytes[start + 1] === 95;
    return address && equals < end && bytes[equals] === 61 ? BETWEEN : OUTSIDE;
  }
  if (equals === start) return OUTSIDE;
  return equals === end ? BEFORE_LENGTH : bytes[equals] === 61 ? BETWEEN : OUTSIDE;
}

/** The state with so many bytes of data to come behind the newline that was read. */
function inData(left: number): number {
  return left > 0 ? IN_DATA + left - 1 : BETWEEN;
}

/** Offset behind the capitals, digits and underscores at `p`. */
function behindFieldName(bytes: Uint8Array, p: number, end: number): number {
  for (; p < end; p++) {
    const byte = bytes[p];
    if (!(byte >= 65 && byte <= 90 || byte >= 48 && byte <= 57 || byte === 95)) break;
  }
  return p;
}

/**
 * What `journalctl -o export` writes: a block of fields for an entry, a blank line behind it. Time, severity, service
 * (`SYSLOG_IDENTIFIER`, else the unit, else the command) and content are fields; of a message of several lines the content is the
 * first one. What `-o json` writes is JSON.
 *
 * @see systemd, Journal Export Formats.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { journaldExport } from "./journald_export.ts";
 *
 * assert(journaldExport.examples.length > 0);
 * ```
 */
export const journaldExport: Format = {
  name: "journald_export",
  title: "systemd's journal (export format): a block of fields for each entry",
  examples: [
    `__CURSOR=s=17;i=1
__REALTIME_TIMESTAMP=1772445600123456
PRIORITY=3
SYSLOG_IDENTIFIER=sshd
_SYSTEMD_UNIT=ssh.service
MESSAGE=no more keys for deploy
_PID=4242
`,
    `__CURSOR=s=17;i=2
__REALTIME_TIMESTAMP=1772445600223456
_TRANSPORT=kernel
MESSAGE=device eth0 is up
PRIORITY=6
_COMM=kernel
`,
    `__REALTIME_TIMESTAMP=1772445600323456
MESSAGE
\x10\0\0\0\0\0\0\0order 4711\npaid!
PRIORITY=5
_SYSTEMD_UNIT=shop.service
`,
  ],
  block: stepJournal,
  multiline: true,
  open: (options) => new JournaldExportParser(options),
};
