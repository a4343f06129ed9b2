/**
 * One input, read into bulk requests so that the same bytes always become the same documents.
 *
 * @module
 */
import {
  type BulkBody,
  type Dictionary,
  type Input,
  type LogBatch,
  LogChain,
  type ReaderState,
  type RecordReader,
} from "../../lib/mod.ts";
import {
  type Documents,
  fileFragment,
  type NameTexts,
  type RecordText,
  withoutLineEnd,
} from "./documents.ts";

/** Bytes of one document's record at the most; what is longer becomes several documents. */
const RECORD_LIMIT = 256 * 1024;
const NEWLINE = 10;

/** What is known of an input beside its position. Plain data. */
export interface ReadingDetail {
  version: 1;
  /** Name of the log that documents are named after. */
  log: string;
  /** What is added to an offset for the order within the log; `null` = not decided yet. */
  base: number | null;
  /** See {@linkcode LogChain.state}. */
  chain: string;
  /** For records before any time, ms since the epoch; `null` between two runs. */
  origin: number | null;
  /** Offsets at which a record was ended because there was no more of it: documents were named after what there was. */
  cuts: number[];
  reader: ReaderState | null;
}

/** Where a reading stands: all before it is in documents. */
export interface Anchor {
  offset: number;
  reader: ReaderState;
  chain: string;
}

/** What a reading needs beside its input. */
export interface ReadingOptions {
  reader: RecordReader;
  detail: ReadingDetail;
  documents: Documents;
  services: Dictionary;
  names: NameTexts;
  /** Number of the service that lines have whose record was begun before. */
  fallbackService: Uint8Array;
}

/** A record that may go on in the next batch. */
type Pending = RecordText & { end: number };

/**
 * Reads records and writes documents.
 *
 * The last record of a batch waits for the next one, for it may go on there: so documents don't depend on where reads were cut.
 */
export class LogReading {
  /** Where a later run may go on when all documents so far are safe. */
  anchor: Anchor;
  /** Whether the format was told by this reading. */
  told: ReaderState | null = null;
  readonly #input: Input;
  readonly #options: ReadingOptions;
  readonly #chain: LogChain;
  readonly #file: Uint8Array;
  readonly #base: number;
  #lastTime: number;
  #pending: Pending | null = null;
  readonly #row: RecordText;

  constructor(input: Input, options: ReadingOptions) {
    const { detail, reader, fallbackService } = options;
    this.#input = input;
    this.#options = options;
    this.#chain = new LogChain(detail.log, detail.chain);
    this.#file = fileFragment(input.name);
    this.#base = detail.base ?? 0;
    const state = reader.state();
    this.#lastTime = state.lastTime ?? detail.origin ?? 0;
    this.anchor = { offset: input.offset, reader: state, chain: detail.chain };
    this.#row = continuation(new Uint8Array(0), input.offset, fallbackService);
  }

