/**
 * Batches for tests.
 *
 * @module
 */
import { LogBatch } from "../../../lib/record/log_batch.ts";

/** A batch of messages, each a record of one line. */
export function batchOf(lines: readonly string[]): LogBatch {
  const encoder = new TextEncoder(), batch = new LogBatch(undefined, undefined, Math.max(1, lines.length));
  lines.forEach((line, row) => {
    const bytes = encoder.encode(line);
    batch.bytes.set(bytes, batch.filled);
    batch.start[row] = batch.contentStart[row] = batch.filled;
    batch.filled += bytes.length;
    batch.contentEnd[row] = batch.recordEnd[row] = batch.filled;
    batch.lines[row] = batch.parsed[row] = 1;
    batch.severity[row] = 9;
    batch.timestamp[row] = 1000 * row;
  });
  batch.length = lines.length;
  return batch;
}
