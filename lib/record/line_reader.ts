/**
 * An input's bytes → physical lines of a batch, in bounded memory.
 *
 * @module
 */
import type { Input } from "../source/input.ts";
import type { BatchPool } from "./batch_pool.ts";
import { cutEnd, findLines, LINE_LIMIT, type LinesFound } from "./lines.ts";
import type { LogBatch } from "./log_batch.ts";

/** Where a reader's batches come from: one of its own, or a pool. */
export type Batches = Pick<BatchPool, "fit" | "giveBack">;

/**
 * Fills a batch's buffer from an input, again and again, and finds its lines. What a pass does not hand out (an unfinished line,
 * lines that the columns had no room for) moves to the front for the next one.
 *
 * A line longer than the buffer keeps only its beginning while the rest is read; it is handed out alone once its newline is there,
 * with {@linkcode LogBatch.skipped} saying how many bytes were not kept.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { BatchPool } from "./batch_pool.ts";
 * import { Dictionary } from "./dictionary.ts";
 * import { LineReader } from "./line_reader.ts";
 *
 * let bytes = new TextEncoder().encode("one\ntwo\nthr");
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
 * const reader = new LineReader(input, new BatchPool(new Dictionary()));
 * assert(await reader.fill());
 * reader.take();
 * assert(reader.batch?.length === 2 && reader.offset === 8);
 * assert(await reader.fill() === false); // "thr" may go on
 * ```
 */
export class LineReader {
  /** Offset in the input behind all lines handed out. */
  offset: number;
  readonly #input: Input;
  readonly #batches: Batches;
  readonly #limit: number;
  #batch: LogBatch | null = null;
  #tail = new Uint8Array(0); // what was read and not handed out when the batch was given back
  #available = 0; // bytes in the buffer
  #used = 0; // bytes of the buffer handed out with the last lines
  #dropped = 0; // bytes of a line over the buffer that were read and not kept
  #newline = -1; // in the buffer, of such a line
  #ended = false; // whether the last read gave nothing
  #failure: { error: unknown } | null = null; // of a read, thrown once all that came before it was handed out

  /**
   * @param batches Where the batch to fill comes from; the buffer of a large one must hold more than twice `limit`.
   * @param limit Bytes of a line at the most.
   */
  constructor(input: Input, batches: Batches, limit = LINE_LIMIT) {
    this.#input = input;
    this.#batches = batches;
    this.#limit = limit;
    this.offset = input.offset;
  }

  /** The batch that was filled last; `null` before the first and after {@linkcode release}. */
  get batch(): LogBatch | null {
    return this.#batch;
  }

  /** Gives the batch back. The next {@linkcode fill} takes another one and goes on as if nothing had been. */
  release(): void {
    const batch = this.#batch;
    if (batch === null) return;
    this.#tail = batch.bytes.slice(this.#used, this.#available);
    this.#batch = null;
    this.#available = this.#used = 0;
    this.#batches.giveBack(batch);
  }

