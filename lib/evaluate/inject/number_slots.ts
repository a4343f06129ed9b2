/**
 * Quantities in messages, to be changed.
 *
 * @module
 */
import { originalBytes } from "../log/log_edit.ts";
import type { RecordedLog } from "../log/recorded_log.ts";
import { contentOf } from "./injection.ts";
import type { RecordWriter } from "./record_writer.ts";

/** Times the largest value seen. */
const FACTOR = 20;
/** Values from which a slot's range is known. */
const KNOWN = 30;
/** Records that are looked at. */
const LOOKED_AT = 2000;
/** Share of distinct values beyond which they are names, not quantities. */
const NAMES = 0.9;
/** Distinct values up to which they are codes. */
const CODES = 5;
/** Share of values that are greater than the one before, beyond which they are counters. */
const COUNTERS = 0.9;
/** A number that stands alone, or has a unit or a name with `=` before it. */
const NUMBER = /(?<=^|[\s=:,("[])\d{1,12}(?:\.\d+)?(?=(?:ns|us|ms|s|B|kB|KB|MB|GB|%)?(?:[\s,;)\]"]|$))/g;

/** The numbers of a template that stand in one place. */
export interface NumberSlot {
  /** Which of the message's numbers. */
  place: number;
  largest: number;
}

/**
 * Places of a template's messages whose numbers are quantities: many values, but neither names nor counters.
 *
 * @param records Records of the template.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { memoryInput } from "../log/memory_input.ts";
 * import { recordLog } from "../log/recorded_log.ts";
 * import { numberSlots } from "./number_slots.ts";
 *
 * const lines = Array.from({ length: 60 }, (_, i) => `request ${1000 + i} took ${i * 7 % 40} ms\n`).join("");
 * const log = await recordLog([memoryInput(new TextEncoder().encode(lines), { name: "app.log" })], {
 *   ...{ format: "content", service: "field", session: null, window: 60_000, utcOffset: 0 },
 * });
 * assert.deepEqual(numberSlots(log, [...log.records.keys()]), [{ place: 1, largest: 39 }]);
 * ```
 */
export function numberSlots(log: RecordedLog, records: readonly number[]): NumberSlot[] {
  if (records.length < KNOWN) return [];
  const rows = records.slice(0, LOOKED_AT).map((record) =>
    [...contentOf(log, record).matchAll(NUMBER)].map(Number)
  );
  const width = Math.min(...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, place) => place).flatMap((place) => {
    const values = rows.map((row) => row[place]), distinct = new Set(values).size;
    const rising = values.slice(1).filter((value, i) => value > values[i]).length / (values.length - 1);
    const isQuantity = distinct > CODES && distinct <= NAMES * values.length && rising < COUNTERS;
    return isQuantity ? [{ place, largest: Math.max(...values) }] : [];
  });
}

/** What a record becomes whose number is twenty times the largest, and what was done; `null` = it can't be. */
export async function withLargeNumber(
  log: RecordedLog,
  writer: RecordWriter,
  record: number,
  { place, largest }: NumberSlot,
): Promise<{ bytes: Uint8Array; what: string } | null> {
  const content = contentOf(log, record), value = `${Math.ceil(FACTOR * largest)}`;
  const number = [...content.matchAll(NUMBER)][place];
  if (number === undefined) return null;
  const changed = content.slice(0, number.index) + value + content.slice(number.index + number[0].length);
  const written = await writer.write(record, { content: changed });
  if (written === null) return null;
  const endsLine = originalBytes(log, record).at(-1) === 10;
  return {
    bytes: endsLine ? written.bytes : written.bytes.subarray(0, -1),
    what: `${value} instead of ${number[0]}`,
  };
}
