/**
 * New records in the form of old ones.
 *
 * @module
 */
import { BatchPool } from "../../record/batch_pool.ts";
import { Dictionary } from "../../record/dictionary.ts";
import type { LogBatch } from "../../record/log_batch.ts";
import { READER_STATE_VERSION, type ReaderState } from "../../record/reader_state.ts";
import { RecordReader } from "../../record/record_reader.ts";
import { SessionPattern } from "../../window/session_pattern.ts";
import { textOf } from "../log/divided_log.ts";
import { originalBytes } from "../log/log_edit.ts";
import { memoryInput } from "../log/memory_input.ts";
import { readerOptions, type RecordedLog } from "../log/recorded_log.ts";
import { movedTimes } from "./header_time.ts";

/** What is asked of a new record; what isn't named is as in its model. */
export interface WantedRecord {
  /** ms. */
  time?: number;
  /** Message: one line, one character a byte. */
  content?: string;
  /** Names of its sessions. */
  keys?: readonly string[];
  /** The least severity that it must have. */
  severity?: number;
  /** Takes the place of the whole record before anything else is done; by default the record as it is. */
  bytes?: Uint8Array;
}

/** A record that was written. */
export interface WrittenRecord {
  /** With its newline. */
  bytes: Uint8Array;
  /** ms; NaN where it has none. */
  time: number;
}

/** How far a written time may lie beside the one wanted, ms: not every form has finer digits. The finer one is tried first. */
const TIME_STEPS = [1000, 60_000];
/** Words that levels are written as, to be made an error's. */
const LEVEL_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:INFO|DEBUG|TRACE|NOTICE|WARN|WARNING|LOG)\b/, "ERROR"],
  [/\b(?:info|debug|trace|notice|warn|warning)\b/, "error"],
  [/(?<=[\s|/])[IDVW](?=[\s|/])/, "E"],
];

/**
 * Writes records by the model of others: moved in time, or with another message. Each is read again by the format of its log;
 * one that doesn't say then what it should is not given out. So any format will do, also one that nobody thought of here.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { memoryInput } from "../log/memory_input.ts";
 * import { recordLog } from "../log/recorded_log.ts";
 * import { RecordWriter } from "./record_writer.ts";
 *
 * const bytes = new TextEncoder().encode("2026-03-02T10:00:00.250Z INFO up\n");
 * const log = await recordLog([memoryInput(bytes, { name: "app.log" })], {
 *   ...{ format: "auto", service: "field", session: null, window: 60_000, utcOffset: 0 },
 * });
 * const written = await new RecordWriter(log).write(0, { time: Date.UTC(2026, 2, 3), content: "down" });
 * assert.equal(new TextDecoder().decode(written!.bytes), "2026-03-03T00:00:00.000Z INFO down\n");
 * ```
 */
export class RecordWriter {
  readonly #batches: BatchPool;
  readonly #pattern: SessionPattern | null;

  constructor(readonly log: RecordedLog) {
    this.#batches = new BatchPool(log.services);
    this.#pattern = log.settings.session === null
      ? null
      : SessionPattern.compile(log.settings.session.pattern);
  }

  /**
   * A record like `model`, or `null` where its format doesn't let itself be written so. Where its time can't be written, it has
   * that of the record next to it in time, header and all, if that is no further away than a window is long.
   */
  async write(model: number, wanted: WantedRecord): Promise<WrittenRecord | null> {
    const drafts = [...this.#drafts(model, wanted)], time = wanted.time ?? this.log.records[model].time;
    for (const step of TIME_STEPS) {
      for (const line of drafts) {
        const written = await this.#checked(line, model, wanted, { time, step });
        if (written !== null) return written;
      }
    }
    return wanted.time === undefined ? null : await this.#byNeighbour(model, wanted);
  }

  *#drafts(model: number, { time, content, severity, bytes }: WantedRecord): Generator<string> {
    const record = this.log.records[model];
    let line = textOf(bytes ?? originalBytes(this.log, model));
    if (!line.endsWith("\n")) line += "\n";
    if (content !== undefined) line = withContent(line, record, content);
    for (
      const draft of severity === undefined ? [line] : withLevels(line, record.contentStart - record.start)
    ) {
      if (time === undefined || time === record.time) yield draft;
      else if (!Number.isNaN(record.time)) yield* movedTimes(draft, record.time, time);
    }
  }

