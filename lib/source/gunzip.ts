/**
 * gzip as one stream of bytes: several members, zero padding behind the last one, an end that is missing.
 *
 * Node's inflater is used because `DecompressionStream` refuses a second member and padding; see RFC 1952 §2.2.
 *
 * @module
 */
import type { Gunzip as Inflater } from "node:zlib";

/** Compressed bytes, piece by piece; `null` at the end. A piece must stay as it is until the next is asked for. */
export type NextPiece = () => Uint8Array | null | Promise<Uint8Array | null>;

/** How far a gzip stream has been read: more may come, it ended as it should, it ended too early, its data is wrong. */
export type GunzipState = "open" | "end" | "cut" | "damaged";

/**
 * Whether bytes begin as gzip does (RFC 1952 §2.3.1: two magic bytes, then method 8).
 *
 * @example
 * ```ts
 * import { isGzip } from "./gunzip.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(isGzip(new Uint8Array([0x1f, 0x8b, 8, 0])), true);
 * assert.equal(isGzip(new TextEncoder().encode("a line\n")), false);
 * ```
 */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 3 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/**
 * Decompresses while it is read.
 *
 * A piece is handed to the inflater only when everything made of the last one has been taken, so no more is held in memory
 * than one piece unfolds to. Nothing is thrown for bad data: {@linkcode state} and {@linkcode failure} say what happened
 * once the good bytes before it have been handed out. Of a damaged piece nothing is: smaller pieces lose less.
 *
 * @example
 * ```ts
 * import { gzipSync } from "node:zlib";
 * import { Gunzip } from "./gunzip.ts";
 * import assert from "node:assert/strict";
 *
 * const pieces: Uint8Array[] = [gzipSync("one\n"), gzipSync("two\n")];
 * const gunzip = new Gunzip(() => pieces.shift() ?? null);
 * const target = new Uint8Array(64);
 * let length = 0;
 * for (let count; (count = await gunzip.read(target.subarray(length))) > 0;) length += count;
 * assert.equal(new TextDecoder().decode(target.subarray(0, length)), "one\ntwo\n");
 * assert.equal(gunzip.state, "end");
 * ```
 */
export class Gunzip {
  #state: GunzipState = "open";
  #failure: Error | null = null;
  #offset = 0;
  /** What was made of the last piece and has not been taken; only the first may be begun, at `#taken`. */
  #made: Uint8Array[] = [];
  #taken = 0;
  #finished = false;
  #settle: () => void = () => {};
  readonly #next: NextPiece;
  #inflater: Inflater | null = null; // from the first piece on

  /** @param next Gives the compressed bytes in order. */
  constructor(next: NextPiece) {
    this.#next = next;
  }

  /** Bytes handed out so far. */
  get offset(): number {
    return this.#offset;
  }

  /** `open` until {@linkcode read} has returned 0. */
  get state(): GunzipState {
    return this.#state;
  }

  /** What the inflater said when the data was cut or damaged. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** Fills `target` as far as one piece allows; 0 = the end, {@linkcode state} says which. */
  async read(target: Uint8Array): Promise<number> {
    while (this.#made.length === 0 && !this.#finished) await this.#advance();
    let count = 0;
    while (count < target.length && this.#made.length > 0) {
      const chunk = this.#made[0];
      const length = Math.min(target.length - count, chunk.length - this.#taken);
      target.set(chunk.subarray(this.#taken, this.#taken + length), count);
      count += length;
      this.#taken += length;
      if (this.#taken === chunk.length) {
        this.#made.shift();
        this.#taken = 0;
      }
    }
    this.#offset += count;
    if (count === 0 && target.length > 0 && this.#state === "open") this.#state = this.#ending();
    return count;
  }

  /** Gives up the inflater's memory. */
  close(): void {
    this.#finished = true;
    this.#inflater?.destroy();
  }

  /** Node's inflater takes longer to load than a run that finds nothing new. */
  async #begin(): Promise<Inflater> {
    const { createGunzip } = await import("node:zlib"), inflater = createGunzip({ chunkSize: 1 << 18 });
    inflater.on("data", (chunk: Uint8Array) => this.#made.push(chunk));
    inflater.on("error", (cause: Error & { code?: string }) => {
      this.#failure ??= cause;
      this.#finish();
    });
    inflater.on("end", () => this.#finish());
    return inflater;
  }

  #ending(): GunzipState {
    if (this.#failure === null) return "end";
    return (this.#failure as { code?: string }).code === "Z_BUF_ERROR" ? "cut" : "damaged";
  }

  #finish(): void {
    this.#finished = true;
    this.#settle();
  }

  async #advance(): Promise<void> {
    const inflater = this.#inflater ??= await this.#begin(), piece = await this.#next();
    if (this.#finished) return void inflater.destroy();
    await new Promise<void>((resolve) => {
      this.#settle = resolve;
      if (piece === null) inflater.end();
      else inflater.write(piece, () => resolve());
    });
  }
}
