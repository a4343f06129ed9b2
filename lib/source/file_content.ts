/**
 * The bytes of one opened file, plain or decompressed, by offset.
 *
 * @module
 */
import * as fs from "node:fs";
import { Gunzip, type GunzipState, isGzip } from "./gunzip.ts";
import { hashBytes, type Mark, MARK_REACH, Trail } from "./fingerprint.ts";

/** Compressed bytes that the inflater gets at a time. */
const PIECE = 64 * 1024;

/** What the platform knows a file by, whatever its name is. */
export interface FileIdentity {
  device: number | null;
  inode: number | null;
  /** ms since the epoch. */
  born: number | null;
}

/**
 * Reads a {@linkcode FileIdentity} out of what `stat` said.
 *
 * @example
 * ```ts
 * import { statSync } from "node:fs";
 * import { identityOf } from "./file_content.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(Object.keys(identityOf(statSync("."))), ["device", "inode", "born"]);
 * ```
 */
export function identityOf(stat: fs.Stats): FileIdentity {
  return {
    device: stat.ino > 0 ? stat.dev : null,
    inode: stat.ino > 0 ? stat.ino : null,
    born: Number.isFinite(stat.birthtimeMs) && stat.birthtimeMs > 0 ? stat.birthtimeMs : null,
  };
}

/**
 * Whether two identities are of one file; never where the platform gives none.
 *
 * @example
 * ```ts
 * import { isSameFile } from "./file_content.ts";
 * import assert from "node:assert/strict";
 *
 * const old = { device: 1, inode: 5, born: 1000 };
 * assert.equal(isSameFile(old, { ...old }), true);
 * assert.equal(isSameFile(old, { ...old, born: 2000 }), false); // the number was given to a new file
 * ```
 */
export function isSameFile(a: FileIdentity, b: FileIdentity): boolean {
  return a.inode !== null && a.inode === b.inode && a.device === b.device &&
    (a.born === null || b.born === null || a.born === b.born);
}

/** An opened file. */
export interface FileContent {
  readonly identity: FileIdentity;
  /** The first and the last bytes on disk as they were when the file was opened. */
  readonly ends: readonly Mark[];
  /** Size and hashes of both ends of the compressed file; `null` for a plain one. */
  readonly packed: string | null;
  /** Of a compressed file: how it ended, once a read has returned 0. A plain one stays `open`. */
  readonly state: GunzipState;
  /** What was wrong with the compressed data. */
  readonly failure: Error | null;
  /** Fills `target` from `offset` as far as one read goes; 0 = nothing there. Going back in a compressed file starts anew. */
  readAt(target: Uint8Array, offset: number): number | Promise<number>;
  /** Whether the bytes on disk that a mark covers are there and the same now. */
  holds(mark: Mark): boolean;
  close(): void;
}

class PlainContent implements FileContent {
  readonly packed = null;
  readonly state = "open";
  readonly failure = null;
  constructor(
    readonly descriptor: number,
    readonly identity: FileIdentity,
    readonly ends: readonly Mark[],
  ) {}

  readAt(target: Uint8Array, offset: number): number {
    return fs.readSync(this.descriptor, target, 0, target.length, offset);
  }

  holds(mark: Mark): boolean {
    return isOnDisk(this.descriptor, mark);
  }

  close(): void {
    fs.closeSync(this.descriptor);
  }
}

class GzipContent implements FileContent {
  #gunzip: Gunzip | null = null;
  /** Offset in the compressed file of the piece that the inflater has, and of the next. */
  #piece = 0;
  #nextPiece = 0;
  /** Where pieces become single bytes, because one from here on was found damaged. */
  #fineFrom = Infinity;
  readonly #buffer = new Uint8Array(PIECE);
  readonly #skipped = new Uint8Array(PIECE);

  constructor(
    readonly descriptor: number,
    readonly identity: FileIdentity,
    readonly ends: readonly Mark[],
    readonly packed: string,
  ) {}

  get state(): GunzipState {
    return this.#gunzip?.state ?? "open";
  }

  get failure(): Error | null {
    return this.#gunzip?.failure ?? null;
  }

  async readAt(target: Uint8Array, offset: number): Promise<number> {
    if (this.#gunzip === null || offset < this.#gunzip.offset) this.#restart();
    const count = await this.#readFrom(target, offset);
    if (count > 0 || this.state !== "damaged" || this.#fineFrom < Infinity) return count;
    this.#fineFrom = this.#piece; // once more, in the smallest steps, for the good bytes right before the damage
    this.#restart();
    return await this.#readFrom(target, offset);
  }

  holds(mark: Mark): boolean {
    return isOnDisk(this.descriptor, mark);
  }

  close(): void {
    this.#gunzip?.close();
    fs.closeSync(this.descriptor);
  }

  async #readFrom(target: Uint8Array, offset: number): Promise<number> {
    const gunzip = this.#gunzip!;
    while (gunzip.offset < offset) {
      const count = await gunzip.read(this.#skipped.subarray(0, Math.min(PIECE, offset - gunzip.offset)));
      if (count === 0) return 0;
    }
    return await gunzip.read(target);
  }

  #restart(): void {
    this.#gunzip?.close();
    this.#nextPiece = 0;
    this.#gunzip = new Gunzip(() => {
      const step = this.#nextPiece < this.#fineFrom ? PIECE : 1;
      const count = fs.readSync(this.descriptor, this.#buffer, 0, step, this.#nextPiece);
      this.#piece = this.#nextPiece;
      this.#nextPiece += count;
      return count === 0 ? null : this.#buffer.subarray(0, count);
    });
  }
}

