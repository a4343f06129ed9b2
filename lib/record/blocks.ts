/**
 * Headers of several lines.
 *
 * @module
 */
import type { LogBatch } from "./log_batch.ts";

/** Lines of a block at the most; what follows is lines of their own. */
const BLOCK_LINES = 64;
/** Bytes of a block at the most. */
const BLOCK_BYTES = 65_536;

/**
 * Where a block stands behind the line `bytes[start, end)`, given where it stood before it (0 = outside of any): 0 where the line
 * doesn't belong to it, or begins none; above 0 where it does and more may follow; below 0 where it is the last line.
 */
export type BlockStep = (bytes: Uint8Array, start: number, end: number, state: number) => number;

/**
 * Makes one row of each block: of the lines from the first one of its header to the last one that the format asks for. Lines that belong to
 * none stay rows. What belongs to a block depends on its lines alone.
 *
 * @param batch Its rows are physical lines.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gatherBlocks } from "./blocks.ts";
 * import { findLines } from "./lines.ts";
 * import { LogBatch } from "./log_batch.ts";
 *
 * const batch = new LogBatch();
 * findLines(batch, new TextEncoder().encodeInto("# shop\npaid\nand more\n", batch.bytes).written);
 * gatherBlocks(batch, (bytes, start, _end, state) => bytes[start] === 35 ? 1 : state === 0 ? 0 : -1);
 * assert(batch.length === 2 && batch.lines[0] === 2);
 * ```
 */
export function gatherBlocks(batch: LogBatch, step: BlockStep): void {
  const { start, recordEnd, lines, length } = batch;
  let rows = 0;
  for (let i = 0; i < length; rows++) {
    const end = blockEnd(batch, i, step), next = Math.abs(end);
    start[rows] = start[i];
    recordEnd[rows] = recordEnd[next - 1];
    lines[rows] = next - i;
    i = next;
  }
  batch.length = rows;
}

/**
 * The row at which a block begins that may go on behind the batch's last line; the batch's length where there is none.
 *
 * @param batch Its rows are physical lines.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { unfinishedBlock } from "./blocks.ts";
 * import { findLines } from "./lines.ts";
 * import { LogBatch } from "./log_batch.ts";
 *
 * const batch = new LogBatch();
 * findLines(batch, new TextEncoder().encodeInto("# shop\npaid\n# stock\n", batch.bytes).written);
 * assert(unfinishedBlock(batch, (bytes, start, _end, state) => bytes[start] === 35 ? 1 : state === 0 ? 0 : -1) === 2);
 * ```
 */
export function unfinishedBlock(batch: LogBatch, step: BlockStep): number {
  for (let i = 0; i < batch.length;) {
    const end = blockEnd(batch, i, step);
    if (end < 0) return i;
    i = end;
  }
  return batch.length;
}

/** The row behind the block, or the single line, that begins at row `first`; negative where the block may go on there. */
function blockEnd(batch: LogBatch, first: number, step: BlockStep): number {
  const { bytes, start, recordEnd, length } = batch;
  let state = step(bytes, start[first], recordEnd[first], 0), i = first + 1;
  for (; state > 0 && i < length; i++) {
    if (i - first >= BLOCK_LINES || recordEnd[i] - start[first] > BLOCK_BYTES) return i;
    state = step(bytes, start[i], recordEnd[i], state);
    if (state === 0) return i;
  }
  return state > 0 ? -i : i;
}