  /** The message behind the header of the record next in time that has the same input and service. */
  async #byNeighbour(model: number, wanted: WantedRecord): Promise<WrittenRecord | null> {
    const { records, inputs } = this.log, record = records[model], { first, last } = inputs[record.input];
    let near = -1;
    for (let i = first; i < last; i++) {
      const { service, time } = records[i];
      if (service !== record.service || Number.isNaN(time)) continue;
      if (near < 0 || Math.abs(time - wanted.time!) < Math.abs(records[near].time - wanted.time!)) near = i;
    }
    if (near < 0 || Math.abs(records[near].time - wanted.time!) > this.log.settings.window) return null;
    const own = textOf(wanted.bytes ?? originalBytes(this.log, model));
    const message = wanted.content ??
      own.slice(record.contentStart - record.start, record.contentEnd - record.start);
    let line = textOf(originalBytes(this.log, near));
    if (!line.endsWith("\n")) line += "\n";
    const { keys = keysOf(this.log, model) } = wanted, draft = withContent(line, records[near], message);
    return await this.#checked(draft, model, { ...wanted, keys, content: message }, {
      time: records[near].time,
      step: TIME_STEPS[0],
    });
  }

  /** The line as a record, if it says what it should. */
  async #checked(
    line: string,
    model: number,
    { content, keys = keysOf(this.log, model), severity = 0 }: WantedRecord,
    { time, step }: { time: number; step: number },
  ): Promise<WrittenRecord | null> {
    const { records, services } = this.log, { service } = records[model];
    const bytes = Uint8Array.from(line, (char) => char.charCodeAt(0)),
      seen = await this.#read(bytes, model, time);
    if (seen === null || seen.service !== services.text(service) || seen.severity < severity) return null;
    if (Number.isNaN(time) !== Number.isNaN(seen.time) || Math.abs(seen.time - time) >= step) {
      return null;
    }
    if (content !== undefined && seen.content !== content) return null;
    const same = seen.keys.length === keys.length && keys.every((key) => seen.keys.includes(key));
    return same ? { bytes, time: seen.time } : null;
  }

  /** What the log's own format makes of a line; `null` where it isn't one record. */
  async #read(bytes: Uint8Array, model: number, time: number) {
    const { log } = this, { name, log: of, state } = log.inputs[log.records[model].input];
    const reader = new RecordReader(memoryInput(bytes, { name }), {
      ...readerOptions(log.settings, of ?? name),
      services: log.services,
      batches: this.#batches,
      state: stateAt(state, time),
    });
    try {
      const batch = await reader.next();
      return batch === null || batch.length !== 1 ? null : this.#seen(batch);
    } finally {
      reader.release();
    }
  }

  #seen(batch: LogBatch) {
    const keys = new Dictionary();
    this.#pattern?.find(batch, 0, 1, keys);
    const found = this.#pattern === null ? [] : [...batch.session.subarray(0, batch.sessionStart[1])];
    return {
      time: batch.timestamp[0],
      severity: batch.severity[0],
      service: this.log.services.text(batch.service[0]),
      content: textOf(batch.bytes.subarray(batch.contentStart[0], batch.contentEnd[0])),
      keys: found.map((key) => keys.text(key)),
    };
  }
}

/** Names of a record's sessions. */
export function keysOf({ records, keys }: RecordedLog, record: number): string[] {
  return records[record].keys.map((key) => keys.text(key));
}

/** A reader's state as it is just before a record of that time. */
function stateAt({ format, parser }: ReaderState, time: number): ReaderState {
  const lastTime = Number.isNaN(time) ? null : time;
  const carried = "lastTime" in parser ? { ...parser, lastTime } : parser;
  return { version: READER_STATE_VERSION, format, parser: carried, lastTime, begun: false };
}

/** The first line of a record with another message; further lines go. */
function withContent(
  line: string,
  { start, contentStart, contentEnd }: { start: number; contentStart: number; contentEnd: number },
  content: string,
): string {
  const tail = line.slice(contentEnd - start);
  return line.slice(0, contentStart - start) + content + tail.slice(0, tail.indexOf("\n") + 1);
}

/** The line, and the line with the level in its header made an error's. */
function* withLevels(line: string, headerLength: number): Generator<string> {
  yield line;
  const header = line.slice(0, headerLength), message = line.slice(headerLength);
  for (const [word, error] of LEVEL_WORDS) {
    if (word.test(header)) yield header.replace(word, error) + message;
    else if (headerLength > 0 && word.test(line)) yield line.replace(word, error); // the level may stand behind the message
  }
}
