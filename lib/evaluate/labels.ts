/**
 * What really happened: labels of sessions by key, or of spans of time.
 *
 * @module
 */
import { cell, type CsvRecord, readDecision, readTime } from "./judged_windows.ts";

/** The truth about one session or window. */
export interface KeyLabel {
  key: string;
  anomalous: boolean;
  /** Kind of anomaly (or of harmless event); empty where none is given. */
  kind: string;
}

/** The truth about a span of time of one service. */
export interface SpanLabel {
  /** Milliseconds since the epoch, UTC; the end is not part of it, unless it equals the start. */
  start: number;
  end: number;
  /** Empty or `*` = every service. */
  service: string;
  anomalous: boolean;
  /** Kind of anomaly (or of harmless event); empty where none is given. */
  kind: string;
}

/** Labels of one of two sorts. */
export type Labels =
  | { by: "key"; labels: readonly KeyLabel[] }
  | { by: "span"; labels: readonly SpanLabel[] };

/**
 * Labels from the rows of a file: `key,label[,kind]` (loghub's `BlockId,Label` too) or `start,end,service,label[,kind]`.
 * A key that occurs twice has its last label.
 *
 * @param records The file's rows by column name; names in any case.
 * @throws {TypeError} if there are no rows, or a column is missing.
 * @throws {RangeError} if a span ends before it starts.
 * @throws {SyntaxError} if a time or a label can't be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readLabels } from "./labels.ts";
 *
 * const labels = readLabels([{ BlockId: "blk_1", Label: "Anomaly" }]);
 * assert.deepEqual(labels, { by: "key", labels: [{ key: "blk_1", anomalous: true, kind: "" }] });
 * ```
 */
export function readLabels(records: readonly CsvRecord[]): Labels {
  if (records.length === 0) throw new TypeError("Cannot read labels: there are none");
  const rows = records.map(lowerCaseNames);
  return "start" in rows[0]
    ? { by: "span", labels: rows.map(readSpan) }
    : { by: "key", labels: readKeys(rows) };
}

function lowerCaseNames(record: CsvRecord): CsvRecord {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name.trim().toLowerCase(), value]),
  );
}

function readKeys(rows: readonly CsvRecord[]): KeyLabel[] {
  const column = "blockid" in rows[0] ? "blockid" : "key";
  const byKey = new Map<string, KeyLabel>();
  rows.forEach((row, i) => {
    const where = `row ${i + 1} of the labels`, key = cell(row, column, where);
    const anomalous = readDecision(cell(row, "label", where), where);
    byKey.set(key, { key, anomalous, kind: row.kind ?? "" });
  });
  return [...byKey.values()];
}

function readSpan(row: CsvRecord, i: number): SpanLabel {
  const where = `row ${i + 1} of the labels`;
  const start = readTime(cell(row, "start", where), where), end = readTime(cell(row, "end", where), where);
  if (!(end >= start)) {
    throw new RangeError(`Cannot read ${where}: the span is from ${row.start} to ${row.end}`);
  }
  return {
    start,
    end,
    service: cell(row, "service", where).trim(),
    anomalous: readDecision(cell(row, "label", where), where),
    kind: row.kind ?? "",
  };
}
