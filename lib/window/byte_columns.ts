/**
 * Writing and reading of compact binary columns.
 *
 * @module
 */
import { hashBytes } from "../record/dictionary.ts";

const LARGEST_INTEGER = 2 ** 51; // of those whose zigzag form is still exact

/**
 * Grows a byte string by numbers and texts; {@linkcode ByteReader} reads it back.
 *
 * @example There and back
 * ```ts
 * import assert from "node:assert/strict";
 * import { ByteReader, ByteWriter } from "./byte_columns.ts";
 *
 * const writer = new ByteWriter();
 * writer.integer(300);
 * writer.time(1_600_000_000_000);
 * writer.text("api");
 * const reader = new ByteReader(writer.finish());
 * assert(reader.integer() === 300);
 * assert(reader.time() === 1_600_000_000_000);
 * assert(reader.text() === "api");
 * ```
 */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  #lastTime = 0;

  /** A whole number, 0 to 2^53 - 1: seven bits a byte, low ones first (LEB128). */
  integer(value: number): void {
    this.#reserve(8);
    while (value > 127) {
      this.#bytes[this.#length++] = (value % 128) | 128;
      value = Math.floor(value / 128);
    }
    this.#bytes[this.#length++] = value;
  }

  /** A 64-bit floating-point number, exactly. */
  float(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** A time in milliseconds, NaN included: the difference to the time before where both are whole numbers. */
  time(value: number): void {
    const difference = value - this.#lastTime;
    if (Number.isSafeInteger(value) && !Object.is(value, -0) && Math.abs(difference) < LARGEST_INTEGER) {
      this.integer(1 + (difference >= 0 ? difference * 2 : -difference * 2 - 1));
      this.#lastTime = value;
    } else {
      this.integer(0);
      this.float(value);
    }
  }

  /** Bytes with their length. */
  block(bytes: Uint8Array): void {
    this.integer(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Text with its length, as UTF-8. */
  text(text: string): void {
    this.block(new TextEncoder().encode(text));
  }

  /** Everything written, followed by its checksum; a view, nothing may be written afterwards. */
  finish(): Uint8Array {
    this.#reserve(4);
    this.#view.setInt32(this.#length, hashBytes(this.#bytes, 0, this.#length), true);
    return this.#bytes.subarray(0, this.#length + 4);
  }

  #reserve(length: number): void {
    if (this.#length + length + 8 <= this.#bytes.length) return;
    const bytes = new Uint8Array(this.#bytes.length * 2 + length);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

/**
 * Reads what {@linkcode ByteWriter} wrote.
 *
 * @example Damage is found at once
 * ```ts
 * import assert from "node:assert/strict";
 * import { ByteReader, ByteWriter } from "./byte_columns.ts";
 *
 * const bytes = new ByteWriter().finish();
 * bytes[0] ^= 1;
 * let refused = false;
 * try {
 *   new ByteReader(bytes);
 * } catch (error) {
 *   refused = error instanceof RangeError;
 * }
 * assert(refused);
 * ```
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;
  #lastTime = 0;

  /** @throws {RangeError} if the checksum is not that of the bytes. */
  constructor(bytes: Uint8Array) {
    const end = bytes.length - 4;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (end < 0 || this.#view.getInt32(end, true) !== hashBytes(bytes, 0, end)) {
      throw new RangeError(`Cannot restore open windows: checksum does not fit the ${bytes.length} bytes`);
    }
    this.#bytes = bytes.subarray(0, end);
  }

  /** Whether everything has been read. */
  get atEnd(): boolean {
    return this.#position === this.#bytes.length;
  }

  /** See {@linkcode ByteWriter.integer}. @throws {RangeError} if the bytes end here. */
  integer(): number {
    let value = 0, factor = 1, byte = 0;
    do {
      this.#need(1);
      byte = this.#bytes[this.#position++];
      value += (byte & 127) * factor;
      factor *= 128;
    } while (byte > 127);
    return value;
  }

  /** See {@linkcode ByteWriter.float}. @throws {RangeError} if the bytes end here. */
  float(): number {
    this.#need(8);
    this.#position += 8;
    return this.#view.getFloat64(this.#position - 8, true);
  }

  /** See {@linkcode ByteWriter.time}. @throws {RangeError} if the bytes end here. */
  time(): number {
    const code = this.integer();
    if (code === 0) return this.float();
    const zigzag = code - 1;
    this.#lastTime += zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    return this.#lastTime;
  }

  /** See {@linkcode ByteWriter.block}; a view. @throws {RangeError} if the bytes end here. */
  block(): Uint8Array {
    const length = this.integer();
    this.#need(length);
    this.#position += length;
    return this.#bytes.subarray(this.#position - length, this.#position);
  }

  /** See {@linkcode ByteWriter.text}. @throws {RangeError} if the bytes end here. */
  text(): string {
    return new TextDecoder().decode(this.block());
  }

  #need(length: number): void {
    if (this.#position + length > this.#bytes.length) {
      throw new RangeError(`Cannot restore open windows: they end early, at byte ${this.#bytes.length}`);
    }
  }
}
