/**
 * A log in memory, with what is known of each of its records: to be divided, or changed on purpose.
 *
 * @module
 */
import { BatchPool } from "../../record/batch_pool.ts";
import { Dictionary } from "../../record/dictionary.ts";
import type { LogBatch } from "../../record/log_batch.ts";
import type { ReaderState } from "../../record/reader_state.ts";
import { RecordReader } from "../../record/record_reader.ts";
import type { Input } from "../../source/input.ts";
import type { Catalogue } from "../../template/catalogue.ts";
import { Miner } from "../../template/miner.ts";
import { SessionPattern } from "../../window/session_pattern.ts";
import { allBytes, memoryInput, type MemoryInputOptions } from "./memory_input.ts";

/** How a log is read; a stream's settings have it all. */
export interface ReadingSettings {
  /** Name of the log format, or `auto`. */
  format: string;
  /** `field`, `file`, or a name for every record. */
  service: string;
  /** Pattern of a session's key; `null` = time windows only. */
  session: { pattern: string } | null;
  /** Length of the time windows, ms. */
  window: number;
  /** Minutes east of UTC for times that name no zone. */
  utcOffset: number;
}

/** One input of a recorded log. */
export interface RecordedInput extends MemoryInputOptions {
  bytes: Uint8Array;
  /** How its reader stood at its end: format and what its parser had learned. */
  state: ReaderState;
  /** Number of its first record, and of the one behind its last. */
  first: number;
  last: number;
}

/** A record of a recorded log. */
export interface RecordedRecord {
  /** Index of its input. */
  input: number;
  /** `bytes[start, end)` of the input, with its newline. */
  start: number;
  end: number;
  /** Message of its first line. */
  contentStart: number;
  contentEnd: number;
  /** ms; NaN where the line has none. */
  time: number;
  /** {@linkcode time}, else that of the record before it; -Infinity where there was none. */
  around: number;
  severity: number;
  /** Index into the services. */
  service: number;
  /** Index into the catalogue. */
  template: number;
  /** Numbers of its sessions' keys. */
  keys: readonly number[];
}

/** A log whose records are known. */
export interface RecordedLog {
  settings: ReadingSettings;
  inputs: RecordedInput[];
  /** In the order of the inputs and their bytes. */
  records: RecordedRecord[];
  services: Dictionary;
  keys: Dictionary;
  /** The templates of all records. */
  catalogue: Catalogue;
}

const NO_KEYS: readonly number[] = [];

/**
 * Reads inputs into memory, whole: about their size and some 150 bytes a record.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { memoryInput } from "./memory_input.ts";
 * import { recordLog } from "./recorded_log.ts";
 *
 * const text = "2026-03-02T10:00:00Z INFO order=7 paid\n2026-03-02T10:00:09Z INFO order=8 paid\n";
 * const log = await recordLog([memoryInput(new TextEncoder().encode(text), { name: "shop.log" })], {
 *   ...{ format: "auto", service: "field", window: 60_000, utcOffset: 0 },
 *   session: { pattern: "order=(\\d+)" },
 * });
 * assert.equal(log.records.length, 2);
 * assert.equal(log.keys.text(log.records[1].keys[0]), "8");
 * ```
 */
export async function recordLog(inputs: readonly Input[], settings: ReadingSettings): Promise<RecordedLog> {
  const services = new Dictionary(), batches = new BatchPool(services);
  const log: RecordedLog = {
    ...{ settings, inputs: [], records: [], services, keys: new Dictionary() },
    catalogue: undefined as unknown as Catalogue, // known at the end
  };
  const miner = new Miner();
  for (const input of inputs) await recordInput(input, log, { batches, miner });
  const { catalogue, map } = miner.freeze();
  for (const record of log.records) record.template = map[record.template];
  return { ...log, catalogue };
}

/** The part of the reader's options that settings and an input's name make. */
export function readerOptions(settings: ReadingSettings, name: string) {
  const file = name.slice(name.lastIndexOf("/") + 1), { service, format, utcOffset } = settings;
  return {
    format,
    ...(service === "field" ? {} : { service: service === "file" ? file : service }),
    fallbackService: file,
    formatOptions: { utcOffset },
  };
}

async function recordInput(
  input: Input,
  log: RecordedLog,
  { batches, miner }: { batches: BatchPool; miner: Miner },
): Promise<void> {
  const { name, modified } = input, { settings, services, records, keys } = log;
  const bytes = await allBytes(input), first = records.length;
  const options = { name, ...(input.log ? { log: input.log } : {}), ...(modified ? { modified } : {}) };
  const reader = new RecordReader(memoryInput(bytes, options), {
    ...readerOptions(settings, input.log ?? name),
    services,
    batches,
  });
  const pattern = settings.session === null ? null : SessionPattern.compile(settings.session.pattern);
  let around = -Infinity;
  for (let batch = await reader.next(); batch !== null; batch = await reader.next()) {
    miner.learn(batch);
    pattern?.find(batch, 0, batch.length, keys);
    for (let row = 0; row < batch.length; row++) {
      const record = recordOf(batch, row, log.inputs.length);
      if (Number.isNaN(record.time)) record.around = around;
      around = record.around;
      records.push(record);
    }
  }
  const last = records.length;
  for (let i = first; i < last; i++) records[i].end = i + 1 < last ? records[i + 1].start : bytes.length;
  log.inputs.push({ ...options, bytes, state: reader.state(), first, last });
  reader.release();
}

function recordOf(batch: LogBatch, row: number, input: number): RecordedRecord {
  const { base, start, contentStart, contentEnd, timestamp, severity, service, template } = batch;
  const from = batch.sessionStart[row], to = batch.sessionStart[row + 1];
  return {
    ...{ input, start: base + start[row], end: NaN },
    ...{ contentStart: base + contentStart[row], contentEnd: base + contentEnd[row] },
    ...{ time: timestamp[row], around: timestamp[row], severity: severity[row] },
    ...{ service: service[row], template: template[row] },
    keys: to > from ? [...batch.session.subarray(from, to)] : NO_KEYS,
  };
}
