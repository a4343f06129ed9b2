/**
 * Bulk requests on disk while the cluster is away.
 *
 * @module
 */
import { crc32 } from "node:zlib";
import { BulkBody } from "../../lib/mod.ts";

const MAGIC = new TextEncoder().encode("DSSPOOL1");
/** Magic, length and CRC-32 (RFC 1952) of what follows. */
const HEADER = MAGIC.length + 8;
const SEGMENT = /^(\d{12})\.bulk$/;

/** A spool without room for more. */
export class SpoolFullError extends Error {
  override readonly name = "SpoolFullError";
}

/**
 * A folder of segments, one bulk request each, numbered in the order in which they are to be sent. A segment is written under
 * another name, made permanent, then renamed: what has its name is whole, unless the disk damaged it, which its checksum tells.
 */
export class Spool {
  /** Bytes in all segments. */
  bytes = 0;
  #numbers: number[];

  /**
   * @param folder Created when absent.
   * @param limit Bytes at the most.
   */
  constructor(readonly folder: string, readonly limit: number) {
    Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#numbers = [];
    for (const { name } of Deno.readDirSync(folder)) {
      const number = SEGMENT.exec(name)?.[1];
      if (name.endsWith(".partial")) Deno.removeSync(`${folder}/${name}`); // nothing relies on what never got its name
      if (number === undefined) continue;
      this.#numbers.push(Number(number));
      this.bytes += Deno.statSync(`${folder}/${name}`).size;
    }
    this.#numbers.sort((a, b) => a - b);
  }

  /** Segments that wait, the oldest first. */
  get segments(): readonly number[] {
    return this.#numbers;
  }

  /**
   * Keeps a request; when this returns it is on disk.
   *
   * @throws {SpoolFullError} if there is no room for it.
   */
  add(body: BulkBody): void {
    const text = body.text(), size = HEADER + text.length;
    if (this.bytes + size > this.limit) {
      throw new SpoolFullError(
        `Cannot keep logs for later: the spool is full with ${this.bytes} of ${this.limit} bytes`,
      );
    }
    const number = (this.#numbers.at(-1) ?? 0) + 1, path = this.#path(number), partial = `${path}.partial`;
    const header = new Uint8Array(HEADER), view = new DataView(header.buffer);
    header.set(MAGIC);
    view.setUint32(MAGIC.length, text.length);
    view.setUint32(MAGIC.length + 4, crc32(text));
    const file = Deno.openSync(partial, { write: true, create: true, truncate: true, mode: 0o600 });
    writeAll(file, header);
    writeAll(file, text);
    file.syncSync();
    file.close();
    Deno.renameSync(partial, path);
    syncFolder(this.folder);
    this.#numbers.push(number);
    this.bytes += size;
  }

  /**
   * A request that waits.
   *
   * @throws {SyntaxError} if it is damaged; it is set aside under another name then.
   */
  read(number: number): BulkBody {
    const path = this.#path(number), whole = Deno.readFileSync(path);
    const text = whole.subarray(HEADER), view = new DataView(whole.buffer);
    const holds = whole.length >= HEADER && MAGIC.every((byte, i) => whole[i] === byte) &&
      view.getUint32(MAGIC.length) === text.length && view.getUint32(MAGIC.length + 4) === crc32(text);
    if (holds) return BulkBody.of(text);
    const aside = path.replace(/\.bulk$/, ".damaged");
    Deno.renameSync(path, aside);
    this.#forget(number, whole.length);
    throw new SyntaxError(`Cannot read what was kept for later: ${aside} is damaged, it was set aside`);
  }

  /** Forgets a request that was sent. */
  remove(number: number): void {
    const path = this.#path(number), { size } = Deno.statSync(path);
    Deno.removeSync(path);
    this.#forget(number, size);
  }

  #forget(number: number, size: number): void {
    this.#numbers = this.#numbers.filter((other) => other !== number);
    this.bytes -= size;
  }

  #path(number: number): string {
    return `${this.folder}/${String(number).padStart(12, "0")}.bulk`;
  }
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  while (bytes.length > 0) bytes = bytes.subarray(file.writeSync(bytes));
}

/** Makes names in a folder permanent. */
function syncFolder(folder: string): void {
  const file = Deno.openSync(folder);
  try {
    file.syncSync();
  } finally {
    file.close();
  }
}
