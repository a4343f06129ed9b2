/**
 * Standard input as an input: bytes in order, once.
 *
 * @module
 */
import { Gunzip, isGzip } from "./gunzip.ts";
import { type Input, InputError, type SavedPosition } from "./input.ts";

/** The name of standard input, as it is given on a command line. */
const NAME = "-";

class StdinInput implements Input {
  readonly name = NAME;
  readonly final = true;
  #offset = 0;
  #reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  /** What was received and not handed out. */
  #rest: Uint8Array = new Uint8Array(0);
  #gunzip: Gunzip | null = null;
  #ended = false;

  constructor(readonly stream: () => ReadableStream<Uint8Array>) {}

  get offset(): number {
    return this.#offset;
  }

  async read(target: Uint8Array): Promise<number> {
    if (this.#ended) return 0;
    if (this.#reader === null) await this.#begin();
    const count = this.#gunzip === null ? await this.#take(target) : await this.#gunzip.read(target);
    this.#offset += count;
    if (count > 0) return count;
    this.#ended = true;
    if (this.#gunzip && this.#gunzip.state !== "end") {
      const what = this.#gunzip.state === "cut" ? "ends too early" : "is damaged";
      throw this.#error(`its compressed data ${what} after byte ${this.#offset}`, {
        cause: this.#gunzip.failure,
        kind: "damaged",
      });
    }
    return 0;
  }

  // deno-lint-ignore require-await -- the interface's other sources have to read for it
  async position(offset: number): Promise<SavedPosition> {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset > this.#offset) {
      throw new RangeError(
        `Cannot save a position of ${NAME}: ${offset} is not between 0 and ${this.#offset}`,
      );
    }
    return { name: NAME, offset, source: "stdin", version: 1, resumable: false };
  }

  /** What was received stays: it can't be received again. */
  close(): void {}

  /** Waits for the first bytes, which say whether the stream is compressed. */
  async #begin(): Promise<void> {
    this.#reader = this.stream().getReader();
    while (this.#rest.length < 3) {
      const more = await this.#receive();
      if (more === null) break;
      const joined = new Uint8Array(this.#rest.length + more.length);
      joined.set(this.#rest);
      joined.set(more, this.#rest.length);
      this.#rest = joined;
    }
    if (!isGzip(this.#rest)) return;
    const first = this.#rest;
    let isFirst = true;
    this.#gunzip = new Gunzip(() => {
      if (!isFirst) return this.#receive();
      isFirst = false;
      return first;
    });
  }

  async #take(target: Uint8Array): Promise<number> {
    if (this.#rest.length === 0) this.#rest = await this.#receive() ?? this.#rest;
    const count = Math.min(target.length, this.#rest.length);
    target.set(this.#rest.subarray(0, count));
    this.#rest = this.#rest.subarray(count);
    return count;
  }

  /** The next bytes, at least one; `null` at the end. */
  async #receive(): Promise<Uint8Array | null> {
    try {
      for (;;) {
        const { value, done } = await this.#reader!.read();
        if (done) return null;
        if (value.length > 0) return value;
      }
    } catch (cause) {
      throw this.#error((cause as Error).message, { cause });
    }
  }

  #error(why: string, options: ConstructorParameters<typeof InputError>[2]): InputError {
    return new InputError(`Cannot read standard input: ${why}`, NAME, options);
  }
}

/**
 * Standard input, named `-`; gzip is recognised and unpacked. What was read from it can't be read again, and its positions
 * say so (`resumable: false`).
 *
 * @param stream Where the bytes come from; the process's standard input when nothing is given, touched by the first read.
 *
 * @example
 * ```ts
 * import { stdinInput } from "./stdin.ts";
 * import assert from "node:assert/strict";
 *
 * const input = stdinInput(new Blob(["one line\n"]).stream());
 * const target = new Uint8Array(64);
 * assert.equal(await input.read(target), 9);
 * assert.equal(await input.read(target), 0);
 * ```
 */
export function stdinInput(stream?: ReadableStream<Uint8Array>): Input {
  return new StdinInput(() => stream ?? Deno.stdin.readable);
}
