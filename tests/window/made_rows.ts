/** Rows as tests write them, as batches; and what settled windows hold, in plain form. */
import { Dictionary } from "../../lib/record/dictionary.ts";
import { LogBatch } from "../../lib/record/log_batch.ts";
import type { ClosedWindows } from "../../lib/window/closed_windows.ts";
import type { CountVectors } from "../../lib/window/count_vectors.ts";

/** A record as a test writes it. */
export interface Row {
  time: number; // NaN = none
  keys?: string[];
  service?: string;
  template?: number;
  severity?: number;
  source?: number;
}

/** A batch with these rows, whose lines read `k=a k=b`. */
export function batchOf(rows: Row[], services: Dictionary): LogBatch {
  const lines = rows.map(({ keys = [] }) =>
    new TextEncoder().encode(keys.map((key) => `k=${key}`).join(" ") || "-")
  );
  const batch = new LogBatch(services, lines.reduce((sum, line) => sum + line.length + 1, 4), rows.length);
  rows.forEach((row, i) => {
    const start = batch.filled;
    batch.bytes.set(lines[i], start);
    batch.start[i] = batch.contentStart[i] = start;
    batch.recordEnd[i] = batch.contentEnd[i] = start + lines[i].length;
    batch.bytes[start + lines[i].length] = 10;
    batch.filled = start + lines[i].length + 1;
    batch.lines[i] = 1;
    batch.timestamp[i] = row.time;
    batch.severity[i] = row.severity ?? 9;
    batch.template[i] = row.template ?? 0;
    batch.service[i] = services.internText(row.service ?? "api");
  });
  batch.length = rows.length;
  return batch;
}

/** A window in plain form. */
export interface PlainWindow {
  service: string;
  start: number;
  end: number;
  lines: number;
  counts: string; // symbol:count, …
}

/** Counts of a vector as text. */
export function countsOf(vectors: CountVectors, vector: number): string {
  const { symbols, counts } = vectors.counts(vector);
  return [...symbols].map((symbol, i) => `${symbol}:${counts[i]}`).join(" ");
}

/** Takes closed windows into a table of settled ones: the last row of an identity counts, withdrawn ones go. */
export function settleInto(
  settled: Map<string, PlainWindow>,
  closed: ClosedWindows,
  { vectors, services }: { vectors: CountVectors; services: Dictionary },
): void {
  for (let i = 0; i < closed.length; i++) {
    const identity = `${closed.kind[i] === 0 ? "session" : "window"} ${closed.identity(i)}`;
    if (closed.reopened[i] === 2) settled.delete(identity);
    else {
      settled.set(identity, {
        service: services.text(closed.service[i]),
        start: closed.start[i],
        end: closed.end[i],
        lines: closed.lines[i],
        counts: countsOf(vectors, closed.vector[i]),
      });
    }
  }
}

/** A map as sorted entries, for comparison. */
export function sorted<Value>(map: Map<string, Value>): [string, Value][] {
  return [...map].sort((a, b) => a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
}
