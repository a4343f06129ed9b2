/**
 * Changes of a recorded log, and the log that comes of them.
 *
 * @module
 */
import type { Input } from "../../source/input.ts";
import { joined, memoryInput } from "./memory_input.ts";
import type { RecordedInput, RecordedLog } from "./recorded_log.ts";

const NEWLINE = 10;

/**
 * Collects changes of records: taken out, replaced, put in. Whatever is not changed keeps its very bytes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogEdit } from "./log_edit.ts";
 * import { memoryInput } from "./memory_input.ts";
 * import { recordLog } from "./recorded_log.ts";
 *
 * const bytes = (text: string) => new TextEncoder().encode(text);
 * const log = await recordLog([memoryInput(bytes("one\ntwo\nthree"), { name: "a.log" })], {
 *   ...{ format: "content", service: "field", session: null, window: 60_000, utcOffset: 0 },
 * });
 * const edit = new LogEdit(log);
 * edit.remove(0);
 * edit.insert(0, 3, bytes("four\n"));
 * assert.equal(new TextDecoder().decode(edit.bytes(0)), "two\nthree\nfour\n");
 * assert.deepEqual([edit.removed, edit.inserted], [1, 1]);
 * ```
 */
export class LogEdit {
  /** Records taken out, replaced and put in so far. */
  removed = 0;
  replaced = 0;
  inserted = 0;
  /** By record: its new bytes, empty where it is gone. */
  readonly #changed = new Map<number, Uint8Array>();
  /** By input and record: what comes before it, in the order of insertion. */
  readonly #before = new Map<string, Uint8Array[]>();

  constructor(readonly log: RecordedLog) {}

  /** Whether something was done to a record already. */
  isChanged(record: number): boolean {
    return this.#changed.has(record);
  }

  /** Takes a record out. */
  remove(record: number): void {
    this.#changed.set(record, new Uint8Array(0));
    this.removed++;
  }

  /** Gives a record other bytes, with their newline. */
  replace(record: number, bytes: Uint8Array): void {
    this.#changed.set(record, bytes);
    this.replaced++;
  }

  /** Puts bytes (a whole record with its newline) before record `at` of an input, or at its end. */
  insert(input: number, at: number, bytes: Uint8Array): void {
    const place = `${input} ${at}`, before = this.#before.get(place);
    if (before === undefined) this.#before.set(place, [bytes]);
    else before.push(bytes);
    this.inserted++;
  }

  /** Does here what was done in `other`, an edit of the same log that touches other records. */
  add(other: LogEdit): void {
    for (const [record, bytes] of other.#changed) this.#changed.set(record, bytes);
    for (const [place, bytes] of other.#before) {
      this.#before.set(place, [...this.#before.get(place) ?? [], ...bytes]);
    }
    this.removed += other.removed;
    this.replaced += other.replaced;
    this.inserted += other.inserted;
  }

  /** The bytes of an input with the changes in it, of the records that `keep` wants. */
  bytes(input: number, keep: (record: number) => boolean = () => true): Uint8Array {
    const { log } = this, source = log.inputs[input], parts: Uint8Array[] = [];
    if (source.first < source.last && keep(source.first)) {
      parts.push(source.bytes.subarray(0, log.records[source.first].start)); // blank lines before the first record
    }
    for (let record = source.first; record < source.last; record++) {
      this.#put(parts, input, record);
      if (keep(record)) parts.push(this.#changed.get(record) ?? originalBytes(log, record));
    }
    this.#put(parts, input, source.last);
    return joined(parts.filter((part) => part.length > 0));
  }

  /** All inputs with the changes in them. */
  inputs(keep?: (record: number) => boolean): Input[] {
    return this.log.inputs.map((input, i) => memoryInput(this.bytes(i, keep), optionsOf(input)));
  }

  #put(parts: Uint8Array[], input: number, at: number): void {
    const before = this.#before.get(`${input} ${at}`);
    if (before === undefined) return;
    const last = parts.findLast((part) => part.length > 0);
    if (last !== undefined && last.at(-1) !== NEWLINE) parts.push(Uint8Array.of(NEWLINE));
    parts.push(...before);
  }
}

/** The bytes of a record as they stand in its log, with its newline. */
export function originalBytes({ inputs, records }: RecordedLog, record: number): Uint8Array {
  const { input, start, end } = records[record];
  return inputs[input].bytes.subarray(start, end);
}

function optionsOf({ name, log, modified }: RecordedInput) {
  return { name, ...(log === undefined ? {} : { log }), ...(modified === undefined ? {} : { modified }) };
}