  /**
   * Begins a new batch: reads until a whole line is in the buffer. The last line of a final input is whole at its end.
   *
   * @param enough Read so many bytes and no more, if a line ends in them; default: as many as there is room for, but no second
   * time once a line has ended.
   * @returns Whether there is a line for {@linkcode take}.
   * @throws {InputError} when the input can't be read and every line before was handed out.
   */
  async fill(enough = 0): Promise<boolean> {
    let { bytes } = this.#begin(enough);
    let whole = bytes.subarray(0, this.#available).includes(10);
    if (!whole || this.#available < enough) this.#ended = false;
    while (!this.#ended && this.#dropped === 0 && (!whole || this.#available < enough)) {
      if (this.#available === bytes.length) {
        if (whole) break;
        ({ bytes } = this.#fit(bytes.length + 1));
        if (this.#available === bytes.length) break;
      }
      const from = this.#available;
      this.#available += await this.#read(from, from < enough ? enough : bytes.length);
      whole ||= bytes.subarray(from, this.#available).includes(10);
    }
    if (!whole && this.#dropped === 0 && this.#available === bytes.length) {
      this.#available = this.#kept;
      this.#dropped = bytes.length - this.#kept;
    }
    if (this.#dropped > 0) whole = await this.#skip();
    else whole ||= this.#available > 0 && this.#ended && this.#input.final;
    if (!whole && this.#failure !== null) this.#throw();
    return whole;
  }

  /** Finds the lines in the buffer: fills the batch's rows and moves {@linkcode offset} behind them. */
  take(): LinesFound {
    const batch = this.#batch!;
    const found = this.#dropped > 0 ? this.#overlong() : findLines(batch, this.#available, {
      limit: this.#limit,
      final: this.#ended && this.#input.final,
    });
    if (this.#dropped === 0) this.#used = found.consumed;
    batch.filled = found.consumed;
    this.#dropped = 0;
    this.offset = batch.base + batch.filled + batch.skipped;
    return found;
  }

  /**
   * Takes less than {@linkcode take} did just now: only the lines before `end`, the beginning of one of its lines. The others
   * come with the next batch. Fills the batch's rows anew.
   */
  takeBefore(end: number): LinesFound {
    const batch = this.#batch!, { bytes } = batch, behind = bytes.slice(end, end + 3);
    const found = findLines(batch, end, { limit: this.#limit });
    bytes.set(behind, end); // which the search has written over
    this.#used = batch.filled = end;
    this.offset = batch.base + end;
    return found;
  }

  /**
   * Takes back what {@linkcode take} took just now and reads on, so that it is found again together with what follows.
   *
   * @returns Whether there is more; `null` where there is none yet.
   */
  async readOn(): Promise<boolean | null> {
    const before = this.#available;
    this.#used = 0;
    this.offset = this.#batch!.base;
    await this.fill(before + 1);
    if (this.#available > before) return true;
    const full = before === this.#batch!.bytes.length;
    return full || this.#input.final || this.#failure !== null ? false : null;
  }

  /** Bytes at the front of the buffer that follow each other in the input: all of them, or what is kept of a line over the buffer. */
  get contiguous(): number {
    return this.#dropped > 0 ? this.#kept : this.#available;
  }

  /** What stays of a line over the buffer: the limit, and room to see whether a UTF-8 sequence is cut there. */
  get #kept(): number {
    return this.#limit + 4;
  }

  /** What was not handed out moves to the front of the batch, or of a more fitting one. */
  #begin(enough: number): LogBatch {
    const rest = Math.max(this.#available - this.#used, this.#tail.length);
    const batch = this.#fit(Math.max(enough, rest + 1));
    batch.base = this.offset;
    batch.length =
      batch.filled =
      batch.skipped =
      batch.continued =
        0;
    return batch;
  }

  #fit(least: number): LogBatch {
    const present = this.#batch, batch = this.#batches.fit(present, least);
    const rest = present?.bytes.subarray(this.#used, this.#available) ?? this.#tail;
    if (present !== batch) batch.bytes.set(rest);
    else if (this.#used > 0) batch.bytes.copyWithin(0, this.#used, this.#available);
    this.#available = rest.length;
    this.#used = 0;
    this.#tail = new Uint8Array(0);
    this.#batch = batch;
    if (present !== null && present !== batch) {
      batch.base = present.base;
      batch.length =
        batch.filled =
        batch.skipped =
        batch.continued =
          0;
      this.#batches.giveBack(present);
    }
    return batch;
  }

  async #read(from: number, to?: number): Promise<number> {
    this.#ended = true;
    if (this.#failure !== null) return 0;
    try {
      const count = await this.#input.read(this.#batch!.bytes.subarray(from, to));
      this.#ended = count === 0;
      return count;
    } catch (error) {
      this.#failure = { error };
      return 0;
    }
  }

  #throw(): never {
    const { error } = this.#failure!;
    this.#failure = null;
    throw error;
  }

  /** Reads on to the newline of a line over the buffer; whether the line is whole now. */
  async #skip(): Promise<boolean> {
    const { bytes } = this.#batch!, kept = this.#kept;
    this.#newline = -1;
    while (this.#newline < 0) {
      const count = await this.#read(kept);
      this.#available = kept + count;
      if (count === 0) return this.#input.final;
      this.#newline = bytes.subarray(0, this.#available).indexOf(10, kept);
      if (this.#newline < 0) this.#dropped += count;
    }
    return true;
  }

  #overlong(): LinesFound {
    const batch = this.#batch!, kept = this.#kept;
    this.#used = this.#newline < 0 ? kept : this.#newline + 1;
    batch.start[0] = 0;
    batch.recordEnd[0] = cutEnd(batch.bytes, 0, this.#limit);
    batch.length = batch.lines[0] = 1;
    batch.skipped = this.#used - kept + this.#dropped;
    const nul = batch.bytes.subarray(0, batch.recordEnd[0]).includes(0) ? 1 : 0;
    return { consumed: kept, cut: 1, firstCut: 0, nul, firstNul: nul - 1, ascii: false };
  }
}