  /** Reads a batch into the body; false = there is nothing more now. */
  async read(body: BulkBody): Promise<boolean> {
    const { reader } = this.#options, batch = await reader.next();
    if (batch === null) return false;
    if (this.anchor.reader.format === null) this.told ??= reader.state(0);
    const front = batch.length > 0 ? batch.start[0] : batch.filled;
    if (front > 0) this.#goOn(batch, front, body);
    if (batch.length > 0) this.#endPending(body);
    const waits = reader.format!.multiline && batch.length > 0,
      whole = waits ? batch.length - 1 : batch.length;
    for (let i = 0; i < whole; i++) this.#write(this.#recordAt(batch, i), body);
    const chain = this.#chain.state;
    if (waits) this.#pending = copyOf(this.#recordAt(batch, whole));
    if (this.#pending === null) this.anchor = { offset: reader.offset, reader: reader.state(), chain };
    else if (waits) this.anchor = { offset: this.#pending.offset, reader: reader.state(whole), chain };
    return true;
  }

  /** Ends the record that waits. Of a file that may grow: where that was, to be kept before the document is sent. */
  finish(body: BulkBody): number | null {
    if (this.#pending === null) return null;
    const { reader } = this.#options, cut = this.#input.final ? null : reader.offset;
    this.#endPending(body);
    this.anchor = { offset: reader.offset, reader: reader.state(), chain: this.#chain.state };
    return cut;
  }

  /** Row `i` with all its bytes. */
  #recordAt(batch: LogBatch, i: number): RecordText {
    const row = this.#row, { bytes, start } = batch, from = start[i];
    const next = i + 1 < batch.length ? start[i + 1] : batch.filled;
    row.bytes = bytes;
    row.start = from;
    row.end = next;
    row.contentStart = batch.contentStart[i];
    row.contentEnd = batch.contentEnd[i];
    row.lines = batch.lines[i];
    row.offset = batch.base + from;
    row.timestamp = batch.timestamp[i];
    row.severity = batch.severity[i];
    row.service = this.#options.names.of(batch.service[i]);
    row.parsed = batch.parsed[i] === 1;
    row.continues = false;
    return row;
  }

  /** The front of a batch goes on with a record of before. */
  #goOn(batch: LogBatch, front: number, body: BulkBody): void {
    const pending = this.#pending ??= continuation(
      new Uint8Array(front),
      batch.base,
      this.#options.fallbackService,
    );
    const needed = pending.end + front;
    if (needed > pending.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * pending.bytes.length));
      larger.set(pending.bytes.subarray(0, pending.end));
      pending.bytes = larger;
    }
    pending.bytes.set(batch.bytes.subarray(0, front), pending.end);
    pending.end = needed;
    pending.lines += batch.continued;
    if (pending.continues) pending.contentEnd = withoutLineEnd(pending.bytes, 0, needed);
    if (needed > 2 * RECORD_LIMIT) this.#pending = this.#writePieces(pending, RECORD_LIMIT, body);
  }

  #endPending(body: BulkBody): void {
    if (this.#pending !== null) this.#writePieces(this.#pending, 0, body);
    this.#pending = null;
  }

  #write(record: RecordText, body: BulkBody): void {
    const { offset, start, end } = record, length = end - start, { cuts } = this.#options.detail;
    const isCut = cuts.length > 0 && cuts.some((cut) => cut > offset && cut < offset + length);
    if (isCut || length > RECORD_LIMIT) this.#writePieces(copyOf(record), 0, body);
    else this.#writeDocument(record, body);
  }

  /** Writes pieces until no more than `keep` bytes are left; the rest, if there is any. */
  #writePieces(record: Pending, keep: number, body: BulkBody): Pending | null {
    let rest: Pending | null = record;
    while (rest !== null && rest.end > keep) {
      const end = this.#pieceEnd(rest), { bytes, offset } = rest, length: number = rest.end - end;
      const piece: RecordText = length === 0 ? rest : cutRecord(rest, end);
      this.#writeDocument(piece, body);
      if (length === 0) return null;
      rest = continuation(bytes.slice(end, end + length), offset + end, rest.service);
      rest.end = length;
      rest.lines = 2;
      rest.contentEnd = withoutLineEnd(rest.bytes, 0, length);
    }
    return rest;
  }

  /** Where the first piece ends: at a cut, else behind the last line that fits. */
  #pieceEnd({ bytes, offset, end }: Pending): number {
    const cut = this.#options.detail.cuts.find((cut) => cut > offset && cut < offset + end);
    const most = cut === undefined ? end : cut - offset;
    if (most <= RECORD_LIMIT) return most;
    return bytes.lastIndexOf(NEWLINE, RECORD_LIMIT - 1) + 1 || RECORD_LIMIT;
  }

  #writeDocument(record: RecordText, body: BulkBody): void {
    record.end = withoutLineEnd(record.bytes, record.start, record.end);
    record.contentEnd = Math.min(record.contentEnd, record.end);
    const { bytes, start, end, offset } = record;
    const id = this.#chain.next(bytes, start, end, offset);
    const sequence = this.#base + offset, fallbackTime = this.#lastTime, file = this.#file;
    this.#options.documents.write(body, record, { id, sequence, fallbackTime, file });
    if (!Number.isNaN(record.timestamp)) this.#lastTime = Math.floor(record.timestamp);
  }
}

/** The first `end` bytes of a record. */
function cutRecord(record: Pending, end: number): RecordText {
  return { ...record, end, contentEnd: Math.min(record.contentEnd, end) };
}

/** A record in a buffer of its own. */
function copyOf(record: RecordText): Pending {
  const { start, end } = record;
  return {
    ...record,
    bytes: record.bytes.slice(start, end),
    start: 0,
    end: end - start,
    contentStart: record.contentStart - start,
    contentEnd: record.contentEnd - start,
  };
}

/** Lines that go on with a record whose beginning is a document already. */
function continuation(bytes: Uint8Array, offset: number, service: Uint8Array): Pending {
  return {
    ...{ bytes, start: 0, end: 0, contentStart: 0, contentEnd: 0, lines: 1, offset },
    ...{ timestamp: NaN, severity: 0, service, parsed: false, continues: true },
  };
}
