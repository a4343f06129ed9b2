/**
 * Lines of an input of which no block is cut.
 *
 * @module
 */
import { type BlockStep, unfinishedBlock } from "./blocks.ts";
import type { LineReader } from "./line_reader.ts";
import type { LinesFound } from "./lines.ts";

/**
 * Takes the lines that a reader has, without a block at their end that may go on: it comes with what follows it, or alone where the
 * input ends. `null` where there is nothing else yet.
 *
 * @param lines It was filled just now.
 * @param step Which lines belong together.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { BatchPool } from "./batch_pool.ts";
 * import { Dictionary } from "./dictionary.ts";
 * import { LineReader } from "./line_reader.ts";
 * import { takeWholeBlocks } from "./whole_blocks.ts";
 *
 * let bytes = new TextEncoder().encode("up\n# shop\npaid\n# stock\n");
 * const input = {
 *   name: "shop.log",
 *   offset: 0,
 *   final: false,
 *   read(target: Uint8Array) {
 *     const length = bytes.length;
 *     target.set(bytes);
 *     bytes = new Uint8Array(0);
 *     return Promise.resolve(length);
 *   },
 *   position: (offset: number) => Promise.resolve({ name: "shop.log", offset }),
 *   close() {},
 * };
 * const lines = new LineReader(input, new BatchPool(new Dictionary()));
 * await lines.fill();
 * await takeWholeBlocks(lines, (bytes, start, _end, state) => bytes[start] === 35 ? 1 : state === 0 ? 0 : -1);
 * assert(lines.batch?.length === 3 && lines.offset === 15);
 * ```
 */
export async function takeWholeBlocks(lines: LineReader, step: BlockStep): Promise<LinesFound | null> {
  let found = lines.take();
  while (lines.batch!.skipped === 0) {
    const batch = lines.batch!, first = unfinishedBlock(batch, step);
    if (first === batch.length) break;
    if (first > 0) return lines.takeBefore(batch.start[first]);
    const more = await lines.readOn();
    if (more === null) return null;
    found = lines.take();
    if (!more) break;
  }
  return found;
}
