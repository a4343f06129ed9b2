/**
 * How much of a file a format reads whose headers have several lines.
 *
 * @module
 */
import { gatherBlocks } from "./blocks.ts";
import { Dictionary } from "./dictionary.ts";
import type { Format, FormatOptions } from "./format.ts";
import { findLines } from "./lines.ts";
import { LogBatch } from "./log_batch.ts";

/** What {@linkcode tryBlocks} tries on. */
export interface BlockTrialLines {
  /** Physical lines that can begin a record: rows that are neither blank nor indented. */
  beginning: readonly number[];
  /** What the format needs to know beyond the lines. */
  options?: FormatOptions;
}

/**
 * The shares of lines that the format reads, and in which it finds a service: of those that can begin a record, with all of a block.
 *
 * @param format One with {@linkcode Format.block}.
 * @param physical Physical lines, which stay as they are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tryBlocks } from "./block_trial.ts";
 * import { mysqlSlow } from "./formats/mysql_slow.ts";
 * import { findLines } from "./lines.ts";
 * import { LogBatch } from "./log_batch.ts";
 *
 * const batch = new LogBatch();
 * findLines(batch, new TextEncoder().encodeInto(mysqlSlow.examples[0], batch.bytes).written, { final: true });
 * assert(tryBlocks(mysqlSlow, batch, { beginning: [0, 1, 2, 3, 4, 5] }).share === 1);
 * ```
 */
export function tryBlocks(format: Format, physical: LogBatch, { beginning, options }: BlockTrialLines) {
  const end = physical.length === 0 ? 0 : physical.recordEnd[physical.length - 1];
  const batch = new LogBatch(new Dictionary(), end + 4, physical.length + 1),
    { start, parsed, service } = batch;
  batch.bytes.set(physical.bytes.subarray(0, end));
  findLines(batch, end, { final: true });
  gatherBlocks(batch, format.block!);
  format.open(options).parse(batch, 0, batch.length);
  let read = 0, named = 0, row = 0;
  for (const line of beginning) {
    while (row + 1 < batch.length && start[row + 1] <= physical.start[line]) row++;
    read += parsed[row];
    if (service[row] >= 0) named++;
  }
  const count = Math.max(1, beginning.length);
  return { format, share: read / count, named: named / count };
}
