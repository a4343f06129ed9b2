/**
 * One input among others: its present batch, and where it stands.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";
import type { ReaderState } from "../record/reader_state.ts";
import type { RecordReader } from "../record/record_reader.ts";
import { type Input, InputError, type InputNote, type SavedPosition } from "../source/input.ts";

/** Where an input stands: everything before it was handed out. */
export interface InputPosition {
  name: string;
  position: SavedPosition;
  reader: ReaderState;
}

/** How a {@linkcode LogHead} reads. */
export interface HeadOptions {
  /** Makes a reader of the input where it stands, which goes on from a state; absent = from what an earlier run left. */
  open: (state?: ReaderState) => RecordReader;
  /** Number of its log. */
  source: number;
  /** Its place among the inputs. */
  order: number;
  /** Called with every batch before its rows are handed out. */
  onBatch?: (batch: LogBatch) => void;
}

/**
 * An input with its next row. While it *sleeps* its next time is known, but it holds neither a batch nor an open file.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { RecordReader } from "../record/record_reader.ts";
 * import { stdinInput } from "../source/stdin.ts";
 * import { LogHead } from "./log_head.ts";
 *
 * const input = stdinInput(new Blob(["2026-03-02T10:00:00Z INFO up\n"]).stream());
 * const open = () => new RecordReader(input, { services: new Dictionary(), fallbackService: "web" });
 * const head = new LogHead(input, { open, source: 0, order: 0 });
 * await head.fill();
 * assert.equal(head.time, Date.UTC(2026, 2, 2, 10));
 * ```
 */
export class LogHead {
  readonly input: Input;
  readonly source: number;
  readonly order: number;
  reader: RecordReader;
  batch: LogBatch | null = null;
  /** Next row to hand out. */
  row = 0;
  /** Time of that row; a row without a time has that of the row before it. */
  time: number;
  /** Whether nothing more comes. */
  isDone = false;
  /** Why it ends where it does, when it could not be read to its end. */
  note: InputNote | null = null;
  readonly #options: HeadOptions;
  #position: InputPosition | null = null;
  /** Whether its format wasn't known before it was looked at. */
  readonly #isNew: boolean;

  constructor(input: Input, options: HeadOptions) {
    this.input = input;
    this.source = options.source;
    this.order = options.order;
    this.reader = options.open();
    const { format, lastTime } = this.reader.state();
    this.#isNew = format === null;
    this.time = lastTime ?? -Infinity;
    this.#options = options;
  }

  /** Whether all rows of the present batch have been handed out, or there was none yet. */
  get isUsedUp(): boolean {
    return !this.isDone && (this.batch === null || this.row === this.batch.length);
  }

  /** Whether it can be put to sleep: it goes back to where it began to be read. */
  get canSleep(): boolean {
    return this.input.rewind !== undefined;
  }

  /** Loads the next batch that has rows if the present one is used up. */
  async fill(): Promise<void> {
    while (this.isUsedUp) {
      await this.#next();
      if (this.batch !== null) this.#options.onBatch?.(this.batch);
    }
    this.#see();
  }

  /** Looks at the first row, then goes back to sleep. */
  async peek(): Promise<void> {
    while (this.isUsedUp) await this.#next();
    this.#see();
    if (this.isDone) return;
    const told = this.#isNew ? this.reader.state(0) : undefined; // its format need not be found out again
    this.batch = null;
    this.reader.release();
    this.input.rewind!();
    this.reader = this.#options.open(told);
  }

  /** Where it stands, for a later run. */
  async position(): Promise<InputPosition> {
    if (this.#position !== null) return this.#position;
    const { batch, row, reader, input } = this, isBetween = batch !== null && row < batch.length;
    const consumed = isBetween ? batch.base + batch.start[row] : reader.offset;
    const position = await input.position(consumed);
    const saved = { name: input.name, position, reader: reader.state(isBetween ? row : undefined) };
    if (this.isDone) this.#position = saved; // it stays there
    return saved;
  }

  /** A file that can't be read ends there: one damaged file must not stop the others. */
  async #next(): Promise<void> {
    this.batch = null;
    this.row = 0;
    try {
      this.batch = await this.reader.next();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.note = error.note;
    }
    if (this.batch !== null) return;
    this.isDone = true;
    this.reader.release();
    this.reader.close();
  }

  #see(): void {
    if (this.batch === null) return;
    const time = this.batch.timestamp[this.row];
    if (!Number.isNaN(time)) this.time = time;
  }
}
