/**
 * Container runtimes cut long lines into pieces.
 *
 * @module
 */
import type { ParserState } from "../format.ts";
import type { LogBatch } from "../log_batch.ts";

/**
 * Tells which lines go on with a piece before them: the next line of the same stream, and no other. Where the piece ended in the
 * input is what is carried on, so that a reader that continues elsewhere isn't misled.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../log_batch.ts";
 * import { PartialLine } from "./partial_line.ts";
 *
 * const batch = new LogBatch(), pieces = new PartialLine();
 * batch.recordEnd.set([40, 81]);
 * batch.start.set([0, 41]);
 * assert(!pieces.goesOn(batch, 0, 1));
 * pieces.note(batch, 0, 1);
 * assert(pieces.goesOn(batch, 1, 1));
 * ```
 */
export class PartialLine {
  #end: number; // offset in the input behind the last piece, -1 where the last line was no piece
  #stream: number;

  /** @param state What {@linkcode state} gave at the end of an earlier run. */
  constructor(state: ParserState = {}) {
    this.#end = typeof state.partialEnd === "number" ? state.partialEnd : -1;
    this.#stream = typeof state.partialStream === "number" ? state.partialStream : 0;
  }

  /** Whether line `i` of this stream goes on with a piece; it ends it, unless it is noted as a piece too. */
  goesOn(batch: LogBatch, i: number, stream: number): boolean {
    const gap = batch.base + batch.start[i] - this.#end; // the newline, maybe with a carriage return
    const goesOn = this.#end >= 0 && (gap === 1 || gap === 2) && stream === this.#stream;
    this.#end = -1;
    return goesOn;
  }

  /** Line `i` of this stream is a piece that is not the last one. */
  note(batch: LogBatch, i: number, stream: number): void {
    this.#end = batch.base + batch.recordEnd[i];
    this.#stream = stream;
  }

  /** Plain data to go on from. */
  state(): ParserState {
    return this.#end < 0 ? {} : { partialEnd: this.#end, partialStream: this.#stream };
  }
}
