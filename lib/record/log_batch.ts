/**
 * Records as parallel columns over one byte buffer.
 *
 * @module
 */
import { JUPYTER, type MimeBundle } from "../table/jupyter.ts";
import { batchView } from "./batch_view.ts";
import { Dictionary } from "./dictionary.ts";
import { lineStart, readable } from "./prefix.ts";

/** Bytes of one batch: the read buffer, with room for the tail that the last read left. */
export const BATCH_BYTES = 256 * 1024;
/** Records of one batch at the most. A batch whose columns are full stops, and the rest goes into the next. */
export const BATCH_RECORDS = 8192;

/** A record in readable form, as a person or a test wants it. */
export interface LogRecord {
  /** Milliseconds since the epoch, UTC; `null` where the line has no time. */
  timestamp: number | null;
  /** OpenTelemetry `SeverityNumber`, 1–24; 0 where the line has no level. */
  severity: number;
  /** Service or program; `null` where the line names none. */
  service: string | null;
  /** The message of the record's first line, without header. */
  content: string;
  /** The whole record, all its lines, without the last newline. */
  text: string;
  /** Physical lines of the record. */
  lines: number;
  /** Offset of the record's first byte in its input. */
  offset: number;
}

/**
 * A stretch of one input as records: one byte buffer and parallel columns, allocated once and reused for ever.
 *
 * Row `i` is a record: `bytes[start[i], recordEnd[i])` with all its lines, `bytes[contentStart[i], contentEnd[i])`
 * the message of its first line. Offsets are into `bytes` and die with the next read: whatever lives longer
 * (a key, a new template, an example line) is copied out at once.
 *
 * Before multi-line records are joined a row is one physical line.
 */
export class LogBatch {
  /** The buffer; only `bytes[0, filled)` is meaningful. */
  readonly bytes: Uint8Array;
  /** The same buffer, four bytes at a time. */
  readonly words: Int32Array;
  /** Rows at the most. */
  readonly capacity: number;
  /** Rows in use. */
  length = 0;
  /** Bytes in use. */
  filled = 0;
  /** Offset of `bytes[0]` in the (decompressed) input. */
  base = 0;
  /** Bytes of the input behind `bytes[0, filled)` that belong to the last row but were not kept: a line over the limit. */
  skipped = 0;
  /** Physical lines at the front that continue a record of an earlier batch; they are not rows. */
  continued = 0;

  readonly start: Int32Array;
  readonly contentStart: Int32Array;
  readonly contentEnd: Int32Array;
  readonly recordEnd: Int32Array;
  /** Physical lines of each record. */
  readonly lines: Int32Array;
  /** 1 where the header parsed. */
  readonly parsed: Uint8Array;
  /** Milliseconds since the epoch, UTC; NaN where there is none. */
  readonly timestamp: Float64Array;
  /** OpenTelemetry `SeverityNumber`; 0 = none. */
  readonly severity: Uint8Array;
  /** Index into {@linkcode services}; -1 = none. */
  readonly service: Int32Array;
  /** Index into the template catalogue; -1 = not matched yet. */
  readonly template: Int32Array;
  /** Ragged column: the session numbers of row `i` are `session[sessionStart[i], sessionStart[i + 1])`. */
  readonly sessionStart: Int32Array;
  session: Int32Array;
  /** Names behind the service column. */
  readonly services: Dictionary;
  /** Whether a source put something in front of each row, see `prefix.ts`. */
  prefixed = false;
  /** Whether parsers look names up; where nobody asks for them, the column is -1. Default true. */
  named = true;

  constructor(services: Dictionary = new Dictionary(), bytes = BATCH_BYTES, capacity = BATCH_RECORDS) {
    const buffer = new ArrayBuffer(Math.ceil(bytes / 4) * 4);
    this.bytes = new Uint8Array(buffer);
    this.words = new Int32Array(buffer);
    this.capacity = capacity;
    this.services = services;
    this.start = new Int32Array(capacity);
    this.contentStart = new Int32Array(capacity);
    this.contentEnd = new Int32Array(capacity);
    this.recordEnd = new Int32Array(capacity);
    this.lines = new Int32Array(capacity);
    this.parsed = new Uint8Array(capacity);
    this.timestamp = new Float64Array(capacity);
    this.severity = new Uint8Array(capacity);
    this.service = new Int32Array(capacity);
    this.template = new Int32Array(capacity);
    this.sessionStart = new Int32Array(capacity + 1);
    this.session = new Int32Array(capacity);
  }

  /** The number of the name `bytes[start, end)` for the service column; -1 where nobody asks for names. */
  nameAt(start: number, end: number): number {
    return this.named ? this.services.intern(this.bytes, start, end) : -1;
  }

  /** Offset in the input just behind record `i` and its newline. */
  offsetAfter(i: number): number {
    return i + 1 < this.length ? this.base + this.start[i + 1] : this.base + this.filled + this.skipped;
  }

  /** The bytes `[start, end)` as text; invalid UTF-8 becomes U+FFFD. */
  text(start: number, end: number): string {
    return new TextDecoder().decode(this.bytes.subarray(start, end));
  }

  /** Record `i` in readable form. */
  record(i: number): LogRecord {
    return {
      timestamp: Number.isNaN(this.timestamp[i]) ? null : this.timestamp[i],
      severity: this.severity[i],
      service: this.service[i] < 0 ? null : this.services.text(this.service[i]),
      content: this.text(this.contentStart[i], this.contentEnd[i]),
      text: this.prefixed
        ? readable(this.text(lineStart(this, i), this.recordEnd[i]))
        : this.text(this.start[i], this.recordEnd[i]),
      lines: this.lines[i],
      offset: this.base + this.start[i],
    };
  }

  /** What a notebook shows: the first records, redacted. */
  [JUPYTER](): MimeBundle {
    return batchView(this);
  }
}
