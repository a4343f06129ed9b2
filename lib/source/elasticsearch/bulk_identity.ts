/**
 * Names of documents that come out the same whenever the same log is shipped again.
 *
 * @module
 */

const DIGITS = new TextEncoder().encode("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
/** Bytes of a name. */
export const ID_BYTES = 24;

/**
 * Follows the records of one file and names each of them by the log's name, the record's offset and all records up to it.
 *
 * So a record has the same name wherever rotation moved, copied or compressed its file, and however often it is sent; and the
 * records of the log's next file have others, although they lie at the same offsets, unless both files are equal up to there.
 * Names rise with the offset, which an index finds again quickly.
 *
 * The hash is that of `fingerprint.ts`, carried on from record to record: 64 bits beside 32 of the log's name and 48 of the offset.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogChain } from "./bulk_identity.ts";
 *
 * const line = new TextEncoder().encode("no stock"), name = (chain: LogChain) => new TextDecoder().decode(chain.next(line, 0, 8, 100));
 * const first = new LogChain("host:/var/log/shop.log"), again = new LogChain("host:/var/log/shop.log");
 * assert.equal(name(first), name(again));
 * assert.notEqual(name(first), name(new LogChain("host:/var/log/shop.log"))); // other records stand before it
 * ```
 */
export class LogChain {
  #log: number;
  #a: number;
  #b: number;
  readonly #name = new Uint8Array(ID_BYTES);

  /**
   * @param log Name of the log, the same for all of its files, another one on another machine.
   * @param state Where an earlier one stopped, see {@linkcode state}.
   * @throws {SyntaxError} if the state is none.
   */
  constructor(log: string, state = "811c9dc59e3779b9") {
    if (!/^[0-9a-f]{16}$/.test(state)) throw new SyntaxError(`Cannot follow a log: its state is "${state}"`);
    this.#a = 0x811c9dc5 | 0;
    this.#b = 0x9e3779b9 | 0;
    const bytes = new TextEncoder().encode(log);
    this.#add(bytes, 0, bytes.length);
    this.#mix();
    this.#log = this.#a ^ this.#b;
    this.#a = parseInt(state.slice(0, 8), 16) | 0;
    this.#b = parseInt(state.slice(8), 16) | 0;
  }

  /** What a later one goes on from. */
  get state(): string {
    return hexadecimal(this.#a) + hexadecimal(this.#b);
  }

  /**
   * The name of the next record `bytes[start, end)`; the bytes are reused by the next call.
   *
   * @param offset Where the record lies in its file.
   */
  next(bytes: Uint8Array, start: number, end: number, offset: number): Uint8Array {
    this.#a ^= end - start;
    this.#add(bytes, start, end);
    this.#mix();
    const high = Math.floor(offset / 0x1000000), low = offset % 0x1000000; // 24 bits each
    const log = this.#log, a = this.#a, b = this.#b;
    this.#write(0, log >>> 8); // six bits a digit, 24 a time: log 32, offset 48, hash 64
    this.#write(4, (log & 0xff) << 16 | high >>> 8);
    this.#write(8, (high & 0xff) << 16 | low >>> 8);
    this.#write(12, (low & 0xff) << 16 | a >>> 16);
    this.#write(16, (a & 0xffff) << 8 | b >>> 24);
    this.#write(20, b & 0xffffff);
    return this.#name;
  }

  #write(at: number, bits: number): void {
    const name = this.#name;
    name[at] = DIGITS[bits >>> 18 & 63];
    name[at + 1] = DIGITS[bits >>> 12 & 63];
    name[at + 2] = DIGITS[bits >>> 6 & 63];
    name[at + 3] = DIGITS[bits & 63];
  }

  #add(bytes: Uint8Array, start: number, end: number): void {
    let a = this.#a, b = this.#b;
    for (let p = start; p < end; p++) {
      const byte = bytes[p];
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte, 0x85ebca6b);
      b ^= b >>> 15;
    }
    this.#a = a;
    this.#b = b;
  }

  #mix(): void {
    this.#a = Math.imul(this.#a ^ this.#a >>> 16, 0xc2b2ae35) ^ this.#b;
    this.#b = Math.imul(this.#b ^ this.#b >>> 13, 0x27d4eb2f) ^ this.#a;
  }
}

function hexadecimal(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, "0");
}