/**
 * Reads until `target` is full or nothing more comes.
 *
 * @returns How many bytes that were.
 *
 * @example
 * ```ts
 * import { openContent, readFully } from "./file_content.ts";
 * import assert from "node:assert/strict";
 *
 * const content = openContent("deno.json");
 * assert.equal(await readFully(content, new Uint8Array(5), 0), 5);
 * content.close();
 * ```
 */
export async function readFully(content: FileContent, target: Uint8Array, offset: number): Promise<number> {
  let length = 0;
  while (length < target.length) {
    const count = await content.readAt(target.subarray(length), offset + length);
    if (count === 0) break;
    length += count;
  }
  return length;
}

/**
 * The marks of a file's first bytes, which are read for it.
 *
 * @param offset Up to where; `null` comes back where the file is shorter.
 *
 * @example
 * ```ts
 * import { marksUpTo, openContent } from "./file_content.ts";
 * import assert from "node:assert/strict";
 *
 * const content = openContent("deno.json");
 * assert.deepEqual((await marksUpTo(content, 70))?.map(({ end }) => end).slice(-2), [64, 70]);
 * content.close();
 * ```
 */
export async function marksUpTo(content: FileContent, offset: number): Promise<Mark[] | null> {
  const trail = new Trail(), buffer = new Uint8Array(PIECE);
  while (trail.offset < offset) {
    const count = await content.readAt(buffer.subarray(0, offset - trail.offset), trail.offset);
    if (count === 0) return null;
    trail.add(buffer.subarray(0, count));
  }
  return trail.marksAt(offset);
}

function readEnd(descriptor: number, offset: number, length = MARK_REACH): Uint8Array {
  const bytes = new Uint8Array(length);
  return bytes.subarray(0, fs.readSync(descriptor, bytes, 0, bytes.length, offset));
}

function isOnDisk(descriptor: number, { end, hash }: Mark): boolean {
  const length = Math.min(end, MARK_REACH);
  return hashBytes(readEnd(descriptor, end - length, length)) === hash;
}

const OTHER_COMPRESSION: [name: string, magic: number[]][] = [
  ["bzip2", [0x42, 0x5a, 0x68]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ["Zstandard", [0x28, 0xb5, 0x2f, 0xfd]],
  ["LZ4", [0x04, 0x22, 0x4d, 0x18]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["compress", [0x1f, 0x9d]],
];

/**
 * Opens a file and looks at its first bytes, not at its name, to tell whether it is compressed.
 *
 * @param path Path of a regular file; anything else is refused without waiting for it (a named pipe would block).
 * @throws {Error} what the platform says when the file can't be opened.
 * @throws {TypeError} when it is no regular file, or compressed in a way that can't be read.
 *
 * @example
 * ```ts
 * import { openContent } from "./file_content.ts";
 * import assert from "node:assert/strict";
 *
 * const content = openContent("deno.json");
 * assert.equal(content.packed, null);
 * content.close();
 * assert.throws(() => openContent("lib"), TypeError);
 * ```
 */
export function openContent(path: string): FileContent {
  const descriptor = fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    const stat = fs.fstatSync(descriptor);
    if (!stat.isFile()) throw new TypeError(`Cannot read ${path}: it is not a regular file`);
    const head = readEnd(descriptor, 0);
    const other = OTHER_COMPRESSION.find(([, magic]) => magic.every((byte, i) => head[i] === byte));
    if (other) {
      throw new TypeError(`Cannot read ${path}: it is compressed by ${other[0]}, only gzip can be read`);
    }
    const tail = readEnd(descriptor, Math.max(0, stat.size - MARK_REACH));
    const ends = [{ end: head.length, hash: hashBytes(head) }];
    if (stat.size > MARK_REACH && tail.length === MARK_REACH) {
      ends.push({ end: stat.size, hash: hashBytes(tail) });
    }
    const isBegun = path.endsWith(".gz") && head.length > 0 && head.length < 3 && head[0] === 0x1f;
    if (!isGzip(head) && !isBegun) return new PlainContent(descriptor, identityOf(stat), ends);
    const packed = `${stat.size}:${ends[0].hash}:${hashBytes(tail)}`;
    return new GzipContent(descriptor, identityOf(stat), ends, packed);
  } catch (cause) {
    fs.closeSync(descriptor);
    throw cause;
  }
}

/** The bytes that a mark was made of, where they are still the same; `null` where they aren't. */
export async function markedBytes(content: FileContent, mark: Mark): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(Math.min(mark.end, MARK_REACH));
  const count = await readFully(content, bytes, mark.end - bytes.length);
  return count === bytes.length && mark.hash === hashBytes(bytes) ? bytes : null;
}
